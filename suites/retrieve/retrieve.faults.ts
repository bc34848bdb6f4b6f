import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";
import {
  explicitLittleEndian,
  negotiate,
  studyOffers,
} from "../../fixtures/reference-server/http/negotiation.ts";
import { retrievalBehaviour } from "../../fixtures/reference-server/retrieve/retrieval.ts";
import { fault } from "../proof/fault.ts";

fault("looks at the first series of a study only", {
  noticedBy: ["RETRIEVE-001", "RETRIEVE-048", "STORE-002"],
  behaviour: {
    retrieved: (path, archive) => {
      const found = retrievalBehaviour.retrieved(path, archive);
      return found.filter(({ seriesInstanceUid }) => seriesInstanceUid === found[0]?.seriesInstanceUid);
    },
  },
});

fault("takes the whole study for a series of it", {
  noticedBy: ["RETRIEVE-002", "RETRIEVE-048"],
  behaviour: {
    retrieved: (path, archive) => {
      const found = retrievalBehaviour.retrieved(path, archive);
      return path.instance === undefined && found.length > 0
        ? archive.instances({ studyInstanceUid: path.study })
        : found;
    },
  },
});

fault("wraps an instance in multipart when it is asked for bare", {
  noticedBy: ["RETRIEVE-003", "STORE-061", "STORE-069"],
  answer: (answer) => {
    const type = answer.headers["content-type"] ?? "";
    if (type.startsWith("application/dicom;")) {
      answer.headers["content-type"] = 'multipart/related; type="application/dicom"; boundary=wrapped';
      answer.body = Buffer.concat([
        Buffer.from(`--wrapped\r\nContent-Type: ${type}\r\n\r\n`),
        answer.body,
        Buffer.from("\r\n--wrapped--\r\n"),
      ]);
    }
  },
});

fault("adds its siblings to an instance", {
  noticedBy: ["RETRIEVE-004", "RETRIEVE-048", "STORE-004"],
  behaviour: {
    retrieved: (path, archive) => {
      const found = retrievalBehaviour.retrieved(path, archive);
      const { study, series } = path;
      const all = archive.instances({ studyInstanceUid: study, seriesInstanceUid: series });
      return path.instance === undefined || found.length === 0 ? found : [...new Set([...found, ...all])];
    },
  },
});

fault("does not close a multipart body", {
  noticedBy: ["RETRIEVE-007"],
  answer: (answer) => changeParts(answer, (text) => text.replace(/--\r\n$/, "\r\n")),
});

fault("labels every part but the first with the default transfer syntax", {
  noticedBy: ["RETRIEVE-009"],
  behaviour: {
    transferSyntaxLabel: (delivered, _, index) => (index === 0 ? delivered : explicitLittleEndian),
  },
});

fault("counts images only among the instances of a study or series", {
  noticedBy: ["RETRIEVE-012"],
  behaviour: {
    retrieved: (path, archive) => {
      const found = retrievalBehaviour.retrieved(path, archive);
      return path.instance === undefined
        ? found.filter(({ metadata }) => metadata["00280100"] !== undefined)
        : found;
    },
  },
});

fault("takes a line break at the end of a part for its own", {
  noticedBy: ["RETRIEVE-013"],
  answer: (answer) => changeParts(answer, (text) => text.replaceAll("\r\n\r\n--", "\r\n--")),
});

fault("sends the first instance of a study as a bare file", {
  noticedBy: ["RETRIEVE-022"],
  behaviour: {
    negotiated: (accept, offers) =>
      offers === studyOffers && accept?.startsWith("application/dicom;")
        ? { multipart: false, mediaType: "application/dicom", transferSyntax: "*" }
        : negotiate(accept, offers),
  },
});

fault("sends DICOM files to a client that takes pictures only", {
  noticedBy: ["RETRIEVE-023"],
  behaviour: {
    negotiated: (accept, offers) =>
      negotiate(accept?.startsWith("image/") ? multipartInstances : accept, offers),
  },
});

fault("takes an unknown transfer syntax for the default one", {
  noticedBy: ["RETRIEVE-024"],
  behaviour: {
    negotiated: (accept, offers) =>
      negotiate(accept, offers) ?? negotiate(accept?.replace(/; *transfer-syntax=[^;,]*/, ""), offers),
  },
});

fault("sends a study as it is stored when JPEG 2000 is asked for", {
  noticedBy: ["RETRIEVE-026"],
  arrival: (request) =>
    isStudyOrSeries(request)
      ? changeAccept(request, (accept) => accept.replace("1.2.840.10008.1.2.4.90", "*"))
      : undefined,
});

fault("looks for an instance everywhere when its path leads nowhere", {
  noticedBy: ["RETRIEVE-063", "RETRIEVE-080", "RETRIEVE-088"],
  behaviour: {
    retrieved: (path, archive) => {
      const found = retrievalBehaviour.retrieved(path, archive);
      return found.length > 0 || path.instance === undefined
        ? found
        : archive.instances({ sopInstanceUid: path.instance });
    },
  },
});

fault("checks the form of the Study Instance UID only", {
  noticedBy: ["RETRIEVE-090"],
  behaviour: { requireRetrievable: ({ study }) => retrievalBehaviour.requireRetrievable({ study }) },
});

const multipartInstances = 'multipart/related; type="application/dicom"; transfer-syntax=*';

function changeParts(answer: Answer, change: (text: string) => string): void {
  if (answer.headers["content-type"]?.startsWith("multipart/related")) {
    answer.body = Buffer.from(change(answer.body.toString("latin1")), "latin1");
  }
}

function changeAccept({ headers }: Arrival, change: (accept: string) => string) {
  return { headers: { ...headers, accept: change(headers.accept ?? "") } };
}

function isStudyOrSeries({ path }: Arrival): boolean {
  return /^\/studies\/[^/?]+(\/series\/[^/?]+)?$/.test(path);
}
