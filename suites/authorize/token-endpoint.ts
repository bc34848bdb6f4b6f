import type { TokenAuthority } from "../../fixtures/client/callers.ts";
import { doesNotApply, type Scenario, type ServiceResponse } from "../words.ts";

/** Form fields of a token request; undefined leaves one out. */
export type Form = Readonly<Record<string, string | undefined>>;

/** How the two token endpoints of a tenant are asked for a token for a resource. */
export const tokenEndpoints = {
  "/oauth2/token": (resource: string): Form => ({ resource }),
  "/oauth2/v2.0/token": (resource: string): Form => ({ scope: `${resource}/.default` }),
} as const;

export type TokenEndpoint = keyof typeof tokenEndpoints;

/** Whom the run asks for its tokens. @throws NotApplicable where it does not ask with a client secret */
export function authorityOf({ callers }: Scenario): TokenAuthority {
  if (callers.authority === undefined) {
    throw doesNotApply("the run has no client secret to ask an authority for a token with");
  }
  return callers.authority;
}

/** Asks for a token as the run itself does, but for the fields given. */
export function askForToken(
  { service }: Scenario,
  { url, source, transport }: TokenAuthority,
  endpoint: TokenEndpoint,
  changes: Form = {},
): Promise<ServiceResponse> {
  const form = {
    grant_type: "client_credentials",
    client_id: source.clientId,
    client_secret: source.clientSecret,
    ...tokenEndpoints[endpoint](source.resource),
    ...changes,
  };
  const fields = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined);
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return service.beside(url, transport).send("POST", endpoint, headers, body);
}

/** The token of an answer, "" where it has none. */
export function tokenIn({ json }: ServiceResponse): string {
  const { access_token: token } = (json ?? {}) as { access_token?: unknown };
  return typeof token === "string" ? token : "";
}
