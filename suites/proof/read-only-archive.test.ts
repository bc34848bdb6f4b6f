import { expect, test } from "vitest";
import { judgeUnder } from "./peculiar-server.testing.ts";
import { answerOf, not, route } from "./spoil.ts";

const changes = not(route("GET", /./));

const archives = [405, 501].map((status) => ({
  status,
  archive: { answer: answerOf(changes, { status, body: "" }) },
}));

test.concurrent.each(archives)(
  "an archive that answers $status to a store is accused of nothing for it",
  async ({ status, archive }) => {
    const { results } = await judgeUnder(archive, undefined, "dicomweb");
    const ofStore = results.filter(({ suite }) => suite === "store");
    const offers = ofStore.find(({ id }) => id === "STORE-001");
    expect(offers).toMatchObject({
      verdict: "skipped",
      reason: `Store is not offered: every POST to /studies is answered ${status}`,
    });
    const accused = results.filter(({ verdict }) => ["violates", "warns"].includes(verdict));
    expect(accused.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    const blocked = new Set(
      ofStore.filter(({ verdict }) => verdict === "inconclusive").map(({ reason }) => reason),
    );
    expect([...blocked]).toEqual([`could not begin: ${offers?.reason}; STORE-001 covers this`]);
  },
);

test("a service that claims to be Microsoft's is accused of it once", async () => {
  const { results } = await judgeUnder(archives[0]?.archive ?? {}, undefined, "azure");
  const accused = results.filter(({ suite, verdict }) => suite === "store" && verdict === "violates");
  expect(accused.map(({ id }) => id)).toEqual(["STORE-001"]);
});
