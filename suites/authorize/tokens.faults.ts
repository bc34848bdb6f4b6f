import { decodeJwt, decodeProtectedHeader } from "jose";
import { fault } from "../proof/fault.ts";
import { honest, outcomeOf } from "../proof/spoil.ts";

fault("leaves the change feed open to everybody", {
  noticedBy: ["SERVICE-001", "CHANGEFEED-044", "SERVICE-005"],
  behaviour: outcomeOf("dataAction", (action, _, path) =>
    path.startsWith("/changefeed") ? undefined : action,
  ),
});

fault("leaves operations open to everybody", {
  noticedBy: ["SERVICE-001", "OPERATION-012", "SERVICE-005"],
  behaviour: outcomeOf("dataAction", (action, _, path) =>
    path.startsWith("/operations/") ? undefined : action,
  ),
});

fault("refuses without a challenge", {
  noticedBy: ["SERVICE-001", "SERVICE-002", "SERVICE-003", "STORE-075"],
  behaviour: { challenge: () => undefined },
});

fault("challenges for another scheme than it takes", {
  noticedBy: ["SERVICE-001", "SERVICE-002", "SERVICE-003", "STORE-075"],
  behaviour: { challenge: () => 'Basic realm="bearer"' },
});

fault("refuses a token without saying that it is invalid", {
  noticedBy: ["SERVICE-002", "SERVICE-003"],
  behaviour: { challenge: (issuer) => honest.challenge(issuer, undefined) },
});

fault("refuses an expired token as any other", {
  noticedBy: ["SERVICE-003"],
  behaviour: outcomeOf("challenge", (own) => own?.replace(/expired at [^"]*/, "is invalid")),
});

fault("takes a token without signature that says so (alg none)", {
  noticedBy: ["SERVICE-002"],
  behaviour: {
    claims: async (token, ...demanded) =>
      decodeProtectedHeader(token).alg === "none" ? decodeJwt(token) : honest.claims(token, ...demanded),
  },
});

fault("takes a token whatever its signature", {
  noticedBy: ["SERVICE-002", "SEARCH-016"],
  behaviour: {
    claims: async (token, ...demanded) =>
      honest.claims(token, ...demanded).catch((error) => {
        if (error.code !== "ERR_JWS_SIGNATURE_VERIFICATION_FAILED") {
          throw error;
        }
        return decodeJwt(token);
      }),
  },
});

fault("takes a token for ever", {
  noticedBy: ["SERVICE-003"],
  behaviour: outcomeOf("tokenDemands", (demands) => ({
    ...demands,
    clockTolerance: 1_000_000_000,
  })),
});

fault("takes a token for whatever resource", {
  noticedBy: ["SERVICE-004"],
  behaviour: outcomeOf("tokenDemands", (demands) => ({ ...demands, audience: undefined })),
});
