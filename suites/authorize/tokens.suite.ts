import { bearerToken } from "../../fixtures/client/credentials/credential.ts";
import {
  accept,
  advise,
  authenticationGuide,
  checkRows,
  doesNotApply,
  expect,
  matching,
  must,
  rfc,
  studyPath,
} from "../words.ts";
import { deletions, feedReadings, retrievals, searches, storing, tagReadings } from "./requests.ts";
import { adviseReason, expectChallenge, expectUnknown, givenSecured } from "./secured.ts";
import { askForToken, authorityOf, tokenIn } from "./token-endpoint.ts";
import { expiredToken, ownToken, signedByAnyone, tampered, unsigned } from "./tokens.ts";

const settings = authenticationGuide("Authentication Settings Overview");
/** A resource for which every application of a tenant gets a token. */
const anotherResource = "https://management.azure.com";

must(
  "SERVICE-001",
  {
    title: "a request without a token is refused with 401 and a Bearer challenge, and changes nothing",
    request: "(every request)",
    suite: "authorize",
    clause: [rfc(9110, "15.5.2"), settings],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    const nobody = await givenSecured(scenario);
    const [image, fresh] = [instances.image({ frames: 1 }), instances.minimal()];
    await service.given.held(image);

    const requests = {
      ...searches,
      ...retrievals(image),
      ...feedReadings,
      ...tagReadings,
      ...storing(fresh),
      ...deletions(image),
    };
    await checkRows(requests, async (request) => {
      const response = await request(nobody);
      expectChallenge(response);
      expectUnknown(response, image.studyInstanceUid);
    });
    expect(await service.retrieve(studyPath(image))).toDeliver([image]);
    expect(await service.retrieve(studyPath(fresh))).toAnswer({ status: 404 });
  },
);

must(
  "SERVICE-002",
  {
    title: "what is no token of the trusted issuer is refused with 401 and a Bearer challenge",
    request: "(every request)",
    suite: "authorize",
    clause: [rfc(6750, "3"), settings],
  },
  async (scenario) => {
    const { service, callers } = scenario;
    const nobody = await givenSecured(scenario);
    const token = await ownToken(callers);
    const headers = { "no token": "Bearer", "another scheme": "Basic dTpw" };
    const tokens = {
      garbage: "abc",
      "a token without signature (alg none)": unsigned(token),
      "a token with another signature": tampered(token),
      "a token that somebody else has signed": await signedByAnyone(token),
    };

    await checkRows(headers, async (Authorization) => {
      expectChallenge(await nobody.get("/studies?limit=1", accept.dicomJson, { Authorization }));
    });
    await checkRows(tokens, async (forged) => {
      const forger = service.as(bearerToken(forged, "FORGED_TOKEN"));
      const response = await forger.search("/studies", { limit: 1 });
      expectChallenge(response);
      adviseReason(response);
    });
  },
);

must(
  "SERVICE-003",
  {
    title: "a token whose time is over is refused with 401, and the challenge says so",
    request: "(every request)",
    suite: "authorize",
    clause: [rfc(6750, "3.1"), settings],
  },
  async (scenario) => {
    const { service, callers } = scenario;
    await givenSecured(scenario);
    const expired = await expiredToken(callers);

    const late = service.as(bearerToken(expired, "DICOM_EXPIRED_TOKEN"));
    const response = await late.search("/studies", { limit: 1 });
    expectChallenge(response);
    adviseReason(response);
    const challenge = response.header("WWW-Authenticate");
    advise(response).toHold("WWW-Authenticate", challenge, matching("that the token has expired", /expir/i));
  },
);

must(
  "SERVICE-004",
  {
    title: "a token of the same authority for another resource is refused with 401",
    request: "(every request)",
    suite: "authorize",
    clause: settings,
  },
  async (scenario) => {
    await givenSecured(scenario);
    const scope = `${anotherResource}/.default`;
    const answer = await askForToken(scenario, authorityOf(scenario), "/oauth2/v2.0/token", { scope });
    const token = tokenIn(answer);
    if (token === "") {
      throw doesNotApply(`the authority gives no token for ${anotherResource}: it answered ${answer.status}`);
    }

    expectUnknown(
      await scenario.service
        .as(bearerToken(token, "TOKEN_FOR_ANOTHER_RESOURCE"))
        .search("/studies", { limit: 1 }),
    );
  },
);
