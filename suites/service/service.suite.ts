import { accept, checkRows, containing, expect, must, rfc, should, versioningGuide } from "../words.ts";

must(
  "SERVICE-016",
  {
    title: "a route without a version is not served",
    request: "(every request)",
    clause: versioningGuide("Specifying version of REST API in Requests"),
  },
  async ({ service }) => {
    await service.given.served();

    await checkRows(["/studies", "/changefeed"], async (path) => {
      const headers = { Accept: "application/json" };
      const response = await service.sendToVersion("GET", "", path, headers, undefined);
      // The catalogue accepts 400 as well; the real server answers 404, and issue 12 holds others to it.
      expect(response).toAnswer({ status: 404 });
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

    await checkRows(["v0", "v99", "vfoo"], async (version) => {
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
  async ({ service }) => {
    await service.given.served();

    const response = await service.search("/studies", { limit: 1 });

    const versions = response.header("api-supported-versions")?.split(",");
    const numbers = versions?.map((version) => version.trim().replace(/\.0$/, ""));
    expect(response).toHold("api-supported-versions", numbers, containing("1", "2"));
  },
);

should(
  "SERVICE-022",
  {
    title: "an unknown route gives 404",
    request: "(every request)",
    profile: "dicomweb",
    clause: rfc(9110, "15.5.5"),
  },
  async ({ service, instances }) => {
    await service.given.served();

    const unknown = {
      "below the root": "/nonsense",
      "below a study": `/studies/${instances.uid()}/nonsense`,
    };
    await checkRows(unknown, async (path) => {
      expect(await service.get(path, "*/*")).toAnswer({ status: 404 });
    });
  },
);
