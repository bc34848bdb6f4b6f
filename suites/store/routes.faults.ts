import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  headersOf,
  honest,
  isStore,
  pathTo,
  requestTo,
  route,
  statusOf,
} from "../proof/spoil.ts";

const isPrerelease = all(route("POST", /^/), ({ version }) => version.includes("-prerelease"));

fault("answers a store below an unknown version with 200", {
  noticedBy: ["STORE-006"],
  answer: statusOf(({ method, version }) => method === "POST" && /^v(?![12]\b)/.test(version), 200),
});

fault("calls a store below no version a bad request", {
  noticedBy: ["STORE-006", "SERVICE-016"],
  answer: statusOf(({ method, version }) => method === "POST" && version === "studies", 400),
});

fault("names the supported versions in answers to other requests than stores only", {
  noticedBy: ["STORE-006"],
  answer: headersOf(isStore, ({ "api-supported-versions": _, ...headers }) => headers),
});

fault("stores what is patched", {
  noticedBy: ["STORE-007", "TAGS-014", "TAGS-029", "TAGS-032", "TAGS-033", "TAGS-047", "SERVICE-023"],
  arrival: requestTo(route("PATCH", /^/), { method: "POST" }),
});

fault("stores what is posted to the instances of a series", {
  noticedBy: ["STORE-007"],
  arrival: pathTo(route("POST", /\/series\/[^/]+\/instances$/), () => "/studies"),
});

fault("confirms what is put, and stores nothing", {
  noticedBy: ["STORE-007", "SERVICE-023", "CHANGEFEED-037"],
  answer: statusOf(route("PUT", /^/), 200),
});

fault("compares study UIDs but for their last digit", {
  noticedBy: ["STORE-015"],
  behaviour: {
    belongsToStudy: (uid, study, position) =>
      honest.belongsToStudy(uid.slice(0, -1), study.slice(0, -1), position),
  },
});

fault("takes a UID of 65 characters in the path", {
  noticedBy: ["STORE-016"],
  behaviour: {
    requireStudyUid: (study) => {
      if (study?.length !== 65) {
        honest.requireStudyUid(study);
      }
    },
  },
});

fault("refuses a UID of 64 characters in the path", {
  noticedBy: ["STORE-016"],
  behaviour: {
    requireStudyUid: (study) => {
      honest.requireStudyUid(study);
      if (study?.length === 64) {
        throw new ServiceError(400, "The StudyInstanceUID is too long.");
      }
    },
  },
});

fault("fails at stores below a prerelease of a version", {
  noticedBy: ["STORE-006"],
  answer: statusOf(isPrerelease, 500),
});

fault("confirms nothing that is stored below a prerelease of a version", {
  noticedBy: ["STORE-006"],
  answer: answerOf(isPrerelease, { body: "{}" }),
});

fault("does not say which methods there are where it refuses one", {
  noticedBy: ["STORE-007", "SERVICE-023"],
  answer: headersOf(answered(405), ({ allow: _, ...headers }) => headers),
});
