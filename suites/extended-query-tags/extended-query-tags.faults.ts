import { indexableVrs } from "../../fixtures/reference-server/archive/index-value.ts";
import type { Answer, Arrival, Fault } from "../../fixtures/reference-server/fault.ts";
import { levels } from "../../fixtures/reference-server/search/attributes.ts";
import {
  checkedQueryTag,
  readQueryStatus,
  readTagRequests,
  requireTagPath,
} from "../../fixtures/reference-server/tags/query-tag-request.ts";

/** Faults of the tags themselves: adding, reading, updating and deleting them. */
const tagFaults: readonly Fault[] = [
  {
    name: "does not say where the operation is",
    noticedBy: ["OPERATION-005", "TAGS-001"],
    answer: (answer, { method, path }) => {
      if (method === "POST" && path === "/extendedquerytags" && answer.status === 202) {
        delete answer.headers.location;
      }
    },
  },
  {
    name: "keeps the path of a tag as it was typed",
    noticedBy: ["TAGS-003", "TAGS-018", "TAGS-024"],
    behaviour: {
      newQueryTag: (request, tag) => ({ ...checkedQueryTag(request, tag), tag: request.path }),
    },
  },
  {
    name: "accepts tags of VR OB",
    noticedBy: ["TAGS-007"],
    behaviour: {
      newQueryTag: (request, tag) =>
        request.vr === "OB" ? { tag, vr: "OB", level: request.level } : checkedQueryTag(request, tag),
    },
  },
  {
    name: "accepts any VR that it can search for any tag",
    noticedBy: ["TAGS-008"],
    behaviour: {
      newQueryTag: ({ vr, ...request }, tag) =>
        vr !== undefined && indexableVrs.includes(vr)
          ? { ...checkedQueryTag(request, tag), vr }
          : checkedQueryTag({ ...request, vr }, tag),
    },
  },
  {
    name: "takes a missing level for Instance",
    noticedBy: ["TAGS-011"],
    behaviour: {
      tagRequests: (body) =>
        readTagRequests(Array.isArray(body) ? body.map((tag) => ({ level: "Instance", ...tag })) : body),
    },
  },
  {
    name: "fails on a tag without path",
    noticedBy: ["TAGS-012"],
    answer: (answer) => {
      if (answer.status === 400 && answer.body.includes("].Path must be specified")) {
        answer.status = 500;
      }
    },
  },
  {
    name: "accepts keywords in any case",
    noticedBy: ["TAGS-014"],
    behaviour: { tagOfPath: (path) => (path === "patientage" ? "00101010" : requireTagPath(path)) },
  },
  {
    name: "accepts a tag that is searchable anyway",
    noticedBy: ["TAGS-016"],
    behaviour: {
      newQueryTag: (request, tag) =>
        tag === "00081090" ? { tag, vr: "LO", level: request.level } : checkedQueryTag(request, tag),
    },
  },
  {
    name: "adds a tag a second time",
    noticedBy: ["TAGS-018"],
    behaviour: { conflictsWith: () => false },
  },
  {
    name: "starts an operation for no tags",
    noticedBy: ["TAGS-019"],
    behaviour: {
      tagRequests: (body) => (Array.isArray(body) && body.length === 0 ? [] : readTagRequests(body)),
    },
  },
  {
    name: "runs two re-indexes at once",
    noticedBy: ["TAGS-023"],
    behaviour: { startsBeside: () => true },
  },
  {
    name: "shows a count of no errors",
    noticedBy: ["TAGS-024"],
    behaviour: { showsErrorCount: () => true },
  },
  {
    name: "overlooks the offset of the tag list",
    noticedBy: ["TAGS-025"],
    arrival: ({ path }) => ({ path: path.replace(/^(\/extendedquerytags\?.*)offset=1\b/i, "$1offset=0") }),
  },
  {
    name: "shows core attributes as extended query tags",
    noticedBy: ["TAGS-016", "TAGS-027"],
    answer: (answer, { method, path }) => {
      if (method === "GET" && path === "/extendedquerytags/00100020") {
        answer.status = 200;
      }
    },
  },
  {
    name: "says ready while the re-index runs",
    noticedBy: ["TAGS-028"],
    answer: (answer, { path }) => {
      if (path.startsWith("/extendedquerytags/")) {
        answer.body = Buffer.from(answer.body.toString().replace('"status":"adding"', '"status":"ready"'));
      }
    },
  },
  {
    name: "confirms that a tag is deleted, and keeps it",
    noticedBy: ["TAGS-029"],
    behaviour: { removesQueryTag: ({ tag }) => tag !== "00081040" },
  },
  {
    name: "confirms that a tag is deleted which was not there",
    noticedBy: ["TAGS-029", "TAGS-030"],
    answer: (answer, { method, path }) => {
      if (method === "DELETE" && path.startsWith("/extendedquerytags/") && answer.status === 404) {
        answer.status = 204;
      }
    },
  },
  {
    name: "searches by tags that are switched off",
    noticedBy: ["TAGS-032", "TAGS-047"],
    behaviour: { searchesQueryTag: (tag) => tag.status === "ready" },
  },
  {
    name: "takes any update that does not switch off for one that switches on",
    noticedBy: ["TAGS-033"],
    behaviour: {
      wantedQueryStatus: (body) =>
        /disabled/i.test(JSON.stringify(body)) ? readQueryStatus(body) : "enabled",
    },
  },
];

/** Faults of the index: what is found by a tag, and what cannot be. */
const indexFaults: readonly Fault[] = [
  {
    name: "re-indexes the first tag of a request only",
    noticedBy: ["TAGS-034"],
    behaviour: { reindexes: (_instanceNumber, tagNumber) => tagNumber === 0 },
  },
  {
    name: "indexes nothing that is stored after adding",
    noticedBy: ["TAGS-035"],
    behaviour: { indexesOnStore: () => false },
  },
  {
    name: "takes tags of any level at every search resource",
    noticedBy: ["SEARCH-025", "TAGS-040"],
    behaviour: { searchedLevels: () => levels },
  },
  {
    name: "does not show the tags that were searched by",
    noticedBy: ["SEARCH-028", "TAGS-042"],
    behaviour: { askedTags: (_filtered, included) => included },
  },
  {
    name: "leaves a tag enabled whose re-index met bad values",
    noticedBy: ["TAGS-045"],
    behaviour: { queryStatusAfterError: () => "enabled" },
  },
  {
    name: "does not page the errors of a tag",
    noticedBy: ["TAGS-046"],
    arrival: ({ path }) => ({ path: path.replace(/(\/errors)\?.*/, "$1") }),
  },
  {
    name: "warns of the errors of every tag that is searched by",
    noticedBy: ["TAGS-047"],
    behaviour: { erroneousAttributes: (filters) => filters.map(({ name }) => name) },
  },
];

/** Faults of the operations that index tags. */
const operationFaults: readonly Fault[] = [
  {
    name: "answers 200 for an operation that runs",
    noticedBy: ["OPERATION-001"],
    behaviour: { operationHttpStatus: () => 200 },
  },
  {
    name: "lists the tags of an operation instead of their URLs",
    noticedBy: ["OPERATION-002"],
    answer: changeOperation((operation) => ({
      ...operation,
      resources: [operation.resources].flat().map((url) => String(url).split("/").at(-1)),
    })),
  },
  {
    name: "tells v1 that an operation has succeeded",
    noticedBy: ["OPERATION-003"],
    behaviour: { operationStatus: ({ status }) => status },
  },
  {
    name: "links to operations without the version",
    noticedBy: ["OPERATION-005"],
    answer: (answer, { method }) => {
      const { location } = answer.headers;
      if (method === "POST" && location !== undefined) {
        answer.headers.location = withoutVersion(location);
        answer.body = Buffer.from(withoutVersion(answer.body.toString()));
      }
    },
  },
  {
    name: "takes an unknown operation for one that has not started",
    noticedBy: ["OPERATION-007"],
    answer: (answer, { path }) => {
      if (/^\/operations\/(?!0+$)[0-9a-f]{32}$/.test(path) && answer.status === 404) {
        answer.status = 202;
      }
    },
  },
  {
    name: "fails on an operation id that is no GUID",
    noticedBy: ["OPERATION-008"],
    answer: (answer, { path }) => {
      if (path === "/operations/not-a-guid") {
        answer.status = 500;
      }
    },
  },
];

export const extendedQueryTagFaults: readonly Fault[] = [...tagFaults, ...indexFaults, ...operationFaults];

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
