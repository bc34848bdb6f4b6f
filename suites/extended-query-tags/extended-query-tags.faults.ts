import { indexableVrs } from "../../fixtures/reference-server/archive/index-value.ts";
import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";
import { levels } from "../../fixtures/reference-server/search/attributes.ts";
import {
  checkedQueryTag,
  readQueryStatus,
  readTagRequests,
  requireTagPath,
} from "../../fixtures/reference-server/tags/query-tag-request.ts";
import { fault } from "../proof/fault.ts";

fault("does not say where the operation is", {
  noticedBy: ["OPERATION-005", "TAGS-001"],
  answer: (answer, { method, path }) => {
    if (method === "POST" && path === "/extendedquerytags" && answer.status === 202) {
      delete answer.headers.location;
    }
  },
});

fault("keeps the path of a tag as it was typed", {
  noticedBy: ["TAGS-003", "TAGS-018", "TAGS-024"],
  behaviour: {
    newQueryTag: (request, tag) => ({ ...checkedQueryTag(request, tag), tag: request.path }),
  },
});

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
  answer: (answer) => {
    if (answer.status === 400 && answer.body.includes("].Path must be specified")) {
      answer.status = 500;
    }
  },
});

fault("accepts keywords in any case", {
  noticedBy: ["TAGS-014"],
  behaviour: { tagOfPath: (path) => (path === "smokingstatus" ? "001021A0" : requireTagPath(path)) },
});

fault("accepts a tag that is searchable anyway", {
  noticedBy: ["TAGS-016"],
  behaviour: {
    newQueryTag: (request, tag) =>
      tag === "00081090" ? { tag, vr: "LO", level: request.level } : checkedQueryTag(request, tag),
  },
});

fault("adds a tag a second time", {
  noticedBy: ["TAGS-018"],
  behaviour: { conflictsWith: () => false },
});

fault("starts an operation for no tags", {
  noticedBy: ["TAGS-019"],
  behaviour: {
    tagRequests: (body) => (Array.isArray(body) && body.length === 0 ? [] : readTagRequests(body)),
  },
});

fault("runs two re-indexes at once", {
  noticedBy: ["TAGS-023"],
  behaviour: { startsBeside: () => true },
});

fault("shows a count of no errors", {
  noticedBy: ["TAGS-024"],
  behaviour: { showsErrorCount: () => true },
});

fault("overlooks the offset of the tag list", {
  noticedBy: ["TAGS-025"],
  arrival: ({ path }) => ({ path: path.replace(/^(\/extendedquerytags\?.*)offset=1\b/i, "$1offset=0") }),
});

fault("shows core attributes as extended query tags", {
  noticedBy: ["TAGS-016", "TAGS-027"],
  answer: (answer, { method, path }) => {
    if (method === "GET" && path === "/extendedquerytags/00100020") {
      answer.status = 200;
    }
  },
});

fault("says ready while the re-index runs", {
  noticedBy: ["TAGS-028"],
  answer: (answer, { path }) => {
    if (path.startsWith("/extendedquerytags/")) {
      answer.body = Buffer.from(answer.body.toString().replace('"status":"adding"', '"status":"ready"'));
    }
  },
});

fault("confirms that a tag is deleted, and keeps it", {
  noticedBy: ["TAGS-029"],
  behaviour: { removesQueryTag: ({ tag }) => tag !== "00081040" },
});

fault("confirms that a tag is deleted which was not there", {
  noticedBy: ["TAGS-029", "TAGS-030"],
  answer: (answer, { method, path }) => {
    if (method === "DELETE" && path.startsWith("/extendedquerytags/") && answer.status === 404) {
      answer.status = 204;
    }
  },
});

fault("searches by tags that are switched off", {
  noticedBy: ["TAGS-032", "TAGS-047"],
  behaviour: { searchesQueryTag: (tag) => tag.status === "ready" },
});

fault("takes any update that does not switch off for one that switches on", {
  noticedBy: ["TAGS-033"],
  behaviour: {
    wantedQueryStatus: (body) => (/disabled/i.test(JSON.stringify(body)) ? readQueryStatus(body) : "enabled"),
  },
});

fault("re-indexes the first tag of a request only", {
  noticedBy: ["TAGS-034"],
  behaviour: { reindexes: (_instanceNumber, tagNumber) => tagNumber === 0 },
});

fault("indexes nothing that is stored after adding", {
  noticedBy: ["TAGS-035"],
  behaviour: { indexesOnStore: () => false },
});

fault("takes tags of any level at every search resource", {
  noticedBy: ["SEARCH-025", "TAGS-040"],
  behaviour: { searchedLevels: () => levels },
});

fault("does not show the tags that were searched by", {
  noticedBy: ["SEARCH-028", "TAGS-042"],
  behaviour: { askedTags: (_filtered, included) => included },
});

fault("leaves a tag enabled whose re-index met bad values", {
  noticedBy: ["TAGS-045"],
  behaviour: { queryStatusAfterError: () => "enabled" },
});

fault("does not page the errors of a tag", {
  noticedBy: ["TAGS-046"],
  arrival: ({ path }) => ({ path: path.replace(/(\/errors)\?.*/, "$1") }),
});

fault("warns of the errors of every tag that is searched by", {
  noticedBy: ["TAGS-047"],
  behaviour: { erroneousAttributes: (filters) => filters.map(({ name }) => name) },
});

fault("answers 200 for an operation that runs", {
  noticedBy: ["OPERATION-001"],
  behaviour: { operationHttpStatus: () => 200 },
});

fault("lists the tags of an operation instead of their URLs", {
  noticedBy: ["OPERATION-002"],
  answer: changeOperation((operation) => ({
    ...operation,
    resources: [operation.resources].flat().map((url) => String(url).split("/").at(-1)),
  })),
});

fault("tells v1 that an operation has succeeded", {
  noticedBy: ["OPERATION-003"],
  behaviour: { operationStatus: ({ status }) => status },
});

fault("links to operations without the version", {
  noticedBy: ["OPERATION-005"],
  answer: (answer, { method }) => {
    const { location } = answer.headers;
    if (method === "POST" && location !== undefined) {
      answer.headers.location = withoutVersion(location);
      answer.body = Buffer.from(withoutVersion(answer.body.toString()));
    }
  },
});

fault("takes an unknown operation for one that has not started", {
  noticedBy: ["OPERATION-007"],
  answer: (answer, { path }) => {
    if (/^\/operations\/(?!0+$)[0-9a-f]{32}$/.test(path) && answer.status === 404) {
      answer.status = 202;
    }
  },
});

fault("fails on an operation id that is no GUID", {
  noticedBy: ["OPERATION-008"],
  answer: (answer, { path }) => {
    if (path === "/operations/not-a-guid") {
      answer.status = 500;
    }
  },
});

/** Spoils what is told of operations. */
function changeOperation(spoil: (operation: Readonly<Record<string, unknown>>) => unknown) {
  return (answer: Answer, { path }: Arrival): void => {
    if (path.startsWith("/operations/") && answer.status < 300) {
      answer.body = Buffer.from(JSON.stringify(spoil(JSON.parse(answer.body.toString()))));
    }
  };
}

function withoutVersion(text: string): string {
  return text.replace(/\/v[12](\/operations\/)/g, "$1");
}
