import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, jsonOf, route } from "../proof/spoil.ts";

const isLatest = route("GET", /^\/changefeed\/latest/);

fault("keeps the first latest entry for ever", {
  noticedBy: ["CHANGEFEED-002"],
  behaviour: { latestChange: (changes) => changes[0] },
});

fault("sends the latest entry in a list", {
  noticedBy: ["CHANGEFEED-002"],
  answer: jsonOf(isLatest, (entry) => [entry]),
});

fault("labels the latest entry DICOM JSON", {
  noticedBy: ["CHANGEFEED-002", "CHANGEFEED-031", "CHANGEFEED-045", "CHANGEFEED-030"],
  answer: answerOf(all(isLatest, answered(200)), {
    type: "application/dicom+json",
  }),
});
