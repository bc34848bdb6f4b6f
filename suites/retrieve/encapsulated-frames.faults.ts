import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import { all, honest, isMultipartAnswer, outcomeOf, route, textOf } from "../proof/spoil.ts";

const itemHeaderLength = 8;

fault("leaves the headers of fragments between them", {
  noticedBy: ["RETRIEVE-047"],
  behaviour: outcomeOf("frameAt", (ranges) =>
    ranges?.map((range, index) => {
      const header = index === 0 ? 0 : itemHeaderLength;
      return { ...range, offset: range.offset - header, length: range.length + header };
    }),
  ),
});

fault("labels compressed frames as uncompressed", {
  noticedBy: ["RETRIEVE-047", "RETRIEVE-039"],
  answer: textOf(
    all(route("GET", /\/frames\/[^/]+$/), isMultipartAnswer),
    (bytes) =>
      bytes.replace(
        /^(Content-Type: application\/octet-stream; transfer-syntax=).*$/gm,
        "$11.2.840.10008.1.2.1",
      ),
    "latin1",
  ),
});

fault("breaks down where it cannot tell the fragments of two frames apart", {
  noticedBy: ["RETRIEVE-047"],
  behaviour: {
    frameAt: (frames, number) => {
      if (frames.length === 2 && frames.flat().length === 5) {
        throw new ServiceError(500, "The server encountered an internal error.");
      }
      return honest.frameAt(frames, number);
    },
  },
});
