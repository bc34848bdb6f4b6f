import { fault } from "../proof/fault.ts";
import { all, headersOf, isMetadata, isStore } from "../proof/spoil.ts";

fault("makes other ETags in v1", {
  noticedBy: ["RETRIEVE-015", "RETRIEVE-070", "RETRIEVE-069"],
  answer: headersOf(
    all(isMetadata, ({ api }) => api === "v1"),
    ({ etag, ...headers }) =>
      etag === undefined ? headers : { ...headers, etag: etag.replace(/"$/, '-1"') },
  ),
});

fault("finds through one version only what was stored through it", {
  noticedBy: ["RETRIEVE-015"],
  perServer: () => {
    const versions = new Map<string, string>();
    return {
      answer: (answer, request) => {
        for (const [uid] of isStore(request) ? answer.body.toString().matchAll(/2\.25\.\d+/g) : []) {
          versions.set(uid, request.api);
        }
        const [, study = ""] = /^\/studies\/([^/?]+)/.exec(request.path) ?? [];
        if (request.method === "GET" && versions.has(study) && versions.get(study) !== request.api) {
          answer.status = 404;
        }
      },
    };
  },
});
