import { frameOffers, negotiate } from "../../fixtures/reference-server/http/negotiation.ts";
import { retrieveBehaviour } from "../../fixtures/reference-server/retrieve/routes.ts";
import { fault } from "../proof/fault.ts";

const { frameAt, frameNumbers, greyLevel, renderedQuality, renderedType } = retrieveBehaviour;

fault("counts frames from 0", {
  noticedBy: [
    "RETRIEVE-013",
    "RETRIEVE-036",
    "RETRIEVE-037",
    "RETRIEVE-039",
    "RETRIEVE-041",
    "RETRIEVE-043",
    "RETRIEVE-044",
    "RETRIEVE-046",
    "RETRIEVE-072",
    "RETRIEVE-073",
    "RETRIEVE-074",
    "RETRIEVE-076",
    "RETRIEVE-079",
  ],
  behaviour: { frameAt: (frames, number) => frames[number] },
});

fault("pads frames of odd size", {
  noticedBy: ["RETRIEVE-036"],
  behaviour: {
    frameAt: (frames, number) =>
      frameAt(frames, number)?.map(({ offset, length }) => ({ offset, length: length + (length % 2) })),
  },
});

fault("sorts the frames of a list", {
  noticedBy: ["RETRIEVE-037"],
  behaviour: { frameNumbers: (list) => frameNumbers(list)?.sort((one, other) => one - other) },
});

fault("sends a bare frame to a client that takes anything", {
  noticedBy: ["RETRIEVE-039"],
  behaviour: {
    negotiated: (accept, offers) =>
      negotiate(offers === frameOffers && accept === "*/*" ? "application/octet-stream" : accept, offers),
  },
});

fault("sends the first of several frames when single part is asked for", {
  noticedBy: ["RETRIEVE-041"],
  behaviour: { maySendBare: () => true },
});

fault("shows the last frame in place of those beyond it", {
  noticedBy: ["RETRIEVE-043", "RETRIEVE-079"],
  behaviour: { frameAt: (frames, number) => frameAt(frames, Math.min(number, frames.length)) },
});

fault("does not find frame 0", {
  noticedBy: ["RETRIEVE-044", "RETRIEVE-079"],
  behaviour: {
    frameNumbers: (list) => (/^-?\d+(,-?\d+)*$/.test(list) ? list.split(",").map(Number) : undefined),
  },
});

fault("sends an empty frame where there is no pixel data", {
  noticedBy: ["RETRIEVE-046"],
  answer: (answer, { path }) => {
    if (answer.body.includes("no pixel data") && /\/frames\/1$/.test(path)) {
      answer.status = 200;
      answer.headers["content-type"] = 'multipart/related; type="application/octet-stream"; boundary=empty';
      answer.body = Buffer.from("--empty\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--empty--\r\n");
    }
  },
});

fault("shows images of more than 8 bits in black", {
  noticedBy: ["RETRIEVE-072"],
  behaviour: { greyLevel: (value, window) => (window.width > 256 ? 0 : greyLevel(value, window)) },
});

fault("renders JPEG under any name", {
  noticedBy: ["RETRIEVE-072", "RETRIEVE-074", "RETRIEVE-076"],
  arrival: ({ path, headers }) =>
    path.includes("/rendered") && headers.accept === "image/png"
      ? { headers: { ...headers, accept: "image/jpeg", "x-wanted": "image/png" } }
      : undefined,
  answer: (answer, { headers }) => {
    answer.headers["content-type"] = headers["x-wanted"] ?? answer.headers["content-type"] ?? "";
  },
});

fault("renders PNG without an Accept header", {
  noticedBy: ["RETRIEVE-073"],
  behaviour: { renderedType: (accept) => renderedType(accept ?? "image/png") },
});

fault("renders the first frame always", {
  noticedBy: ["RETRIEVE-074"],
  arrival: ({ path }) => ({ path: path.replace(/\/frames\/[23]\/rendered/, "/frames/1/rendered") }),
});

fault("checks the quality and ignores it", {
  noticedBy: ["RETRIEVE-076"],
  behaviour: { renderedQuality: (parameter) => renderedQuality(parameter) && 100 },
});

fault("moves a wrong quality into the range", {
  noticedBy: ["RETRIEVE-077"],
  behaviour: {
    renderedQuality: (parameter) => Math.max(1, Math.min(100, Math.round(Number(parameter ?? 100)) || 100)),
  },
});

fault("shows a picture where there is no pixel data", {
  noticedBy: ["RETRIEVE-080"],
  answer: (answer, { path }) => {
    if (answer.body.includes("no pixel data") && path.endsWith("/rendered")) {
      answer.status = 200;
      answer.headers["content-type"] = "image/jpeg";
      answer.body = Buffer.from("ffd8ffe0", "hex");
    }
  },
});
