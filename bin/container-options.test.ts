import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "./command.testing.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-container-options-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const reference = ["--container", "reference-server"];

test.concurrent.each<[string, readonly string[], RegExp]>([
  [
    "a container and a URL",
    ["--container", "--url", "http://127.0.0.1:9/v2"],
    /--container starts .* leave one of them out/,
  ],
  [
    "a compose file and a URL",
    ["--compose", "x", "--url", "http://127.0.0.1:9/v2"],
    /--compose starts .* leave one/,
  ],
  [
    "an unknown kind",
    ["--container", "dcm4chee"],
    /Allowed choices are dicom-server, orthanc, reference-server/,
  ],
  ["an image for nothing", ["--image", "sql=x"], /--image goes with --container or --compose/],
  ["partitions for nothing", ["--partitions"], /--partitions goes with --container or --compose/],
  ["a kept nothing", ["--keep-container"], /--keep-container goes with --container or --compose/],
  ["an image without container", [...reference, "--image", "x"], /the name of a container and an image/],
  ["a service without file", ["--compose-service", "x"], /--compose-service goes with --compose/],
  [
    "a file that is not there",
    ["--compose", "nowhere.yaml"],
    /There is no compose file .*nowhere\.yaml that can be read/,
  ],
  [
    "images beside a compose file",
    ["--compose", "package.json", "--image", "sql=x"],
    /a compose file says its own/,
  ],
  ["no image of dicom-server", ["--container"], /^No image is named for sql, dicom-server, functions\./],
  [
    "a version of what has none",
    ["--container", "orthanc", "--api-version", "v2"],
    /Orthanc has no versions; leave it out/,
  ],
  [
    "a variable without name",
    [...reference, "--container-env", "SA_PASSWORD=secret"],
    /^--container-env is the name of/,
  ],
  [
    "a variable that is not set",
    [...reference, "--container-env", "reference-server:CONFORMANCE_NOWHERE"],
    /no variable CONFORMANCE_NOWHERE is set/,
  ],
  ["no engine", reference, /^No container engine answers at unix:\/\/\/nowhere\.sock, as DOCKER_HOST says/],
])("%s ends with a sentence and exit code 2", async (name, args, sentence) => {
  const reportDir = join(folder, name.replaceAll(" ", "-"));
  const { exitCode, stdout, stderr } = await runCommand(args, {
    DICOM_REPORT_DIR: reportDir,
    DOCKER_HOST: "unix:///nowhere.sock",
  });
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n").length, stderr).toBe(1);
  expect(stderr).not.toContain("secret");
  expect(stdout).toBe("");
  expect(exitCode).toBe(2);
});
