import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { bearerToken } from "../../fixtures/client/credentials/credential.ts";
import { type Condition, condition } from "../../fixtures/matchers/condition.ts";
import {
  authenticationGuide,
  checkRows,
  expect,
  integer,
  must,
  oneOf,
  rfc,
  type Scenario,
  should,
  text,
} from "../words.ts";
import { givenSecured } from "./secured.ts";
import { askForToken, authorityOf, type TokenEndpoint, tokenEndpoints, tokenIn } from "./token-endpoint.ts";
import { claimsOf } from "./tokens.ts";

const withPostman = authenticationGuide("Get Access Token Using Postman");
const served = condition("200 or 204", (status) => status === 200 || status === 204);
/** The older endpoint writes numbers as texts. */
const seconds = condition("a number of seconds", (value) => Number(value) > 0);

must(
  "SERVICE-010",
  {
    title: "the token endpoint of the collection issues a token for a resource, which the service accepts",
    request: "AuthorizeGetToken",
    suite: "authorize",
    clause: [withPostman, rfc(6749, "5.1")],
  },
  async (scenario) => {
    await givenSecured(scenario);
    const { resource } = authorityOf(scenario).source;
    const named = condition(resource, (value) => value === resource);
    await judgeIssuance(scenario, "/oauth2/token", { expires_on: seconds, resource: named });
  },
);

must(
  "SERVICE-011",
  {
    title: "the newer token endpoint issues a token for a scope, which the service accepts just so",
    request: "AuthorizeGetToken",
    suite: "authorize",
    clause: [withPostman, rfc(6749, "5.1")],
  },
  async (scenario) => {
    await givenSecured(scenario);
    await judgeIssuance(scenario, "/oauth2/v2.0/token", { expires_in: integer(1) });
  },
);

should(
  "SERVICE-012",
  {
    title: "the token endpoints refuse what is wrong with a JSON error, and issue nothing",
    request: "AuthorizeGetToken",
    suite: "authorize",
    clause: rfc(6749, "5.2"),
  },
  async (scenario) => {
    await givenSecured(scenario);
    const authority = authorityOf(scenario);
    const refused = condition("400 or 401", (status) => status === 400 || status === 401);

    await checkRows(Object.keys(tokenEndpoints) as TokenEndpoint[], async (endpoint) => {
      const wrong = {
        "a wrong secret": { client_secret: randomUUID() },
        "an unknown client": { client_id: randomUUID() },
        "no grant type": { grant_type: undefined },
        "an unknown resource": tokenEndpoints[endpoint](`https://${randomUUID()}.invalid`),
      };
      await checkRows(wrong, async (changes) => {
        const response = await askForToken(scenario, authority, endpoint, changes);
        expect(response).toHold("the status", response.status, refused);
        expect(response).toHaveMembers({ error: text, error_description: text });
        expect(response).toHold("a token in the answer", tokenIn(response) !== "", false);
      });
    });
  },
);

/** Issued, of which type, for how long, for whom; and the service takes it. */
async function judgeIssuance(
  scenario: Scenario,
  endpoint: TokenEndpoint,
  members: Readonly<Record<string, Condition>>,
): Promise<void> {
  const authority = authorityOf(scenario);
  const response = await askForToken(scenario, authority, endpoint);
  expect(response).toAnswer({ status: 200, mediaType: "application/json" });
  expect(response).toHaveMembers({
    token_type: oneOf("bearer"),
    access_token: text,
    expires_in: seconds,
    ...members,
  });
  const token = tokenIn(response);
  const claims = claimsOf(token);
  if (claims !== undefined) {
    const { expires_in: lifetime } = response.json as { expires_in: unknown };
    expect(response).toHold(
      "the audience of the token",
      claims.aud,
      audienceOf(claims, authority.source.resource),
    );
    expect(response).toHold("seconds from its issue to its end", lifetimeOf(claims), about(Number(lifetime)));
  }
  const answer = await scenario.service
    .as(bearerToken(token, "ISSUED_TOKEN"))
    .search("/studies", { limit: 1 });
  expect(answer).toHold("the status of a search with the token", answer.status, served);
}

/** The resource as it was named; in tokens of version 2.0 it may be the resource's own client id. */
function audienceOf({ ver }: JWTPayload, resource: string): Condition {
  const isClientId = (audience: unknown) => ver === "2.0" && /^[0-9a-f-]{36}$/i.test(String(audience));
  return condition(resource, (audience) => audience === resource || isClientId(audience));
}

function lifetimeOf({ iat = 0, exp = 0 }: JWTPayload): number {
  return exp - iat;
}

/** Entra dates a token back, because clocks differ. */
function about(seconds: number): Condition {
  return condition(`about ${seconds}`, (value) => Math.abs(Number(value) - seconds) <= 600);
}
