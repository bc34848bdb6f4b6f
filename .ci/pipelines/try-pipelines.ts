import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startReferenceServer } from "../../fixtures/reference-server/server.ts";
import { loadFaults } from "../../suites/proof/fault.ts";
import { pipelineJobs, runPipeline } from "./azure.ts";
import { exampleUse, expanded, useAction } from "./github.ts";

const folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-pipelines-"));
const began = Date.now();
const broken = (await loadFaults()).filter(({ name }) => name === "answers 204 where nothing was deleted");
const [honest, faulty] = await Promise.all([
  startReferenceServer(),
  startReferenceServer({ faults: broken }),
]);
/** Enough to see a verdict; the pipelines are tried here, not the checks. */
const suite = "delete";
const nobody = {
  AZURE_TENANT_ID: "a-tenant",
  AZURE_CLIENT_ID: "a-client",
  AZURE_CLIENT_SECRET: "not-used-here",
};

/** The action as GitHub has it: the files of the repository, and nothing that was installed. */
async function checkOut(): Promise<string> {
  const checkout = join(folder, "action");
  const files = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) {
    await cp(file, join(checkout, file));
  }
  return checkout;
}

async function tryGitHub(): Promise<void> {
  const action = await checkOut();
  const { versions, ...use } = await exampleUse();
  for (const api of versions) {
    const secrets = Object.entries(nobody).map(([name, value]) => [`secrets.${name}`, value]);
    const contexts = { "vars.DICOM_SERVICE": honest.url, "matrix.api": api, ...Object.fromEntries(secrets) };
    const inputs = { ...expanded(use.with, contexts), suite };
    const files = { "known-deviations.json": '{ "known": [] }' };
    const used = await useAction(
      action,
      folder,
      { with: inputs, env: expanded(use.env ?? {}, contexts) },
      files,
    );
    assert.equal(used.exitCode, 0);
    assert.deepEqual(used.annotations, []);
    assert.match(used.summary, new RegExp(`^## Conforms: \\d+ [\\s\\S]*\\| delete ${api} \\| \\d+ \\|`));
  }

  const embedded = await useAction(action, folder, { with: { url: "embedded", suite: "service" } });
  assert.equal(embedded.exitCode, 0);
  assert.match(embedded.summary, /embedded reference server/);

  const violating = await useAction(action, folder, { with: { url: `${faulty.url}/v2`, suite } });
  assert.equal(violating.exitCode, 1);
  assert.match(
    violating.annotations.join("\n"),
    /^::error title=DELETE-007 v2.*%0Aexpected .*status 404%0Areceived 204/m,
  );
  assert.match(violating.summary, /^## Does not conform: [\s\S]*### DELETE-007 v2.*\n\n```\nexpected {2}/);

  const empty = await useAction(action, folder, { with: { url: "" } });
  assert.equal(empty.exitCode, 2);
  assert.match(empty.annotations.join("\n"), /The input url is empty/);

  const nowhere = await useAction(action, folder, { with: { url: "http://127.0.0.1:9/v2" } });
  assert.equal(nowhere.exitCode, 2);
  assert.match(nowhere.annotations.join("\n"), /nothing listens there/);
}

async function tryAzurePipelines(): Promise<void> {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { stdio: "inherit" });
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  const PACKAGE = join(folder, `dicomweb-conformance-${version}.tgz`);
  const [first = "", ...others] = await pipelineJobs();
  assert.notEqual(others.length, 0);
  const given = { ...nobody, PACKAGE, DICOM_SUITE: suite };
  const conforming = await runPipeline(first, folder, { ...given, DICOM_SERVICE: honest.url });
  assert.equal(conforming.exitCode, 0);
  assert.match(await readFile(conforming.testResults, "utf8"), /<testsuites [^>]*tests="\d+"/);
  for (const job of others) {
    const violating = await runPipeline(job, folder, { ...given, DICOM_SERVICE: faulty.url });
    assert.equal(violating.exitCode, 1);
    assert.match(await readFile(violating.testResults, "utf8"), /DELETE-007[\s\S]*<failure/);
  }
}

try {
  await tryGitHub();
  await tryAzurePipelines();
  console.log(`pipelines took ${Math.round((Date.now() - began) / 1000)} s`);
} finally {
  await Promise.all([honest.close(), faulty.close()]);
  await rm(folder, { recursive: true, force: true });
}
