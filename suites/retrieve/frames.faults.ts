import { frameOffers } from "../../fixtures/reference-server/http/negotiation.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  header,
  honest,
  isMultipartAnswer,
  outcomeOf,
  route,
  says,
  statusOf,
  textOf,
} from "../proof/spoil.ts";

const isFrames = route("GET", /\/frames\/[^/]+$/);

fault("counts frames from 0", {
  noticedBy: [
    "RETRIEVE-036",
    "RETRIEVE-013",
    "RETRIEVE-015",
    "RETRIEVE-020",
    "RETRIEVE-028",
    "RETRIEVE-031",
    "RETRIEVE-032",
    "RETRIEVE-034",
    "RETRIEVE-037",
    "RETRIEVE-039",
    "RETRIEVE-041",
    "RETRIEVE-043",
    "RETRIEVE-044",
    "RETRIEVE-046",
    "RETRIEVE-047",
    "RETRIEVE-072",
    "RETRIEVE-073",
    "RETRIEVE-074",
    "RETRIEVE-075",
    "RETRIEVE-076",
    "RETRIEVE-079",
    "RETRIEVE-081",
    "RETRIEVE-100",
    "RETRIEVE-101",
    "RETRIEVE-102",
  ],
  behaviour: { frameAt: (frames, number) => frames[number] },
});

fault("pads frames of odd size", {
  noticedBy: ["RETRIEVE-036"],
  behaviour: outcomeOf("frameAt", (ranges) =>
    ranges?.map(({ offset, length }) => ({ offset, length: length + (length % 2) })),
  ),
});

fault("sorts the frames of a list", {
  noticedBy: ["RETRIEVE-037"],
  behaviour: outcomeOf("frameNumbers", (numbers) => numbers?.sort((one, other) => one - other)),
});

fault("sends a bare frame to a client that takes anything", {
  noticedBy: ["RETRIEVE-039"],
  behaviour: {
    negotiated: (accept, offers) =>
      honest.negotiated(
        offers === frameOffers && accept === "*/*" ? "application/octet-stream" : accept,
        offers,
      ),
  },
});

fault("offers no JPEG 2000 frames", {
  noticedBy: ["RETRIEVE-039", "RETRIEVE-032"],
  behaviour: {
    negotiated: (accept, offers) =>
      honest.negotiated(
        accept,
        offers.filter(({ mediaType }) => mediaType !== "image/jp2"),
      ),
  },
});

fault("sends the first of several frames when single part is asked for", {
  noticedBy: ["RETRIEVE-041"],
  behaviour: { maySendBare: () => true },
});

fault("shows the last frame in place of those beyond it", {
  noticedBy: ["RETRIEVE-043", "RETRIEVE-079", "DELETE-028"],
  behaviour: { frameAt: (frames, number) => honest.frameAt(frames, Math.min(number, frames.length)) },
});

fault("does not find frame 0, in place of refusing it", {
  noticedBy: ["RETRIEVE-044", "RETRIEVE-079", "RETRIEVE-038", "RETRIEVE-045"],
  behaviour: {
    frameNumbers: (list) => (/^-?\d+(,-?\d+)*$/.test(list) ? list.split(",").map(Number) : undefined),
  },
});

fault("sends an empty frame where there is no pixel data", {
  noticedBy: ["RETRIEVE-046"],
  answer: answerOf(all(route("GET", /\/frames\/1$/), says("no pixel data")), {
    status: 200,
    type: 'multipart/related; type="application/octet-stream"; boundary=empty',
    body: "--empty\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--empty--\r\n",
  }),
});

fault("sends the first fragment only of a frame", {
  noticedBy: ["RETRIEVE-036", "RETRIEVE-047"],
  behaviour: outcomeOf("frameAt", (ranges) => ranges?.slice(0, 1)),
});

fault("takes every fragment for a frame", {
  noticedBy: ["RETRIEVE-036", "RETRIEVE-047"],
  behaviour: {
    frameAt: (frames, number) =>
      honest.frameAt(
        frames.flat().map((range) => [range]),
        number,
      ),
  },
});

/** Labels parts with frames of a transfer syntax as what they might be elsewhere. */
function mislabelled(transferSyntax: string, mediaType: string) {
  return textOf(
    all(isFrames, isMultipartAnswer),
    (bytes) =>
      bytes.replaceAll(
        `Content-Type: application/octet-stream; transfer-syntax=${transferSyntax}\r`,
        `Content-Type: ${mediaType}; transfer-syntax=${transferSyntax}\r`,
      ),
    "latin1",
  );
}

fault("labels frames in JPEG 2000 as JPEG", {
  noticedBy: ["RETRIEVE-039"],
  answer: mislabelled("1.2.840.10008.1.2.4.90", "image/jpeg"),
});

fault("labels frames in RLE as image/dicom-rle where bytes are asked for", {
  noticedBy: ["RETRIEVE-039"],
  answer: mislabelled("1.2.840.10008.1.2.5", "image/dicom-rle"),
});

fault("asks for another form before it looks for a bare frame", {
  noticedBy: ["RETRIEVE-046", "RETRIEVE-043"],
  answer: statusOf(all(isFrames, header("accept", /^application\/octet-stream/), answered(404)), 406),
});

fault("wraps a frame that is asked for bare", {
  noticedBy: ["RETRIEVE-039", "RETRIEVE-041"],
  behaviour: outcomeOf("negotiated", (representation, _, offers) =>
    representation && offers === frameOffers ? { ...representation, multipart: true } : representation,
  ),
});

fault("labels frames in JPEG 2000 as bytes where they are asked for by their type", {
  noticedBy: ["RETRIEVE-039", "RETRIEVE-008"],
  answer: textOf(
    all(isFrames, isMultipartAnswer),
    (bytes) => bytes.replaceAll("Content-Type: image/jp2", "Content-Type: application/octet-stream"),
    "latin1",
  ),
});
