import type { Authority } from "../../fixtures/authority/authority.ts";
import { type Callers, callersOf } from "../../fixtures/client/callers.ts";
import type { Access } from "../../fixtures/client/credentials/access.ts";
import { anonymous, bearerToken } from "../../fixtures/client/credentials/credential.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import type { ProvingFault } from "./fault.ts";

/** A reference server with a fault, and the way to it. */
export interface FaultyServer {
  readonly url: string;
  readonly transport: Transport;
  /** Who a check can be to it; undefined where it asks nobody. */
  readonly callers: Callers | undefined;
  close(): Promise<void>;
}

const timeout = 30_000;

/** @param authority whose tokens it demands; absent: it lets everybody in */
export async function startFaultyServer(
  fault: Fault & Pick<ProvingFault, "hasPartitions">,
  authority: Authority | undefined,
): Promise<FaultyServer> {
  const access = authority && (await accessBy(authority));
  const own = authority && bearerToken(await authority.sign("owner"));
  const server = await startReferenceServer({
    faults: [fault],
    hasPartitions: fault.hasPartitions,
    tokenIssuer: authority && {
      issuer: authority.issuer,
      audience: authority.resource,
      keys: authority.keys,
    },
  });
  const { url } = server;
  const transport = new Transport({ timeout, credential: own ?? anonymous, origins: [url] });
  const callers = access && own && { ...callersOf(access, { timeout }), owner: own };
  return {
    url,
    transport,
    callers,
    close: async () => {
      await transport.close();
      await callers?.authority?.transport.close();
      await server.close();
    },
  };
}

/** Every caller that a check can ask for; the run itself comes with a token, and could ask for one. */
async function accessBy(authority: Authority): Promise<Access> {
  const { url, tenantId, clients, resource, ca, sign } = authority;
  const bearer = async (client: keyof typeof clients) =>
    ({ kind: "bearer", token: await sign(client) }) as const;
  const longAgo = Math.floor(Date.now() / 1000) - 7_200;
  return {
    credential: { kind: "client-secret", tenantId, ...clients.owner, resource, authority: url },
    reader: await bearer("reader"),
    stranger: await bearer("stranger"),
    expiredToken: await sign("owner", { iat: longAgo, nbf: longAgo, exp: longAgo + 3_600 }),
    headers: [],
    tls: { ca, isInsecure: false },
  };
}
