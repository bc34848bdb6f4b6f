import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Exchange, keepSentBody, recordSentBody } from "../../fixtures/wire/exchange.ts";
import { guardSecret } from "../../fixtures/wire/secrets.ts";
import { saveSentBodies } from "./sent-bodies.ts";
import { judgeWire } from "./wire.ts";

/** A request with a body, as the transport records it. */
function sent(body: string): Exchange {
  const bytes = Buffer.from(body);
  const request = { method: "POST", url: "http://127.0.0.1/token", headers: [], isAuthorized: false };
  const record = { startedAt: 0, duration: 0, breaches: [], notes: [] };
  return keepSentBody({ ...record, request: { ...request, body: recordSentBody(bytes) } }, bytes);
}

test("what was sent is saved, but for a body with a secret", async () => {
  guardSecret("correct-horse-battery");
  const folder = await mkdtemp(join(tmpdir(), "sent-bodies-"));
  const exchanges = [sent("an instance"), sent("client_secret=correct-horse-battery")];
  const anyResult = judgeWire([], { api: "v2", profile: "azure" });
  saveSentBodies({ ...anyResult, exchanges, decisive: 1 }, folder);
  const saved = await readdir(folder);
  await rm(folder, { recursive: true });
  expect(saved).toEqual(["WIRE-001-v2-1.body"]);
  expect(exchanges.map(({ request }) => request.body?.file !== undefined)).toEqual([true, false]);
});
