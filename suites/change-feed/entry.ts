import { readChanges } from "../../fixtures/client/change-feed.ts";
import { membersOf, wordOf } from "../../fixtures/client/members.ts";
import type { ServiceResponse } from "../../fixtures/client/service-response.ts";
import { type Discrepancy, excerpt } from "../../fixtures/matchers/violation.ts";

interface Member {
  readonly what: string;
  readonly isRight: (value: unknown) => boolean;
}

const text: Member = { what: "a string", isRight: (value) => typeof value === "string" && value !== "" };

/** Members of an entry, in lower case: documents write them Sequence, the code sequence. */
const members: Readonly<Record<string, Member>> = {
  sequence: { what: "an integer from 1", isRight: (value) => Number.isInteger(value) && Number(value) >= 1 },
  studyinstanceuid: text,
  seriesinstanceuid: text,
  sopinstanceuid: text,
  action: oneOf("create", "delete", "update"),
  timestamp: text,
  state: oneOf("current", "replaced", "deleted"),
};

/** Members that an entry need not have. */
const optional = ["metadata", "partitionname", "filepath"];

/** An entry of the feed, as it came, against the documented object model. */
export function entryDiscrepancies(entry: unknown): Discrepancy[] {
  if (!isObject(entry)) {
    return [
      { expected: "an entry that is a JSON object", received: excerpt(JSON.stringify(entry) ?? "no JSON") },
    ];
  }
  const names = Object.keys(entry);
  const values = membersOf(entry);
  const found = Object.entries(members)
    .filter(([name, { isRight }]) => !isRight(values.get(name)))
    .map(([name, { what }]) => ({
      expected: `the member ${name}, ${what}`,
      received: JSON.stringify(values.get(name)) ?? "no such member",
    }));
  if (wordOf(values, "state") === "current" && !isObject(values.get("metadata"))) {
    found.push({
      expected: "metadata, a JSON object",
      received: excerpt(JSON.stringify(values.get("metadata")) ?? "none"),
    });
  }
  if (new Set(names.map((name) => /^[A-Z]/.test(name))).size > 1) {
    found.push({ expected: "member names that all begin in the same case", received: names.join(", ") });
  }
  return found;
}

/** Names of members that no document mentions. */
export function unknownMembers(entry: unknown): string[] {
  const names = isObject(entry) ? Object.keys(entry) : [];
  return names.filter((name) => ![...Object.keys(members), ...optional].includes(name.toLowerCase()));
}

/** SOP Instance UIDs of the entries of an answer, in their order. */
export function uidsOf(response: ServiceResponse): string[] {
  return readChanges(response).map(({ sopInstanceUid }) => sopInstanceUid);
}

function oneOf(...words: readonly string[]): Member {
  return {
    what: `one of ${words.join(", ")}`,
    isRight: (value) => typeof value === "string" && words.includes(value.toLowerCase()),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
