import { deleteBehaviour } from "../../fixtures/reference-server/delete/routes.ts";
import type { Answer, Arrival, Fault } from "../../fixtures/reference-server/fault.ts";
import { fault } from "../proof/fault.ts";

fault("keeps an empty study when its last instance was deleted", {
  noticedBy: ["DELETE-001"],
  answer: afterDeleteOf(/^\/studies\/[^/]+(?=\/series\/[^/]+\/instances\/)/, (study, answer, { path }) => {
    if (path === study && answer.status === 404) {
      answer.status = 200;
    }
  }),
});

fault("deletes only the newest instance of a series", {
  noticedBy: ["DELETE-002", "DELETE-006"],
  behaviour: {
    deletion: (path, archive) => {
      const selection = deleteBehaviour.deletion(path, archive);
      const isSeries = path.series !== undefined && path.instance === undefined;
      return isSeries ? (archive.instances(selection).at(-1) ?? selection) : selection;
    },
  },
});

fault("deletes only the first series of a study", {
  noticedBy: ["DELETE-003", "DELETE-016"],
  behaviour: {
    deletion: (path, archive) => {
      const selection = deleteBehaviour.deletion(path, archive);
      const [first] = archive.instances(selection);
      return path.series === undefined
        ? { ...selection, seriesInstanceUid: first?.seriesInstanceUid }
        : selection;
    },
  },
});

fault("deletes the whole series with an instance", {
  noticedBy: ["DELETE-004", "DELETE-013"],
  behaviour: {
    deletion: ({ study, series, instance }, archive) => {
      const selection = deleteBehaviour.deletion({ study, series, instance }, archive);
      return archive.instances(selection).length > 0
        ? { ...selection, sopInstanceUid: undefined }
        : selection;
    },
  },
});

fault("deletes the study with the last instance of a series", {
  noticedBy: ["DELETE-005"],
  behaviour: {
    deletion: (path, archive) => {
      const selection = deleteBehaviour.deletion(path, archive);
      const series = archive.instances({ ...selection, sopInstanceUid: undefined });
      const isLast = series.length === 1 && archive.instances(selection).length === 1;
      return path.instance !== undefined && isLast ? { studyInstanceUid: path.study } : selection;
    },
  },
});

fault("deletes the study with one of its series", {
  noticedBy: ["DELETE-006", "DELETE-013"],
  behaviour: {
    deletion: (path, archive) => {
      const selection = deleteBehaviour.deletion(path, archive);
      const isSeries = path.instance === undefined && archive.instances(selection).length > 0;
      return isSeries ? { studyInstanceUid: path.study } : selection;
    },
  },
});

fault("answers 204 where nothing was deleted", {
  noticedBy: ["DELETE-007", "DELETE-008", "DELETE-009", "DELETE-010"],
  behaviour: { deleteStatus: () => 204 },
});

fault("deletes the study when it does not know the series", {
  noticedBy: ["DELETE-008", "DELETE-009"],
  behaviour: {
    deletion: (path, archive) => {
      const { studyInstanceUid, seriesInstanceUid } = deleteBehaviour.deletion(path, archive);
      const isKnown = archive.instances({ studyInstanceUid, seriesInstanceUid }).length > 0;
      return isKnown ? deleteBehaviour.deletion(path, archive) : { studyInstanceUid };
    },
  },
});

fault("looks an instance up by its own UID alone", {
  noticedBy: ["DELETE-009"],
  behaviour: {
    deletion: (path, archive) =>
      path.instance === undefined
        ? deleteBehaviour.deletion(path, archive)
        : { sopInstanceUid: path.instance },
  },
});

fault("validates the study UID only", {
  noticedBy: ["DELETE-010"],
  behaviour: { requireDeletable: ({ study }) => deleteBehaviour.requireDeletable({ study }) },
});

fault("answers 415 to a delete with a body", {
  noticedBy: ["DELETE-012"],
  answer: (answer, { method, headers }) => {
    if (method === "DELETE" && Number(headers["content-length"]) > 0) {
      answer.status = 415;
    }
  },
});

fault("still finds a deleted study, with no instance in it", {
  noticedBy: ["DELETE-013"],
  answer: afterDeleteOf(/^\/studies\/([^/]+)$/, (path, answer, request) => {
    const uid = path.slice("/studies/".length);
    if (request.path.startsWith(`/studies?StudyInstanceUID=${uid}`) && answer.status === 204) {
      answer.status = 200;
      answer.headers["content-type"] = "application/dicom+json";
      answer.body = Buffer.from(JSON.stringify([{ "0020000D": { vr: "UI", Value: [uid] } }]));
    }
  }),
});

fault("serves rendered images from a cache that a delete leaves as it is", {
  noticedBy: ["DELETE-014"],
  answer: servedFromCache(({ path }) => path.endsWith("/rendered")),
});

fault("still delivers the frames of a deleted instance", {
  noticedBy: ["DELETE-014"],
  answer: afterDeleteOf(/^\/studies\/[^/]+\/series\/[^/]+\/instances\/[^/]+$/, (gone, answer, { path }) => {
    if (path === `${gone}/frames/1` && answer.status === 404) {
      answer.status = 200;
    }
  }),
});

fault("answers 304 for metadata of what was deleted", {
  noticedBy: ["DELETE-014", "RETRIEVE-063"],
  answer: (answer, { path, headers }) => {
    if (path.endsWith("/metadata") && headers["if-none-match"] !== undefined && answer.status === 404) {
      answer.status = 304;
      answer.body = Buffer.alloc(0);
    }
  },
});

fault("knows a deleted instance still and refuses it as a copy", {
  noticedBy: ["DELETE-018", "STORE-019", "STORE-020"],
  behaviour: {
    isDuplicate: ({ sopInstanceUid }, archive) =>
      archive.changes().some((change) => change.sopInstanceUid === sopInstanceUid),
  },
});

/** Does something to every later answer, with the path of something that was deleted. */
function afterDeleteOf(
  paths: RegExp,
  spoil: (deleted: string, answer: Answer, request: Arrival) => void,
): Fault["answer"] {
  const deleted = new Set<string>();
  return (answer, request) => {
    const [path] = paths.exec(request.path) ?? [];
    if (request.method === "DELETE" && answer.status === 204 && path !== undefined) {
      deleted.add(path);
    }
    for (const gone of deleted) {
      spoil(gone, answer, request);
    }
  };
}

/** Answers some requests with what was answered to them first. */
function servedFromCache(isCached: (request: Arrival) => boolean): Fault["answer"] {
  const cache = new Map<string, Answer>();
  return (answer, request) => {
    const key = `${request.path} ${request.headers.accept}`;
    const cached = cache.get(key);
    if (request.method !== "GET" || !isCached(request)) {
      return;
    }
    if (cached) {
      Object.assign(answer, cached);
    } else if (answer.status === 200) {
      cache.set(key, { ...answer });
    }
  };
}
