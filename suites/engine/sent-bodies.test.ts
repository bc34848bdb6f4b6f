import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Instances } from "../../fixtures/instances/instances.ts";
import { type Exchange, keepSentBody, recordSentBody } from "../../fixtures/wire/exchange.ts";
import { guardSecret } from "../../fixtures/wire/secrets.ts";
import { drawSentBodies, saveSentBodies } from "./sent-bodies.ts";
import { judgeWire } from "./wire.ts";

/** A request with a body, as the transport records it. */
function sent(body: string | Buffer): Exchange {
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

test("what was sent up to the request that proves a verdict is drawn, and nothing of a verdict that needs no proof", async () => {
  const { bytes } = new Instances("drawn").image();
  const exchanges = [sent(bytes), sent("no instance"), sent(bytes)];
  const anyResult = judgeWire([], { api: "v2", profile: "azure" });
  await drawSentBodies({ ...anyResult, exchanges, decisive: undefined });
  expect(exchanges.map(({ request }) => request.body?.thumbnails)).toEqual([undefined, undefined, undefined]);
  await drawSentBodies({ ...anyResult, exchanges, decisive: 1 });
  expect(exchanges.map(({ request }) => request.body?.thumbnails?.length)).toEqual([1, undefined, undefined]);
});
