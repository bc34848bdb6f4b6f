import { afterEach, describe, expect, test } from "vitest";
import { type Authority, startAuthority } from "../../fixtures/authority/authority.ts";
import type { Callers } from "../../fixtures/client/callers.ts";
import { anonymous } from "../../fixtures/client/credentials/credential.ts";
import type { Fault } from "../../fixtures/reference-server/fault.ts";
import { judge } from "../engine/judge.ts";
import { loadRequirements } from "../engine/load.ts";
import type { Result } from "../engine/result.ts";
import { type FaultyServer, startFaultyServer } from "../proof/faulty-server.ts";
import { by, outcomeOf } from "../proof/spoil.ts";

const requirements = (await loadRequirements()).filter(({ suite }) => suite === "authorize");
let server: FaultyServer;
let authority: Authority | undefined;

afterEach(async () => {
  await server.close();
  await authority?.close();
});

/** What comes of the suite at a server with this peculiarity, for a run that can be these callers. */
async function judgeAt(
  peculiarity: Omit<Fault, "name">,
  isSecured: boolean,
  callersOf: (callers: Callers | undefined) => Callers | undefined = (callers) => callers,
): Promise<Result[]> {
  authority = isSecured ? await startAuthority() : undefined;
  server = await startFaultyServer({ name: "peculiar", ...peculiarity }, authority);
  const endpoint = { baseUrl: `${server.url}/v2`, api: "v2", profile: "azure" } as const;
  const options = { run: "fair", patience: 300, callers: callersOf(server.callers) };
  return Promise.all(
    requirements.map((requirement) => judge(requirement, endpoint, server.transport, options)),
  );
}

function byVerdict(results: readonly Result[], verdict: Result["verdict"]): string[] {
  return results.filter((result) => result.verdict === verdict).map(({ id }) => id);
}

const all = requirements.map(({ id }) => id);

describe("a fair server", () => {
  test.each<[string, Omit<Fault, "name">]>([
    ["is honest", {}],
    ["knows other schemes as well", { behaviour: outcomeOf("challenge", (own) => `Negotiate, ${own}`) }],
    [
      "looks at the type of a body first",
      {
        answer: (answer, { headers }) => {
          answer.status = headers["content-type"] === "text/plain" ? 415 : answer.status;
        },
      },
    ],
  ])("that %s conforms", async (_, peculiarity) => {
    expect(byVerdict(await judgeAt(peculiarity, true), "conforms")).toEqual(all);
  });
});

test("a server that does not tell a caller without a role from one that is not known is warned, once", async () => {
  const results = await judgeAt(
    {
      answer: (answer, request) => {
        answer.status = by("none")(request) && answer.status === 403 ? 401 : answer.status;
      },
    },
    true,
  );
  expect(byVerdict(results, "warns")).toEqual(["SERVICE-005"]);
  expect(byVerdict(results, "conforms")).toHaveLength(all.length - 1);
});

test("an open service is not judged, for one reason", async () => {
  const results = await judgeAt({}, false);

  expect(byVerdict(results, "skipped")).toEqual(all);
  expect([...new Set(results.map(({ reason }) => reason))]).toEqual([
    "the service is not secured: it answers without a token",
  ]);
});

test("an open service without a change feed is not taken for a secured one", async () => {
  const results = await judgeAt(
    {
      answer: (answer, { path }) => {
        answer.status = path === "/changefeed/latest" ? 404 : answer.status;
      },
    },
    false,
  );
  expect(byVerdict(results, "skipped")).toEqual(all);
});

test("an open service is not judged either where the run has a token that nobody asks for", async () => {
  const results = await judgeAt({ behaviour: { dataAction: () => undefined } }, true);
  expect(byVerdict(results, "skipped")).toEqual(all);
});

test("a run with nothing but a token judges what it can, and says what it left out", async () => {
  const results = await judgeAt({}, true, (callers) => {
    const { owner } = callers as Callers;
    return { source: { kind: "bearer", token: "" }, owner };
  });

  expect(byVerdict(results, "conforms").toSorted()).toEqual([
    "CHANGEFEED-044",
    "DELETE-025",
    "OPERATION-012",
    "RETRIEVE-095",
    "SEARCH-016",
    "SERVICE-001",
    "SERVICE-002",
    "SERVICE-008",
    "SERVICE-009",
    "STORE-075",
  ]);
  expect(byVerdict(results, "skipped")).toHaveLength(all.length - 10);
  const inPart = results.filter(({ notes }) => notes.some((note) => note.startsWith("judged in part")));
  expect(inPart.map(({ id }) => id).toSorted()).toEqual([
    "CHANGEFEED-044",
    "DELETE-025",
    "OPERATION-012",
    "RETRIEVE-095",
    "STORE-075",
  ]);
});

test("a run that may only read does not accuse the service of refusing it more", async () => {
  const results = await judgeAt({}, true, (callers) => {
    const all = callers as Callers;
    return { ...all, owner: all.reader ?? all.owner };
  });
  expect(results.find(({ id }) => id === "SERVICE-008")).toMatchObject({
    verdict: "skipped",
    reason: "the credential of the run may not store: it has not the role DICOM Data Owner",
  });
});

test("a run with a name and a password is not about tokens", async () => {
  const source = { kind: "basic", username: "name", password: "pw-of-fairness" } as const;
  const results = await judgeAt({}, false, () => ({ source, owner: anonymous }));

  expect([...new Set(results.map(({ verdict, reason }) => `${verdict}: ${reason}`))]).toEqual([
    "skipped: the run has a name and a password, and this is about bearer tokens",
  ]);
});
