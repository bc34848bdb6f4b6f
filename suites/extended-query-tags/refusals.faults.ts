import { ServiceError } from "../../fixtures/reference-server/http/service-error.ts";
import { builtInAttribute } from "../../fixtures/reference-server/search/attributes.ts";
import { indexableVrs } from "../../fixtures/reference-server/search/index-value.ts";
import {
  checkedQueryTag,
  readTagRequests,
  requireTagPath,
} from "../../fixtures/reference-server/tags/query-tag-request.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { fault } from "../proof/fault.ts";
import { all, answered, says, statusOf } from "../proof/spoil.ts";

fault("accepts tags of VR OB", {
  noticedBy: ["TAGS-007"],
  behaviour: {
    newQueryTag: (request, tag) =>
      request.vr === "OB" ? { tag, vr: "OB", level: request.level } : checkedQueryTag(request, tag),
  },
});

fault("accepts any VR that it can search for any tag", {
  noticedBy: ["TAGS-008"],
  behaviour: {
    newQueryTag: ({ vr, ...request }, tag) =>
      vr !== undefined && indexableVrs.includes(vr)
        ? { ...checkedQueryTag(request, tag), vr }
        : checkedQueryTag({ ...request, vr }, tag),
  },
});

fault("takes a missing level for Instance", {
  noticedBy: ["TAGS-011"],
  behaviour: {
    tagRequests: (body) =>
      readTagRequests(Array.isArray(body) ? body.map((tag) => ({ level: "Instance", ...tag })) : body),
  },
});

fault("fails on a tag without path", {
  noticedBy: ["TAGS-012"],
  answer: statusOf(all(answered(400), says("].Path must be specified")), 500),
});

fault("passes over a tag without path", {
  noticedBy: ["TAGS-012"],
  behaviour: {
    tagRequests: (body) =>
      Array.isArray(body) && body.length > 0 && body.every(hasNoPath) ? [] : readTagRequests(body),
  },
});

function hasNoPath(tag: unknown): boolean {
  return typeof tag === "object" && tag !== null && !("path" in tag && String(tag.path).trim());
}

fault("knows SmokingStatus as smokingstatus, too", {
  noticedBy: ["TAGS-014"],
  behaviour: {
    tagOfPath: (path) => (path === "smokingstatus" ? tagOf("SmokingStatus") : requireTagPath(path)),
  },
});

fault("accepts a tag that is searchable anyway", {
  noticedBy: ["TAGS-016"],
  behaviour: {
    newQueryTag: (request, tag) => {
      const known = builtInAttribute(tag);
      return known ? { ...known, level: request.level } : checkedQueryTag(request, tag);
    },
  },
});

fault("starts an operation for no tags", {
  noticedBy: ["TAGS-019"],
  behaviour: {
    tagRequests: (body) => (Array.isArray(body) && body.length === 0 ? [] : readTagRequests(body)),
  },
});

fault("fails on null in the place of a tag", {
  noticedBy: ["TAGS-019"],
  behaviour: {
    tagRequests: (body) => {
      if (Array.isArray(body) && body.includes(null)) {
        throw new ServiceError(500, "The service failed to answer the request.");
      }
      return readTagRequests(body);
    },
  },
});
