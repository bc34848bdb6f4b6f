import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authority, startAuthority } from "../../fixtures/authority/authority.ts";
import { type Access, anonymousAccess } from "../../fixtures/client/credentials/access.ts";
import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { type ReferenceServer, startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { criterionOf, gradeAt, verdictsOf } from "./student.testing.ts";
import { tryWriting } from "./try-write.ts";

let authority: Authority;
let server: ReferenceServer;

beforeAll(async () => {
  authority = await startAuthority();
  const { issuer, resource: audience, keys } = authority;
  server = await startReferenceServer({ tokenIssuer: { issuer, audience, keys } });
});

afterAll(async () => {
  await server.close();
  await authority.close();
});

/** What the student's Postman environment says. */
function accessOf(client: "owner" | "reader" | "stranger", changes: { clientSecret?: string } = {}): Access {
  const { clientId, clientSecret } = authority.clients[client];
  const { tenantId, resource, url, ca } = authority;
  const credential = { kind: "client-secret", tenantId, clientId, clientSecret, resource } as const;
  return {
    ...anonymousAccess,
    credential: { ...credential, authority: url, ...changes },
    tls: { ca, isInsecure: false },
  };
}

describe("the client of a student's Postman environment", () => {
  test("gets a token, and reads", async () => {
    const grade = await gradeAt(`${server.url}/v2`, {}, accessOf("owner"));
    const { verdict, facts } = criterionOf(grade, "service");
    expect(verdict).toBe("met");
    expect(facts).toContainEqual({ name: "token", value: "issued and accepted" });
  });

  test("lacks its role: the next step names it", async () => {
    const grade = await gradeAt(`${server.url}/v2`, {}, accessOf("stranger"));
    expect(criterionOf(grade, "service")).toMatchObject({
      verdict: "not met",
      finding: expect.stringContaining("(status 403)"),
      next: expect.stringMatching(/role DICOM Data Owner/),
    });
    expect(verdictsOf(grade)).toMatchObject({ "blue-circle": "not seen" });
  });

  test("has another secret than it says: the student mends it", async () => {
    const grade = await gradeAt(
      `${server.url}/v2`,
      {},
      accessOf("owner", { clientSecret: "not-the-secret" }),
    );
    expect(criterionOf(grade, "service")).toMatchObject({
      verdict: "not met",
      finding: expect.stringMatching(/^No token: .*secret/),
      next: expect.stringMatching(/AuthorizeGetToken/),
    });
    expect(JSON.stringify(grade)).not.toContain("not-the-secret");
  });

  test("may read and not write, which --try-write shows", async () => {
    const access = accessOf("reader");
    const folder = await mkdtemp(join(tmpdir(), "signed-in-"));
    const transport = new Transport({ timeout: 10_000, ...attachedTo(access), origins: [server.url] });
    const journal = new Journal(join(folder, "journal.txt"), "a1b2c3");
    const tryWrite = (endpoint: Parameters<typeof tryWriting>[0]) =>
      tryWriting(endpoint, transport, "a1b2c3", journal);
    const grade = await gradeAt(`${server.url}/v2`, { tryWrite }, access);
    await transport.close();
    await rm(folder, { recursive: true });
    expect(criterionOf(grade, "service")).toMatchObject({
      verdict: "not met",
      finding: "answers a search, but a store is forbidden",
      next: expect.stringMatching(/role DICOM Data Owner, not only DICOM Data Reader/),
    });
  });
});
