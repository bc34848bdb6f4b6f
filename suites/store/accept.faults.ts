import { fault } from "../proof/fault.ts";
import { acceptsJson, all, answerOf, header, headerTo, isStore, isStoreOf, not } from "../proof/spoil.ts";

const isUnacceptable = all(isStore, not(acceptsJson));

fault("stores first and looks at Accept afterwards", {
  noticedBy: ["STORE-042", "STORE-043", "STORE-050", "STORE-074"],
  arrival: headerTo(isUnacceptable, "accept", "application/dicom+json"),
  answer: answerOf(isUnacceptable, { status: 406, body: "" }),
});

fault("compares the whole Accept header with application/dicom+json", {
  noticedBy: ["STORE-044"],
  arrival: headerTo(all(isStore, not(header("accept", /^application\/dicom\+json$/))), "accept", "image/png"),
});

fault("takes the Accept header of multipart requests for one media type", {
  noticedBy: ["STORE-044"],
  arrival: headerTo(all(isStoreOf(/^multipart/), header("accept", /,/)), "accept", "image/png"),
});
