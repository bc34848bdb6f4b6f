import { frameOffers } from "../../fixtures/reference-server/http/negotiation.ts";
import { fault } from "../proof/fault.ts";
import { all, answerOf, honest, isMultipartAnswer, route, textOf } from "../proof/spoil.ts";

fault("takes an encoded comma for no comma", {
  noticedBy: ["RETRIEVE-038"],
  answer: answerOf(route("GET", /\/frames\/[^/]*%2C/i), {
    status: 400,
    type: "text/plain",
    body: "no number",
  }),
});

fault("compares media type and transfer syntax of frames each by itself", {
  noticedBy: ["RETRIEVE-042"],
  behaviour: {
    negotiated: (accept, offers) =>
      honest.negotiated(accept, offers) ??
      (offers === frameOffers && /type="(image\/jp2|application\/octet-stream)"/.test(accept ?? "")
        ? honest.negotiated('multipart/related; type="*/*"', offers)
        : undefined),
  },
});

fault("reads the digits that a list of frames begins with", {
  noticedBy: ["RETRIEVE-045"],
  behaviour: {
    frameNumbers: (list) => honest.frameNumbers(list) ?? honest.frameNumbers(/^\d+/.exec(list)?.[0] ?? ""),
  },
});

fault("gives all frames of an answer the place of the first", {
  noticedBy: ["RETRIEVE-040"],
  answer: textOf(
    all(route("GET", /\/frames\/[^/]+$/), isMultipartAnswer),
    (bytes) => {
      const [first = ""] = /^Content-Location: .*$/m.exec(bytes) ?? [];
      return bytes.replace(/^Content-Location: .*$/gm, first);
    },
    "latin1",
  ),
});

fault("does not say which frames its parts are", {
  noticedBy: ["RETRIEVE-040"],
  answer: textOf(
    all(route("GET", /\/frames\/[^/]+$/), isMultipartAnswer),
    (bytes) => bytes.replace(/^Content-Location: .*\r\n/gm, ""),
    "latin1",
  ),
});
