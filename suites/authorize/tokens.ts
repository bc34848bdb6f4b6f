import { decodeJwt, decodeProtectedHeader, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type { Callers } from "../../fixtures/client/callers.ts";
import { doesNotApply } from "../words.ts";

/** A token with what it says. */
export interface Token {
  readonly text: string;
  readonly claims: JWTPayload;
}

/** The token that the run sends now. @throws NotApplicable where it is none that can be read */
export async function ownToken({ owner }: Callers): Promise<Token> {
  const text = (await owner.authorization())?.replace(/^Bearer /, "") ?? "";
  const claims = claimsOf(text);
  if (claims === undefined) {
    throw doesNotApply("the token of the run is no JSON Web Token: no other can be made from it");
  }
  return { text, claims };
}

/** What a token says; undefined where it is no JSON Web Token. */
export function claimsOf(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** Without a signature, and saying so (RFC 7519 6). */
export function unsigned({ text }: Token): string {
  const [, payload] = text.split(".");
  return `${Buffer.from('{"typ":"JWT","alg":"none"}').toString("base64url")}.${payload}.`;
}

/** With one character of its signature changed. */
export function tampered({ text }: Token): string {
  return text.replace(/\.([^.])([^.]*)$/, (_, first, rest) => `.${first === "A" ? "B" : "A"}${rest}`);
}

/** Says the same, but for these changes, under the signature of somebody whom nobody trusts. */
export async function signedByAnyone({ text, claims }: Token, changes: JWTPayload = {}): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256");
  const header = { ...decodeProtectedHeader(text), alg: "RS256" };
  return new SignJWT({ ...claims, ...changes }).setProtectedHeader(header).sign(privateKey);
}

/** Seconds that clocks may differ by. */
const skew = 600;

/**
 * A token that differs from the run's in nothing but its age.
 * @throws NotApplicable where the run has none: no authority issues such a token, it takes an hour to get one
 */
export async function expiredToken(callers: Callers): Promise<string> {
  const { expiredToken: text } = callers;
  if (text === undefined) {
    throw doesNotApply(
      "the run has no token that was good once, and no authority issues one that has expired",
    );
  }
  const [claims, { claims: own }] = [claimsOf(text), await ownToken(callers)];
  if (claims?.exp === undefined || claims.exp > Date.now() / 1000 - skew) {
    throw doesNotApply("the token that was good once has not expired for ten minutes yet");
  }
  if (claims.iss !== own.iss || String(claims.aud) !== String(own.aud)) {
    throw doesNotApply("the token that was good once is of another issuer or for another resource");
  }
  return text;
}
