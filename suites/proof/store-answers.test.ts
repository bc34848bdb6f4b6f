import { describe, expect, test } from "vitest";
import { all, faultNamed, judgeUnder } from "./peculiar-server.testing.ts";
import { answered, answerOf, all as both, isStore } from "./spoil.ts";

/** Stores as it should, and says so in a sentence. */
const plainText = {
  answer: answerOf(both(isStore, answered(200)), { type: "text/plain", body: "1 file stored." }),
};

describe("a server whose answer to a store says nothing in DICOM JSON", () => {
  const ids = ["RETRIEVE-001", "RETRIEVE-036", "RETRIEVE-048", "SEARCH-001", "SEARCH-009"];

  test.each(["dicomweb", "azure"] as const)(
    "is judged by what it stored, in the profile %s",
    async (profile) => {
      const { verdicts, notes } = await judgeUnder(plainText, ids, profile);
      expect(verdicts).toEqual(all(ids, "conforms"));
      expect(notes).toContain(
        "the answer to the store confirms nothing in DICOM JSON; what was stored was read back",
      );
    },
  );

  test("is accused of its answer, once", async () => {
    const { results } = await judgeUnder(plainText, ["STORE-001", "STORE-005"], "dicomweb");
    const of = (id: string) => results.find((result) => result.id === id);
    expect(of("STORE-001")).toMatchObject({ verdict: "inconclusive", coveredBy: "STORE-005" });
    expect(of("STORE-005")).toMatchObject({ verdict: "violates" });
  });

  test("is not taken at its word where it stored nothing", async () => {
    const nothing = answerOf(isStore, { status: 200, type: "text/plain", body: "1 file stored." });
    const forgetful = { answer: nothing, behaviour: { countedParts: () => [] } };
    const { results } = await judgeUnder(forgetful, ["RETRIEVE-001"], "dicomweb");
    expect(results[0]).toMatchObject({ verdict: "inconclusive", coveredBy: "STORE-001" });
  });
});

test("who confirms six of eight valid instances violates a requirement, and what needs the others names it", async () => {
  const server = faultNamed("confirms no more than six instances of a request");
  const { results } = await judgeUnder(server, ["STORE-001", "STORE-004", "RETRIEVE-036"], "dicomweb");
  const of = (id: string) => results.find((result) => result.id === id);
  expect(of("STORE-001")).toMatchObject({ verdict: "conforms" });
  expect(of("STORE-004")).toMatchObject({ verdict: "violates" });
  expect(of("RETRIEVE-036")).toMatchObject({ verdict: "inconclusive", coveredBy: "STORE-004" });
});
