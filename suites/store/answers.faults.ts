import { AsyncLocalStorage } from "node:async_hooks";
import { storeBehaviour } from "../../fixtures/reference-server/store/routes.ts";
import { fault } from "../proof/fault.ts";
import { changeResult, type Result, sequence } from "../proof/store-results.ts";

/** Whether a part of another study came before, in the request at hand. */
const foreign = new AsyncLocalStorage<{ isPast: boolean }>();

fault("names another study in the study URL where a part failed", {
  noticedBy: ["STORE-013"],
  answer: changeResult((result) => {
    const isMixed = result["00081198"] !== undefined && result["00081190"] !== undefined;
    return isMixed ? { ...result, "00081190": url("http://localhost/v2/studies/2.25.1") } : result;
  }),
});

fault("refuses all parts after one of another study", {
  noticedBy: ["STORE-013"],
  arrival: () => {
    foreign.enterWith({ isPast: false });
    return undefined;
  },
  behaviour: {
    belongsToStudy: (uid, study, position) => {
      const state = foreign.getStore() ?? { isPast: false };
      state.isPast ||= !storeBehaviour.belongsToStudy(uid, study, position);
      return !state.isPast;
    },
  },
});

fault("appends the path of an instance to the URL of the study request", {
  noticedBy: ["STORE-009"],
  answer: changeResult((result, { path }) =>
    path.startsWith("/studies/") ? changeUrls(result, /\/studies\/[^/]+/, "$&$&") : result,
  ),
});

fault("links to v1 in the answers to multipart requests", {
  noticedBy: ["STORE-009"],
  answer: changeResult((result, { headers }) =>
    headers["content-type"]?.startsWith("multipart/") ? changeUrls(result, /\/v2\//, "/v1/") : result,
  ),
});

fault("gives failed instances the class of the first file", {
  noticedBy: ["STORE-013"],
  answer: changeResult((result) => {
    const sopClass = sequence(result, "00081199")[0]?.["00081150"];
    return changeItems(result, "00081198", (item) =>
      sopClass && item["00081150"] ? { ...item, "00081150": sopClass } : item,
    );
  }),
});

fault("answers with the status of the last part that it stored", {
  noticedBy: ["STORE-035"],
  behaviour: {
    storeStatus: (stored, failed, api) =>
      storeBehaviour.storeStatus(failed.length > 0 ? stored : stored.slice(-1), failed, api),
  },
});

function url(value: string) {
  return { vr: "UR", Value: [value] };
}

function changeItems(result: Result, tag: string, change: (item: Result) => Result): Result {
  const items = sequence(result, tag).map(change);
  return items.length === 0 ? result : { ...result, [tag]: { vr: "SQ", Value: items } };
}

function changeUrls(result: Result, pattern: RegExp, replacement: string): Result {
  return changeItems(result, "00081199", (item) => ({
    ...item,
    "00081190": url(String(item["00081190"]?.Value).replace(pattern, replacement)),
  }));
}
