import type { ApiVersion, Profile } from "../../fixtures/client/endpoint.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { applies, judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";
import type { Result } from "../engine/result.ts";
import { loadFaults } from "./fault.ts";

/** A server that differs from Microsoft's in what PS3.18 leaves free, or does not leave free. */
export type Peculiarity = Omit<Fault, "name">;

const requirements = await loadRequirements();
const faults = await loadFaults();

/** Checks at the same time: with more of them a busy machine lets requests time out. */
const atOnce = 12;

/** Verdicts by id, and what the report says beside them. */
export interface Judgement {
  readonly verdicts: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly reasons: readonly string[];
  readonly results: readonly Result[];
}

/**
 * Judges requirements at a peculiar server.
 * @param ids absent: all that the profile has
 */
export async function judgeUnder(
  peculiarity: Peculiarity,
  ids: readonly string[] | undefined,
  profile: Profile,
  api: ApiVersion = "v2",
): Promise<Judgement> {
  const server = await startReferenceServer({ faults: [{ name: "peculiar", ...peculiarity }] });
  const transport = new Transport({ timeout: 30_000 });
  const endpoint = { baseUrl: `${server.url}/${api}`, api, profile };
  const judged = requirements.filter(
    (requirement) => (ids?.includes(requirement.id) ?? true) && applies(requirement, endpoint),
  );
  try {
    const results: Result[] = [];
    const queue = [...judged];
    const judgeNext = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        results.push(await judge(next, endpoint, transport, { run: "fair", patience: 300 }));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, judgeNext));
    return {
      verdicts: Object.fromEntries(results.map(({ id, verdict }) => [id, verdict])),
      notes: results.flatMap(({ notes }) => notes),
      reasons: results.flatMap(({ reason }) => reason ?? []),
      results,
    };
  } finally {
    await transport.close();
    await server.close();
  }
}

/** These ids, all with one verdict. */
export function all(ids: readonly string[], verdict: string): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id) => [id, verdict]));
}

/** A fault that some suite declares. @throws Error when none has the name */
export function faultNamed(name: string): Peculiarity {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) {
    throw new Error(`there is no fault "${name}"`);
  }
  return found;
}
