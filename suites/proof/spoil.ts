import { readFile, writeFile } from "node:fs/promises";
import { decodeJwt } from "jose";
import type { Attribute, Dataset } from "../../fixtures/reference-server/archive/archive.ts";
import { type Behaviour, honestBehaviour } from "../../fixtures/reference-server/behaviour.ts";
import type { Answer, Arrival, Defect } from "../../fixtures/reference-server/fault.ts";
import { acceptsDicomJson } from "../../fixtures/reference-server/http/negotiation.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";

// The words of a fault: where it strikes, then what it does there: to decisions and answers (...Of), to requests (...To).

/** The requests that a fault concerns. */
export type Route = (request: Arrival) => boolean;
/** The answers that a fault concerns, by what they are and by their requests. */
export type Concern = (request: Arrival, answer: Answer) => boolean;

export function route(method: string, path: RegExp): Route {
  return (request) => request.method === method && path.test(request.path);
}

export function at(path: string): Route {
  return (request) => request.path === path;
}

export const anywhere: Route = () => true;
export const isStore = route("POST", /^\/studies/);
export const isSearch = route(
  "GET",
  /^\/(studies|series|instances|studies\/[^/?]+(\/series\/[^/?]+)?\/(series|instances))(\?|$)/,
);
export const isMetadata = route("GET", /\/metadata$/);
/** Reads of studies, and of what is in them. */
export const isRead = route("GET", /^\/studies\/[^/?]/);
export const isFile = route("GET", /^\/studies\/[^/?]+(\/series\/[^/?]+(\/instances\/[^/?]+)?)?$/);
export const isInstance = route("GET", /^\/studies\/[^/?]+\/series\/[^/?]+\/instances\/[^/?]+$/);
export const isRendered = route("GET", /\/rendered(\?|$)/);
export const isChangeFeed = route("GET", /^\/changefeed(\?|$)/);
export const isOperation = route("GET", /^\/operations\//);

/** By the value of a request header, "" where there is none. */
export function header(name: string, pattern: RegExp): Route {
  return ({ headers }) => pattern.test(headers[name] ?? "");
}

export const isDelete = route("DELETE", /^/);

/** Stores whose Content-Type is such a one. */
export function isStoreOf(type: RegExp): Route {
  return all(isStore, header("content-type", type));
}

/** By the role of the caller: "none" for one who is known, "nobody" for one without a token that can be read. */
export function by(role: "DICOM Data Reader" | "none" | "nobody"): Route {
  return ({ headers }) => roleIn(headers.authorization) === role;
}

function roleIn(authorization = ""): string {
  try {
    const { roles = ["none"] } = decodeJwt(authorization.replace("Bearer ", ""));
    return String(roles);
  } catch {
    return "nobody";
  }
}

export const acceptsJson: Route = ({ headers }) => acceptsDicomJson(headers.accept);

export function answered(status: number): Concern {
  return (_, answer) => answer.status === status;
}

/** Any answer from 400 on that lays the blame on the client. */
export const refused: Concern = (_, { status }) => status >= 400 && status < 500;

/** By a text in the body of the answer. */
export function says(text: string): Concern {
  return (_, { body }) => body.includes(text);
}

export function not(concerned: Route): Route {
  return (request) => !concerned(request);
}

export function all(...routes: Route[]): Route;
export function all(...concerns: Concern[]): Concern;
export function all(...concerns: Concern[]): Concern {
  return (request, answer) => concerns.every((holds) => holds(request, answer));
}

/** What an honest server decides. */
export const honest = honestBehaviour;

/** The outcome of a decision, changed. */
export function outcomeOf<Name extends keyof Behaviour>(
  decision: Name,
  change: (
    outcome: ReturnType<Behaviour[Name]>,
    ...given: Parameters<Behaviour[Name]>
  ) => ReturnType<Behaviour[Name]>,
): Partial<Behaviour> {
  const decide = honest[decision] as (...given: Parameters<Behaviour[Name]>) => ReturnType<Behaviour[Name]>;
  return { [decision]: (...given: Parameters<typeof decide>) => change(decide(...given), ...given) };
}

export type AnswerSpoiler = NonNullable<Defect["answer"]>;

/** What an answer has instead of its own; with an empty body it loses its type as well. */
export interface Replacement {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Buffer;
}

export function answerOf(concerned: Concern, { status, type, body }: Replacement): AnswerSpoiler {
  return (answer, request) => {
    if (concerned(request, answer)) {
      answer.status = status ?? answer.status;
      answer.headers = { ...answer.headers, ...(type !== undefined && { "content-type": type }) };
      answer.body = body === undefined ? answer.body : Buffer.from(body);
      if (body === "") {
        delete answer.headers["content-type"];
      }
    }
  };
}

export function statusOf(concerned: Concern, status: number): AnswerSpoiler {
  return answerOf(concerned, { status });
}

type Headers = Readonly<Record<string, string>>;

export function headersOf(
  concerned: Concern,
  change: (headers: Headers, request: Arrival) => Headers,
): AnswerSpoiler {
  return (answer, request) => {
    if (concerned(request, answer)) {
      answer.headers = { ...change(answer.headers, request) };
    }
  };
}

/** @param encoding latin1 where the text is but bytes */
export function textOf(
  concerned: Concern,
  change: (text: string, request: Arrival) => string,
  encoding: BufferEncoding = "utf8",
): AnswerSpoiler {
  return (answer, request) => {
    if (concerned(request, answer)) {
      answer.body = Buffer.from(change(answer.body.toString(encoding), request), encoding);
    }
  };
}

export const isMultipartAnswer: Concern = (_, { headers }) =>
  headers["content-type"]?.startsWith("multipart/") === true;

const isJson: Concern = (_, { headers, body }) =>
  headers["content-type"]?.includes("json") === true && body.length > 0;

export function jsonOf<Content>(
  concerned: Concern,
  change: (content: Content, request: Arrival) => unknown,
): AnswerSpoiler {
  return textOf(all(concerned, isJson), (text, request) => JSON.stringify(change(JSON.parse(text), request)));
}

/** A dataset with other attributes; undefined leaves one out. */
export function withAttributes(
  dataset: Dataset,
  change: (attribute: Attribute) => Attribute | undefined,
): Dataset {
  const changed = Object.entries(dataset).map(([tag, attribute]) => [tag, change(attribute)] as const);
  return Object.fromEntries(changed.filter((entry): entry is [string, Attribute] => entry[1] !== undefined));
}

/** Metadata shows the values of some VRs differently, below no sequence. */
export function shownValues(
  vrs: readonly string[],
  change: (value: unknown, vr: string) => unknown,
): Partial<Behaviour> {
  return shownLists(vrs, (values, vr) => values.map((value) => change(value, vr)));
}

/** The same, with all values of an attribute at once. */
export function shownLists(
  vrs: readonly string[],
  change: (values: readonly unknown[], vr: string) => unknown[],
): Partial<Behaviour> {
  return outcomeOf("shownMetadata", (dataset) =>
    withAttributes(dataset, ({ vr, Value }) =>
      vrs.includes(vr) && Value ? { vr, Value: change(Value, vr) } : { vr, Value },
    ),
  );
}

/** A sequence of a dataset with other items; absent and empty ones stay as they are. */
export function withItems(dataset: Dataset, sequence: string, change: (item: Dataset) => Dataset): Dataset {
  const items = itemsOf(dataset, sequence).map(change);
  return items.length === 0 ? dataset : { ...dataset, [tagOf(sequence)]: { vr: "SQ", Value: items } };
}

export function itemsOf(dataset: Dataset, sequence: string): Dataset[] {
  return (dataset[tagOf(sequence)]?.Value ?? []) as Dataset[];
}

/** Bytes of a stored file, replaced by as many others. */
export function bytesOf(pattern: RegExp, replacement: string): (path: string) => Promise<void> {
  return async (path) => {
    const text = await readFile(path, "latin1");
    if (pattern.test(text)) {
      await writeFile(path, text.replace(pattern, replacement), "latin1");
    }
  };
}

type RequestSpoiler = NonNullable<Defect["arrival"]>;

export function requestTo(
  concerned: Route,
  changes: ReturnType<RequestSpoiler> | RequestSpoiler,
): RequestSpoiler {
  const change = typeof changes === "function" ? changes : () => changes;
  return (request) => (concerned(request) ? change(request) : {});
}

export function pathTo(concerned: Route, change: (path: string) => string): RequestSpoiler {
  return requestTo(concerned, ({ path }) => ({ path: change(path) }));
}

export function headerTo(concerned: Route, name: string, value: string | ((value: string) => string)) {
  const change = typeof value === "function" ? value : () => value;
  return requestTo(concerned, ({ headers }) => ({
    headers: { ...headers, [name]: change(headers[name] ?? "") },
  }));
}

type Parameter = [name: string, value: string];

/** The query of a request with other parameters; undefined leaves one out. */
export function queryTo(
  concerned: Route,
  change: (parameter: Parameter, index: number, given: readonly Parameter[]) => Parameter | undefined,
): RequestSpoiler {
  return pathTo(concerned, (path) => {
    const [resource = "", query] = path.split("?");
    const kept = [...new URLSearchParams(query)].map(change).filter((parameter) => parameter !== undefined);
    return query === undefined ? path : `${resource}?${new URLSearchParams(kept)}`;
  });
}

/** The query of a request without some of its parameters. */
export function queryWithout(
  concerned: Route,
  isIgnored: (name: string, value: string, index: number, given: readonly Parameter[]) => boolean,
): RequestSpoiler {
  return queryTo(concerned, ([name, value], index, given) =>
    isIgnored(name, value, index, given) ? undefined : [name, value],
  );
}

/**
 * A search for a study by its UID finds it, although nothing is stored in it.
 * @param others what else such a search may ask for
 */
export function emptyStudy(uid: string, others = /^/): AnswerSpoiler {
  const search = `/studies?StudyInstanceUID=${uid}`;
  const isAsked = ({ path }: Arrival) =>
    path.startsWith(search) &&
    /^(?=&|$)/.test(path.slice(search.length)) &&
    others.test(path.slice(search.length + 1));
  return answerOf(all(isAsked, answered(204)), {
    status: 200,
    type: "application/dicom+json",
    body: JSON.stringify([{ [tagOf("StudyInstanceUID")]: { vr: "UI", Value: [uid] } }]),
  });
}

/** Studies that are noted are found from then on, although nothing is stored in them; what is stored in is there by right. */
export function emptyStudies(noting: (note: (study: string) => void) => Partial<Behaviour>): () => Defect {
  return () => {
    const studies = new Set<string>();
    const forget = outcomeOf("keptMetadata", (kept) => {
      studies.delete(String(kept[tagOf("StudyInstanceUID")]?.Value));
      return kept;
    });
    return {
      behaviour: { ...noting((study) => studies.add(study)), ...forget },
      answer: (answer, request) => {
        studies.forEach((study) => void emptyStudy(study)(answer, request));
      },
    };
  };
}
