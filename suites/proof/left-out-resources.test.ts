import { expect, test } from "vitest";
import { all, judgeUnder } from "./peculiar-server.testing.ts";
import { answerOf, isRendered, type Route } from "./spoil.ts";

const ids = ["SEARCH-002", "SEARCH-003", "SEARCH-005", "RETRIEVE-072", "RETRIEVE-073"];

const isLeftOut: Route = (request) =>
  isRendered(request) || /^\/(series|instances|studies\/[^/?]+\/instances)(\?|$)/.test(request.path);

const bare = { answer: answerOf(isLeftOut, { status: 404, body: "" }) };

test("a server without resources that PS3.18 has come to ask for is warned", async () => {
  const { verdicts, reasons } = await judgeUnder(bare, ids, "dicomweb");
  expect(verdicts).toEqual(all(ids, "warns"));
  expect(reasons.join("\n")).toMatch(/received 404; PS3\.18 Table 10\.6\.1-1 asks/);
});

test("one that claims to be Microsoft's is accused", async () => {
  const { verdicts } = await judgeUnder(bare, ids, "azure");
  expect(verdicts).toEqual(all(ids, "violates"));
});
