import type { Answer, Arrival, Fault } from "../../fixtures/reference-server/fault.ts";
import { levels } from "../../fixtures/reference-server/search/attributes.ts";
import { searchBehaviour } from "../../fixtures/reference-server/search/routes.ts";
import { fault } from "../proof/fault.ts";

fault("ignores what dates it is asked for", {
  noticedBy: ["SEARCH-001", "SEARCH-019", "SEARCH-027", "SEARCH-031", "SEARCH-032", "SEARCH-033"],
  behaviour: { inRange: () => true },
});

fault("leaves study attributes out of series and instances found anywhere", {
  noticedBy: ["SEARCH-002", "SEARCH-003", "SEARCH-063"],
  behaviour: {
    returnedLevels: ({ level, levels: own }) => own.filter((other) => other !== "study" || other === level),
  },
});

fault("shows the newest instance of each series only", {
  noticedBy: ["SEARCH-003", "SEARCH-005", "SEARCH-006", "SEARCH-007"],
  behaviour: {
    page: (entries, offset, limit) => {
      const isNewest = ({ level, series, instance }: (typeof entries)[number]) =>
        level !== "instance" || series.at(-1) === instance;
      return entries.filter(isNewest).slice(offset, offset + limit);
    },
  },
});

fault("searches all studies for a modality, whatever the study of the path", {
  noticedBy: ["SEARCH-004", "SEARCH-005"],
  arrival: ofSearch(({ path }) => ({ path: path.replace(/^\/studies\/[\d.]+(?=\/\w+\?Modality=)/, "") })),
});

fault("does not look at the study of a path that names a series as well", {
  noticedBy: ["SEARCH-006"],
  behaviour: {
    isInPath: (instance, { study, series }) =>
      searchBehaviour.isInPath(instance, series === undefined ? { study } : { series }),
  },
});

fault("counts instances against the limit of series", {
  noticedBy: ["SEARCH-007"],
  behaviour: {
    page: (entries, offset, limit) => {
      const rows = entries.flatMap((entry) => (entry.level === "series" ? entry.series : [entry.instance]));
      const paged = new Set(rows.slice(offset, offset + limit).map(({ watermark }) => watermark));
      return entries.filter(({ level, series, instance }) =>
        level === "series"
          ? series.some(({ watermark }) => paged.has(watermark))
          : paged.has(instance.watermark),
      );
    },
  },
});

fault("writes matches in Latin-1 where they fit", {
  noticedBy: ["SEARCH-008"],
  answer: onSearch((answer) => {
    const text = answer.body.toString();
    answer.body = Buffer.from(text, /^[\0-\xff]*$/.test(text) ? "latin1" : "utf8");
  }),
});

fault("writes an empty Value where an attribute has none", {
  noticedBy: ["SEARCH-009"],
  answer: onSearch((answer, { path }) => {
    if (path.includes("includefield=all")) {
      const empty = '"00100040":{"vr":"CS","Value":[""]},"0020000D"';
      answer.body = Buffer.from(answer.body.toString().replaceAll('"0020000D"', empty));
    }
  }),
});

fault("answers 200 with an empty list where no series matches a UID", {
  noticedBy: ["SEARCH-011"],
  answer: onSearch((answer, { path }) => {
    if (path.startsWith("/series?SeriesInstanceUID=") && answer.status === 204) {
      answer.status = 200;
      answer.headers["content-type"] = "application/dicom+json";
      answer.body = Buffer.from("[]");
    }
  }),
});

fault("answers 404 where a search below a study or series finds nothing", {
  noticedBy: ["DELETE-013", "SEARCH-006", "SEARCH-011", "SEARCH-012"],
  answer: onSearch((answer, { path }) => {
    if (path.startsWith("/studies/") && answer.status === 204) {
      answer.status = 404;
    }
  }),
});

fault("knows application/dicom+json in one spelling and alone", {
  noticedBy: ["SEARCH-014"],
  arrival: ofSearch(({ headers }) => {
    const isPlain = headers.accept === undefined || headers.accept === "application/dicom+json";
    return isPlain ? {} : { headers: { ...headers, accept: "image/png" } };
  }),
});

fault("ignores the Accept header of a search", {
  noticedBy: ["SEARCH-015"],
  arrival: ofSearch(({ headers }) => ({ headers: { ...headers, accept: "application/dicom+json" } })),
});

fault("ignores series attributes named by tag", {
  noticedBy: ["SEARCH-019"],
  arrival: withoutParameters(([name]) => ["00080060", "0020000E", "00081090"].includes(name)),
});

fault("ignores what is neither a keyword nor eight digits", {
  noticedBy: ["SEARCH-020"],
  arrival: withoutParameters(
    ([name]) => !/^([A-Z]\w+|[0-9A-F]{8}|limit|offset|fuzzymatching|includefield)$/.test(name),
  ),
});

fault("ignores attributes that it cannot search", {
  noticedBy: ["SEARCH-021"],
  arrival: withoutParameters(([name]) => ["StudyTime", "SOPClassUID", "00280011"].includes(name)),
});

fault("searches studies by attributes of their series", {
  noticedBy: ["SEARCH-025"],
  behaviour: {
    searchedLevels: (resource) => (resource.path === "/studies" ? ["study", "series"] : resource.levels),
  },
});

fault("ignores all filters after the second", {
  noticedBy: ["SEARCH-027"],
  behaviour: { satisfiesAll: (satisfied) => satisfied.slice(0, 2).every(Boolean) },
});

fault("is satisfied when one of three filters holds", {
  noticedBy: ["SEARCH-027"],
  behaviour: {
    satisfiesAll: (satisfied) =>
      satisfied.length === 3 ? satisfied.some(Boolean) : satisfied.every(Boolean),
  },
});

fault("knows one modality of a study only", {
  noticedBy: ["SEARCH-028"],
  behaviour: { modalitiesInStudy: (modalities) => modalities.slice(-1) },
});

fault("matches parts of a text", {
  noticedBy: ["SEARCH-030"],
  behaviour: { sameText: (stored, wanted) => stored.includes(wanted) },
});

fault("searches series one day late", {
  noticedBy: ["SEARCH-031"],
  arrival: withParameters(([name, value]) => [
    name,
    name === "PerformedProcedureStepStartDate" && value === "20190101" ? "20190102" : value,
  ]),
});

fault("excludes the last day of a range", {
  noticedBy: ["SEARCH-032", "SEARCH-033"],
  behaviour: {
    inRange: (stored, { from, to }) =>
      searchBehaviour.inRange(stored, { from, to }) && (from === to || stored !== to),
  },
});

fault("takes an open range for its one day", {
  noticedBy: ["SEARCH-033"],
  behaviour: {
    inRange: (stored, { from, to }) => searchBehaviour.inRange(stored, { from: from ?? to, to: to ?? from }),
  },
});

fault("takes the last of several values of an attribute", {
  noticedBy: ["SEARCH-047"],
  arrival: withoutParameters(
    ([name], index, all) => name === "PatientID" && all.findLastIndex(([other]) => other === name) > index,
  ),
});

fault("shows the attributes of v2 in v1", {
  noticedBy: ["SEARCH-061"],
  behaviour: { defaultTags: (_, level) => searchBehaviour.defaultTags("v2", level) },
});

fault("shows the attributes of v1 in v2", {
  noticedBy: ["SEARCH-062"],
  behaviour: {
    defaultTags: (api, level) => [
      ...searchBehaviour.defaultTags("v1", level),
      ...searchBehaviour.defaultTags(api, level),
    ],
  },
});

fault("shows study attributes with the instances of a study", {
  noticedBy: ["SEARCH-063"],
  behaviour: {
    returnedLevels: ({ path, levels: own }) => (path === "/studies/:study/instances" ? levels : own),
  },
});

fault("drops the patient's name when fields are asked for", {
  noticedBy: ["SEARCH-067"],
  answer: onSearch((answer, { path }) => {
    if (/includefield=(?!all)/.test(path)) {
      answer.body = Buffer.from(answer.body.toString().replace(/"00100010":\{[^{}]*\{[^{}]*\}\]\},/g, ""));
    }
  }),
});

fault("counts the last includefield parameter only", {
  noticedBy: ["SEARCH-068"],
  arrival: withoutParameters(
    ([name], index, all) => name === "includefield" && all.findLastIndex(([other]) => other === name) > index,
  ),
});

fault("ignores fields that it does not know", {
  noticedBy: ["SEARCH-070"],
  arrival: withoutParameters(([name, value]) => name === "includefield" && value === "something"),
});

fault("shows one match more than the limit", {
  noticedBy: ["SEARCH-007", "SEARCH-079", "SEARCH-082"],
  behaviour: { page: (entries, offset, limit) => entries.slice(offset, offset + limit + 1) },
});

fault("takes any limit", {
  noticedBy: ["SEARCH-081"],
  behaviour: { limitRange: () => ({ fallback: 100, min: 0, max: 2 ** 31 }) },
});

fault("takes offset for the number of a page", {
  noticedBy: ["SEARCH-082"],
  behaviour: { page: (entries, offset, limit) => entries.slice(offset * limit, (offset + 1) * limit) },
});

fault("takes a negative offset for none", {
  noticedBy: ["SEARCH-084"],
  arrival: withoutParameters(([name, value]) => name === "offset" && value === "-1"),
});

const search = /^\/(studies|series|instances|studies\/[^/?]+(\/series\/[^/?]+)?\/(series|instances))(\?|$)/;

function onSearch(spoil: (answer: Answer, request: Arrival) => void): Fault["answer"] {
  return (answer, request) => {
    if (request.method === "GET" && search.test(request.path)) {
      spoil(answer, request);
    }
  };
}

function ofSearch(change: (request: Arrival) => ReturnType<NonNullable<Fault["arrival"]>>): Fault["arrival"] {
  return (request) => (request.method === "GET" && search.test(request.path) ? change(request) : undefined);
}

type Parameter = [name: string, value: string];

function withParameters(change: (parameter: Parameter) => Parameter): Fault["arrival"] {
  return changeParameters((parameters) => parameters.map(change));
}

function withoutParameters(
  isIgnored: (parameter: Parameter, index: number, all: readonly Parameter[]) => boolean,
): Fault["arrival"] {
  return changeParameters((parameters) =>
    parameters.filter((parameter, index, all) => !isIgnored(parameter, index, all)),
  );
}

function changeParameters(change: (parameters: Parameter[]) => Parameter[]): Fault["arrival"] {
  return ofSearch(({ path }) => {
    const [resource = "", query = ""] = path.split("?");
    return { path: `${resource}?${new URLSearchParams(change([...new URLSearchParams(query)]))}` };
  });
}
