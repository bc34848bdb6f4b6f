import type { Answer, Defect } from "../../fixtures/reference-server/fault.ts";
import { fault } from "../proof/fault.ts";
import { isRendered, type Route, route } from "../proof/spoil.ts";

fault("delivers frames from a cache that outlives the instance", {
  noticedBy: ["DELETE-028", "DELETE-014"],
  perServer: remembering(route("GET", /\/frames\/\d+$/)),
});

fault("draws images from a cache that outlives the instance", {
  noticedBy: ["DELETE-028", "DELETE-014"],
  perServer: remembering(isRendered),
});

/** Answers what it once answered, whatever has become of the instance. */
function remembering(concerned: Route): () => Defect {
  return () => {
    const answers = new Map<string, Answer>();
    return {
      answer: (answer, request) => {
        if (concerned(request)) {
          const key = `${request.path} ${request.headers.accept}`;
          Object.assign(answer, answers.get(key));
          if (answer.status === 200) {
            answers.set(key, { ...answer });
          }
        }
      },
    };
  };
}
