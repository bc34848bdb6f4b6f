import { randomUUID } from "node:crypto";
import { bearerToken } from "../../fixtures/client/credentials/credential.ts";
import { accept, checkRows, expect, must, rfc, should, statement } from "../words.ts";
import { expectUnknown, givenSecured } from "./secured.ts";
import { ownToken, signedByAnyone } from "./tokens.ts";

should(
  "SERVICE-009",
  {
    title: "who is asking is decided before the request is looked at",
    request: "(every request)",
    suite: "authorize",
    clause: [rfc(9110, "15.5.2"), statement("Retrieve Response Status Codes")],
  },
  async (scenario) => {
    const { instances } = scenario;
    const nobody = await givenSecured(scenario);

    const requests = {
      "a malformed UID": () => nobody.metadata("/studies/not-a-uid"),
      "a limit out of range": () => nobody.search("/studies", { limit: 0 }),
      "a study that is not there": () => nobody.metadata(`/studies/${instances.uid()}`),
      "a deletion of a study that is not there": () => nobody.delete(`/studies/${instances.uid()}`),
    };
    await checkRows(requests, async (request) => {
      expectUnknown(await request());
    });
    const headers = { Accept: accept.dicomJson, "Content-Type": "text/plain" };
    const because = "the type of a body may be looked at first: it tells nothing of what is stored";
    expect(await nobody.send("POST", "/studies", headers, Buffer.from("no DICOM"))).toAnswer({
      status: 401,
      tolerate: [{ status: 415, because }],
    });
  },
);

must(
  "SEARCH-016",
  {
    title: "a search without a token, or with one of an unknown client, is refused with 401",
    request: "Search-for-studies",
    suite: "authorize",
    clause: [statement("Search Response Codes"), statement("Search Response Codes", "v1")],
  },
  async (scenario) => {
    const { service, instances, callers } = scenario;
    const nobody = await givenSecured(scenario);
    const instance = instances.minimal();
    await service.given.held(instance);
    const client = randomUUID();
    const ofUnknown = await signedByAnyone(await ownToken(callers), {
      appid: client,
      azp: client,
      sub: client,
    });

    const askers = {
      "without a token": nobody,
      "of an unknown client": service.as(bearerToken(ofUnknown, "FORGED_TOKEN")),
    };
    const { studyInstanceUid: uid } = instance;
    await checkRows(askers, async (asker) => {
      await checkRows(["/studies", "/series", "/instances"], async (resource) => {
        expectUnknown(await asker.search(resource), uid);
        expectUnknown(await asker.search(resource, { StudyInstanceUID: uid }), uid);
      });
    });
  },
);
