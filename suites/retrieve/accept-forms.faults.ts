import { fault } from "../proof/fault.ts";
import { all, header, headerTo, honest, isMetadata, type Route, route } from "../proof/spoil.ts";

const isRetrieve: Route = route("GET", /^\/studies\/[^/?]+/);

fault("takes the quotes around a transfer syntax for a part of it", {
  noticedBy: ["RETRIEVE-020"],
  arrival: headerTo(all(isRetrieve, header("accept", /transfer-syntax="/)), "accept", "text/html"),
});

fault("knows media types in lower case only", {
  noticedBy: ["RETRIEVE-020"],
  arrival: headerTo(all(isRetrieve, header("accept", /^MULTIPART/)), "accept", "text/html"),
});

fault("forgets the transfer syntax that stands before the type", {
  noticedBy: ["RETRIEVE-020"],
  arrival: headerTo(
    all(isRetrieve, header("accept", /^multipart\/related; *transfer-syntax/)),
    "accept",
    (accept) => accept.replace(/transfer-syntax=[^;]*; */, ""),
  ),
});

fault("takes a missing Accept header for one that takes anything", {
  noticedBy: ["RETRIEVE-021"],
  behaviour: { negotiated: (accept, offers) => honest.negotiated(accept ?? "*/*", offers) },
});

fault("sends metadata to who does not say what he takes", {
  noticedBy: ["RETRIEVE-021"],
  arrival: headerTo(all(isMetadata, header("accept", /^$/)), "accept", "application/dicom+json"),
});

fault("looks an instance up before it reads what is accepted", {
  noticedBy: ["RETRIEVE-025"],
  perServer: () => {
    const studies = new Set<string>();
    return {
      behaviour: {
        keptMetadata: (...given) => {
          studies.add(String(given[0]["0020000D"]?.Value?.[0]));
          return honest.keptMetadata(...given);
        },
      },
      answer: (answer, request) => {
        const [, study = ""] = /^\/studies\/([^/?]+)/.exec(request.path) ?? [];
        if (isRetrieve(request) && !isMetadata(request) && answer.status === 406 && !studies.has(study)) {
          answer.status = 404;
        }
      },
    };
  },
});
