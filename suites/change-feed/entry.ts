import { type Change, readChanges } from "../../fixtures/client/change-feed.ts";
import type { Identity } from "../../fixtures/client/resources.ts";
import { type MemberRules, memberDiscrepancies, optional } from "../../fixtures/matchers/members.ts";
import type { Discrepancy } from "../../fixtures/matchers/violation.ts";
import { type Dataset, readDicomJson } from "../../fixtures/wire/dicom-json.ts";
import { membersOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  checkRows,
  condition,
  containing,
  expect,
  integer,
  named,
  oneOf,
  type ServiceResponse,
  text,
} from "../words.ts";

export const oneObject = condition("one JSON object", (value) => membersOf(value).size > 0);

/** The documented object model of an entry. */
const entryRules: MemberRules = {
  sequence: integer(1),
  studyinstanceuid: text,
  seriesinstanceuid: text,
  sopinstanceuid: text,
  action: oneOf("create", "delete", "update"),
  timestamp: text,
  state: oneOf("current", "replaced", "deleted"),
};

/** Members that an entry may have besides, the last two by Microsoft's code only. */
const others = ["metadata", "partitionname", "filepath"];

/**
 * An entry of the feed, as it came, against the documented object model. One that is current has metadata; but another
 * client may delete its instance while the service reads the entry.
 */
export function entryDiscrepancies(entry: unknown, own: Pick<Identity, "sopInstanceUid">): Discrepancy[] {
  const members = membersOf(entry);
  const isOwn = wordOf(members, "sopinstanceuid") === own.sopInstanceUid;
  const isCurrent = wordOf(members, "state") === "current";
  const metadata = isOwn && isCurrent ? oneObject : optional(oneObject);
  const found = memberDiscrepancies(entry, { ...entryRules, metadata });
  const names = Object.keys(Object(entry));
  if (new Set(names.map((name) => /^[A-Z]/.test(name))).size > 1) {
    found.push({ expected: "member names that all begin in the same case", received: names.join(", ") });
  }
  return found;
}

/** Names of members that no document mentions. */
export function unknownMembers(entry: unknown): string[] {
  return [...membersOf(entry).keys()].filter((name) => !(name in entryRules || others.includes(name)));
}

/** SOP Instance UIDs of the entries of an answer, in their order. */
export function instancesIn(response: ServiceResponse): string[] {
  return readChanges(response).map(({ sopInstanceUid }) => sopInstanceUid);
}

/** Sequence numbers of the entries of an answer, in their order. */
export function sequencesIn(response: ServiceResponse): number[] {
  return readChanges(response).map(({ sequence }) => sequence);
}

/** The entry of an instance in an answer. */
export function entryIn(response: ServiceResponse, sopInstanceUid: string): Change | undefined {
  return readChanges(response).find((change) => change.sopInstanceUid === sopInstanceUid);
}

/** Among the entries of an answer is one of this instance. */
export function expectEntry(
  response: ServiceResponse,
  { sopInstanceUid }: Pick<Identity, "sopInstanceUid">,
): void {
  expect(response).toHold("instances with an entry", instancesIn(response), containing(sopInstanceUid));
}

/** The metadata of an entry, read strictly as DICOM JSON. */
export function datasetOf(change: Change | undefined): Dataset | undefined {
  return readDicomJson(Buffer.from(JSON.stringify(change?.metadata ?? null))).datasets[0];
}

/** All that an entry says but its metadata. */
export function bare(change: Change | undefined): Omit<Change, "metadata"> | undefined {
  if (!change) {
    return undefined;
  }
  const { metadata, ...others } = change;
  return others;
}

/** Each of these values of a parameter is refused. */
export async function expectRefused(
  parameter: string,
  refused: readonly string[],
  request: (value: string) => Promise<ServiceResponse>,
): Promise<void> {
  await checkRows(
    named(refused, (value) => `${parameter}=${value}`),
    async (value) => expect(await request(value)).toAnswer({ status: 400 }),
  );
}

/** What may come for a limit without a value. */
export const refusedOrDefault = {
  status: 400,
  tolerate: [{ status: 200, because: "no document says that an empty limit is not the default" }],
};
