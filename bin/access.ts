import { type Access, anonymousAccess } from "../fixtures/client/credentials/access.ts";
import type { TargetOptions } from "./options.ts";

/** How the run gets into the service, by what the person gave. */
export function accessOf({ token }: TargetOptions): Access {
  return token === undefined
    ? anonymousAccess
    : { ...anonymousAccess, credential: { kind: "bearer", token } };
}
