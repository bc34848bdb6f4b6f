import { firstValue } from "../../fixtures/reference-server/dicom/dicom-json.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  header,
  headerTo,
  honest,
  isRendered,
  outcomeOf,
  pathTo,
  refused,
  says,
  statusOf,
} from "../proof/spoil.ts";

const isPngWanted = all(isRendered, header("accept", /^image\/png$/));

fault("shows images whose window is wider than 256 in black", {
  noticedBy: ["RETRIEVE-072", "RETRIEVE-075", "RETRIEVE-081"],
  behaviour: outcomeOf("greyLevel", (grey, _, { width }) => (width > 256 ? 0 : grey)),
});

fault("renders JPEG and calls it PNG", {
  noticedBy: ["RETRIEVE-072", "RETRIEVE-074", "RETRIEVE-076", "RETRIEVE-081", "RETRIEVE-102"],
  arrival: headerTo(isPngWanted, "accept", "image/jpeg"),
  answer: answerOf(all(isPngWanted, answered(200)), { type: "image/png" }),
});

fault("renders PNG without an Accept header", {
  noticedBy: ["RETRIEVE-073", "RETRIEVE-021"],
  behaviour: { renderedType: (accept) => honest.renderedType(accept ?? "image/png") },
});

fault("renders the first frame always", {
  noticedBy: ["RETRIEVE-074", "RETRIEVE-079", "RETRIEVE-081", "RETRIEVE-101", "RETRIEVE-102"],
  arrival: pathTo(isRendered, (path) => path.replace(/\/frames\/[^/]+\//, "/frames/1/")),
});

fault("checks the quality and ignores it", {
  noticedBy: ["RETRIEVE-076"],
  behaviour: outcomeOf("renderedQuality", (quality) => quality && 100),
});

fault("moves a wrong quality into the range", {
  noticedBy: ["RETRIEVE-077"],
  behaviour: {
    renderedQuality: (parameter) => Math.max(1, Math.min(100, Math.round(Number(parameter ?? 100)) || 100)),
  },
});

fault("overlooks a quality for PNG that is no integer", {
  noticedBy: ["RETRIEVE-077"],
  arrival: pathTo(isPngWanted, (path) => path.replace(/\?quality=(abc|50\.5)$/, "")),
});

fault("shows a picture where there is no pixel data", {
  noticedBy: ["RETRIEVE-080"],
  answer: answerOf(all(isRendered, says("no pixel data")), {
    status: 200,
    type: "image/jpeg",
    body: Buffer.from("ffd8ffe0", "hex"),
  }),
});

fault("knows two qualities only", {
  noticedBy: ["RETRIEVE-076"],
  behaviour: outcomeOf("renderedQuality", (quality) => quality && (quality < 50 ? quality : 100)),
});

fault("compresses by a quality of 90 where none is asked for", {
  noticedBy: ["RETRIEVE-076"],
  behaviour: { renderedQuality: (parameter = "90") => honest.renderedQuality(parameter) },
});

fault("looks for an instance before it looks at the quality of its picture", {
  noticedBy: ["RETRIEVE-077", "RETRIEVE-079", "RETRIEVE-090"],
  perServer: () => {
    const known = new Set<string>();
    return {
      behaviour: outcomeOf("keptMetadata", (kept) => {
        known.add(firstValue(kept, tagOf("SOPInstanceUID")));
        return kept;
      }),
      answer: answerOf(
        all(isRendered, refused, ({ path }) => !known.has(/instances\/([^/]+)/.exec(path)?.[1] ?? "")),
        { status: 404, body: "" },
      ),
    };
  },
});

fault("calls whatever it refuses to render a bad request", {
  noticedBy: ["RETRIEVE-077", "DELETE-014", "RETRIEVE-079", "RETRIEVE-080", "RETRIEVE-090"],
  answer: statusOf(all(isRendered, refused), 400),
});
