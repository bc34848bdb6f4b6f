import { expect, test } from "vitest";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { all, faultNamed, judgeUnder } from "./peculiar-server.testing.ts";
import { all as both, isChangeFeed, isMetadata, type Route, says, statusOf } from "./spoil.ts";

test("who cannot read some data violates the requirement about it, and what needs such data names that one", async () => {
  const server = faultNamed(
    "cannot read back what it stored where a value is a UC of two values or an empty number",
  );
  const ids = ["RETRIEVE-048", "RETRIEVE-053", "RETRIEVE-054", "RETRIEVE-096"];
  const { verdicts } = await judgeUnder(server, ids, "dicomweb");
  expect(verdicts).toEqual({ ...all(ids, "conforms"), "RETRIEVE-096": "violates" });
});

test("what needs data that cannot be read is blocked by name, not called busy", async () => {
  const ofPixels = { answer: statusOf(both(isMetadata, says(tagOf("WindowCenter"))), 503) };
  const { results } = await judgeUnder(ofPixels, ["RETRIEVE-048"], "dicomweb");
  expect(results[0]).toMatchObject({ verdict: "inconclusive", coveredBy: "RETRIEVE-096" });
  expect(results[0]?.reason).toMatch(/metadata answers 503 while other data is served/);
});

test("who answers 503 to ordinary data as well is busy, and not accused", async () => {
  const busy = { answer: statusOf(isMetadata, 503) };
  const { results } = await judgeUnder(busy, ["RETRIEVE-096"], "dicomweb");
  expect(results[0]).toMatchObject({ verdict: "inconclusive" });
});

test("an entry of a stranger that cannot be read keeps nobody from judging the entries of a delete", async () => {
  const isWide: Route = ({ path }) => !/includeMetadata=false|endTime=/.test(path);
  const besideStrangers = { answer: statusOf(both(isChangeFeed, isWide), 503) };
  const { results } = await judgeUnder(besideStrangers, ["DELETE-016"], "azure");
  expect(results[0]).toMatchObject({ verdict: "conforms" });
});
