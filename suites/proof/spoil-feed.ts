import type { Answer, Arrival, Defect } from "../../fixtures/reference-server/fault.ts";
import { isChangeFeed, jsonOf } from "./spoil.ts";

interface Entry {
  readonly sequence: number;
  readonly sopInstanceUid: string;
  readonly action: string;
  readonly state: string;
}

/**
 * Has the change feed show an entry more for each instance that is noted, behind all others.
 * @param noted SOP Instance UIDs that an answer tells of
 */
export function alsoEntered(
  change: Pick<Entry, "action" | "state">,
  noted: (answer: Answer, request: Arrival) => readonly string[],
): () => Defect {
  return () => {
    const uids = new Set<string>();
    const enter = jsonOf(isChangeFeed, (entries: Entry[]) => [
      ...entries,
      ...[...uids].flatMap((sopInstanceUid, index) =>
        entries
          .slice(-1)
          .map((last) => ({ ...last, ...change, sopInstanceUid, sequence: last.sequence + index + 1 })),
      ),
    ]);
    return {
      answer: (answer, request) => {
        for (const uid of noted(answer, request)) {
          uids.add(uid);
        }
        enter(answer, request);
      },
    };
  };
}
