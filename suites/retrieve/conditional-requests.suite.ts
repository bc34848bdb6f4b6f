import {
  accept,
  checkRows,
  doesNotApply,
  expect,
  matching,
  rfc,
  type ServiceResponse,
  should,
} from "../words.ts";
import { pathsOf } from "./paths.ts";
import { etagOf, revalidate } from "./validators.ts";

/** RFC 9110 8.8.3: whether it is weak, and what stands between the quotes. */
const entityTag = matching(
  "a quoted entity tag, with W/ before it where it is weak",
  /^(W\/)?"[\x21\x23-\x7e]*"$/,
);

should(
  "RETRIEVE-070",
  {
    title: "ETags and If-None-Match follow the rules of HTTP",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [rfc(9110, "8.8.3"), rfc(9110, "13.1.2"), rfc(9110, "15.4.5")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const current = await service.metadata(path);
      expect(current).toDescribe([instance]);
      const etag = etagOf(current);
      if (etag === undefined) {
        throw doesNotApply("the service sends no ETag, which PS3.18 asks of nobody");
      }
      expect(current).toHold("ETag", etag, entityTag);
      await checkRows(matchingTags(etag), async (ifNoneMatch) => {
        expectNotModified(await revalidate(service, path, ifNoneMatch), etag);
      });
      const lines = [
        ["Accept", accept.dicomJson],
        ["If-None-Match", '"another"'],
        ["If-None-Match", etag],
      ] as const;
      expectNotModified(await service.send("GET", `${path}/metadata`, lines), etag);
    });
  },
);

/** What all says that the client has the current one. */
function matchingTags(etag: string): Readonly<Record<string, string>> {
  return {
    "the ETag": etag,
    "anything that exists": "*",
    "a list with the ETag": `"another", ${etag}`,
    "the ETag as a weak one": etag.startsWith("W/") ? etag : `W/${etag}`,
  };
}

function expectNotModified(response: ServiceResponse, etag: string | undefined): void {
  expect(response).toAnswer({ status: 304, isEmpty: true });
  expect(response).toHold("ETag of the 304", etagOf(response), etag);
}
