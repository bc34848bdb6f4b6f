import type { Arrival, Defect } from "../../fixtures/reference-server/fault.ts";
import { all, answerOf, type Concern, type Route } from "./spoil.ts";

// The words of faults that remember, each for its own server.

/** The study that a path leads into. */
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
        }
      },
    };
  };
}
