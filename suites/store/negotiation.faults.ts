import type { Arrival } from "../../fixtures/reference-server/fault.ts";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { isStore } from "../proof/store-results.ts";

fault("stores first and looks at Accept afterwards", {
  noticedBy: ["STORE-042", "STORE-074"],
  arrival: (request) =>
    isStore(request) && request.headers.accept === "image/png"
      ? { headers: { ...request.headers, accept: "application/dicom+json" } }
      : undefined,
  answer: (answer, request) => {
    if (isStore(request) && request.headers.accept === "image/png") {
      answer.status = 406;
    }
  },
});

fault("compares the whole Accept header with application/dicom+json", {
  noticedBy: ["STORE-044"],
  arrival: (request) =>
    isStore(request) && request.headers.accept !== "application/dicom+json"
      ? { headers: { ...request.headers, accept: "image/png" } }
      : undefined,
});

fault("stores a DICOM file whatever its label", {
  noticedBy: ["STORE-045", "STORE-074"],
  arrival: (request) =>
    isStore(request) && request.headers["content-type"] === "text/plain"
      ? { headers: { ...request.headers, "content-type": "application/dicom" } }
      : undefined,
});

fault("fails with 500 on multipart without boundary", {
  noticedBy: ["STORE-046"],
  answer: (answer, request) => {
    if (
      isStore(request) &&
      /^multipart\/related(;(?!.*boundary=\S)|$)/.test(request.headers["content-type"] ?? "")
    ) {
      answer.status = 500;
    }
  },
});

fault("knows the parameters of multipart/related in one order only", {
  noticedBy: ["STORE-048"],
  arrival: (request) =>
    isStore(request) && request.headers["content-type"]?.startsWith("multipart/related; boundary=B; type")
      ? { headers: { ...request.headers, "content-type": "multipart/related" } }
      : undefined,
});

fault("says in a result dataset why the Accept header was refused", {
  noticedBy: ["STORE-042", "STORE-050"],
  answer: (answer, request) => {
    if (isStore(request) && answer.status === 406) {
      answer.headers["content-type"] = "application/dicom+json";
      answer.body = Buffer.from('{"00081198":{"vr":"SQ","Value":[{"00081197":{"vr":"US","Value":[272]}}]}}');
    }
  },
});

fault("takes the Accept header of multipart requests for one media type", {
  noticedBy: ["STORE-044"],
  arrival: (request) =>
    isMultipart(request) && request.headers.accept?.includes(",")
      ? { headers: { ...request.headers, accept: "image/png" } }
      : undefined,
});

fault("takes any multipart type for multipart/related", {
  noticedBy: ["STORE-045"],
  behaviour: {
    isStoreMediaType: (type, study) =>
      type.startsWith("multipart/") || storeBehaviour.isStoreMediaType(type, study),
  },
});

fault("knows letters, digits and hyphens only in a boundary", {
  noticedBy: ["STORE-048"],
  arrival: (request) =>
    isMultipart(request) && /boundary="[^"]*[^A-Za-z0-9"-]/.test(request.headers["content-type"] ?? "")
      ? { headers: { ...request.headers, "content-type": "multipart/related" } }
      : undefined,
});

fault("shows a traceback when it refuses a media type", {
  noticedBy: ["STORE-050"],
  answer: (answer, request) => {
    if (isStore(request) && answer.status === 415) {
      answer.body = Buffer.from('Traceback (most recent call last):\n  File "store.py", line 12, in post\n');
    }
  },
});

function isMultipart(request: Arrival): boolean {
  return isStore(request) && (request.headers["content-type"]?.startsWith("multipart/") ?? false);
}
