import { fault } from "../proof/fault.ts";

fault("serves routes without a version", {
  noticedBy: ["SERVICE-016", "STORE-006"],
  answer: (answer, request) => {
    if (request.version === "studies") {
      answer.status = 200;
    }
  },
});

fault("takes an unknown version for the newest one", {
  noticedBy: ["SERVICE-017"],
  answer: (answer, request) => {
    if (request.version === "v99") {
      answer.status = 204;
    }
  },
});

fault("names only the version that was called", {
  noticedBy: ["SERVICE-019", "STORE-006"],
  answer: (answer, request) => {
    answer.headers["api-supported-versions"] = request.api.slice(1);
  },
});

fault("answers an unknown route with a web page", {
  noticedBy: ["SERVICE-022"],
  answer: (answer, request) => {
    if (request.path.endsWith("nonsense")) {
      Object.assign(answer, {
        status: 200,
        headers: { "content-type": "text/html" },
        body: Buffer.from("<p>Hello"),
      });
    }
  },
});
