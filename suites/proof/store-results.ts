import type { Answer, Arrival } from "../../fixtures/reference-server/fault.ts";

export interface Result {
  [tag: string]: { vr: string; Value?: unknown[] } | undefined;
}

export function isStore({ method, path }: Arrival): boolean {
  return method === "POST" && path.startsWith("/studies");
}

/** Spoils the text of a store answer. */
export function changeText(change: (text: string, request: Arrival) => string) {
  return (answer: Answer, request: Arrival) => {
    if (isStore(request) && answer.headers["content-type"]?.includes("json")) {
      answer.body = Buffer.from(change(answer.body.toString(), request));
    }
  };
}

/** Spoils the dataset of a store answer. */
export function changeResult(change: (result: Result, request: Arrival) => Result) {
  return changeText((text, request) => JSON.stringify(change(JSON.parse(text) as Result, request)));
}

export function sequence(result: Result, tag: string): readonly Result[] {
  return (result[tag]?.Value ?? []) as Result[];
}
