import { readLatest } from "../../fixtures/client/change-feed.ts";
import { writeMultipart } from "../../fixtures/wire/multipart.ts";
import {
  accept,
  checkRows,
  containing,
  expect,
  must,
  rfc,
  type ServiceResponse,
  should,
  studyPath,
  versioningGuide,
  withoutStackTrace,
} from "../words.ts";

must(
  "SERVICE-016",
  {
    title: "a route without a version is not served",
    request: "(every request)",
    clause: versioningGuide("Specifying version of REST API in Requests"),
  },
  async ({ service, instances }) => {
    await service.given.served();

    const headers = { Accept: "application/json" };
    const get = (path: string) => service.sendToVersion("GET", "", path, headers, undefined);
    const requests = {
      "a search": () => get("/studies"),
      metadata: async () => {
        const instance = instances.minimal();
        await service.given.stored(instance);
        return get(`${studyPath(instance)}/metadata`);
      },
      "the change feed": () => get("/changefeed"),
      "a store of nothing": () => {
        const { contentType, body } = writeMultipart([]);
        return service.sendToVersion(
          "POST",
          "",
          "/studies",
          { ...headers, "Content-Type": contentType },
          body,
        );
      },
    };
    await checkRows(requests, async (request) => {
      // The catalogue accepts 400 as well; the real server answers 404, and issue 12 holds others to it.
      expect(await request()).toAnswer({ status: 404 });
    });
  },
);

must(
  "SERVICE-017",
  {
    title: "an unknown version is refused",
    request: "(every request)",
    clause: versioningGuide("Supported Versions"),
  },
  async ({ service }) => {
    await service.given.served();

    await checkRows(["v0", "v1.5", "v99", "v2-prerelease", "vfoo", "1"], async (version) => {
      const headers = { Accept: accept.dicomJson };
      const response = await service.sendToVersion("GET", `/${version}`, "/studies", headers, undefined);
      expect(response).toAnswer({
        status: 404,
        tolerate: [
          { status: 400, because: "Microsoft's code answers 400 where the word parses as a version" },
        ],
      });
    });
  },
);

must(
  "SERVICE-019",
  {
    title: "responses name the supported versions",
    request: "(every request)",
    clause: versioningGuide("Headers in responses"),
  },
  async ({ service, instances }) => {
    await service.given.served();

    const requests = {
      "a search": () => service.search("/studies", { limit: 1 }),
      "the latest entry of the change feed": () => readLatest(service),
      "a study that is not there": () => service.metadata(`/studies/${instances.uid()}`),
    };
    await checkRows(requests, async (request) => {
      const response = await request();
      const versions = versionsIn(response, "api-supported-versions");
      expect(response).toHold("api-supported-versions", versions, containing("1", "2"));
      await checkRows(versionsIn(response, "api-deprecated-versions"), async (version) => {
        const headers = { Accept: accept.dicomJson };
        const old = await service.sendToVersion(
          "GET",
          `/v${version}`,
          "/studies?limit=1",
          headers,
          undefined,
        );
        const nothing = { status: 204, because: "a service may have nothing stored" };
        expect(old).toAnswer({ status: 200, tolerate: [nothing] });
      });
    });
  },
);

/** Versions that a header lists, without the part behind the point where that is 0. */
function versionsIn(response: ServiceResponse, header: string): string[] {
  const versions = response.header(header)?.split(",") ?? [];
  return versions.map((version) => version.trim().replace(/\.0$/, ""));
}

should(
  "SERVICE-022",
  {
    title: "an unknown route gives 404, and no stack trace",
    request: "(every request)",
    profile: "dicomweb",
    clause: rfc(9110, "15.5.5"),
  },
  async ({ service, instances }) => {
    await service.given.served();

    const study = `/studies/${instances.uid()}`;
    const unknown = {
      "below the root": "/nonsense",
      "below a study": `${study}/nonsense`,
      "below an instance": `${study}/series/${instances.uid()}/instances/${instances.uid()}/thumbnail/x`,
    };
    const notFound = { status: 404 };
    const notAllowed = {
      status: 405,
      tolerate: [
        { status: 404, because: "a resource that can only be read may be unknown to other methods" },
        { status: 501, because: "a service may know no POST at all (RFC 9110 15.6.2)" },
      ],
    };
    const requests = {
      ...Object.fromEntries(
        Object.entries(unknown).map(([name, path]) => [
          name,
          { answer: notFound, send: () => service.get(path, "*/*") },
        ]),
      ),
      "a POST to the series": {
        answer: notAllowed,
        send: () => service.send("POST", "/series", { Accept: "*/*" }),
      },
    };
    await checkRows(requests, async ({ answer, send }) => {
      const response = await send();
      expect(response).toAnswer(answer);
      expect(response).toHold("the body", response.text, withoutStackTrace);
    });
  },
);
