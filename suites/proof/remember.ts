import type { Answer, Arrival, Defect } from "../../fixtures/reference-server/fault.ts";
import {
  type AnswerSpoiler,
  all,
  answerOf,
  type Concern,
  isChangeFeed,
  jsonOf,
  type Route,
} from "./spoil.ts";

// The words of faults that remember, each for its own server.

/** The study that a path leads into, "" for none. */
function studyOf({ path }: Arrival): string {
  return /^\/studies\/([^/?]+)/.exec(path)?.[1] ?? "";
}

/** Once such an answer was given about a study, the server fails at these requests about it. */
export function failsAfter(first: Concern, later: Route): () => Defect {
  return () => {
    const studies = new Set<string>();
    const isAffected: Route = (request) => studies.has(studyOf(request));
    const fail = answerOf(all(later, isAffected), { status: 500, body: "" });
    return {
      answer: (answer, request) => {
        const isFirst = first(request, answer);
        fail(answer, request);
        if (isFirst) {
          studies.add(studyOf(request));
          studies.delete("");
        }
      },
    };
  };
}

/** Spoils what is answered after a delete; the path of the request finds what was deleted. */
export function afterDelete(paths: RegExp, spoil: (deleted: string) => AnswerSpoiler): () => Defect {
  return () => {
    const spoilers = new Map<string, AnswerSpoiler>();
    return {
      answer: (answer, request) => {
        const [path] = paths.exec(request.path) ?? [];
        if (request.method === "DELETE" && answer.status === 204 && path !== undefined) {
          spoilers.set(path, spoil(path));
        }
        spoilers.forEach((spoilOne) => {
          spoilOne(answer, request);
        });
      },
    };
  };
}

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
