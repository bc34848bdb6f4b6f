import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { runCommand } from "../command.testing.ts";
import {
  addContainerOptions,
  type ContainerOptions,
  kindOf,
  profileOf,
  wantsContainers,
} from "./container-options.ts";

type Options = ContainerOptions & { readonly url?: string };

function read(...args: readonly string[]): Options {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  return addContainerOptions(command.option("--url <url>")).parse(args, { from: "user" }).opts<Options>();
}

const reference = ["--container", "reference-server"];

test.each<[string, readonly string[], RegExp]>([
  [
    "a container and a URL",
    ["--container", "--url", "http://h/v2"],
    /--container starts .* leave one of them out/,
  ],
  ["a compose file and a URL", ["--compose", "x", "--url", "http://h/v2"], /--compose starts .* leave one/],
  ["an unknown kind", ["--container", "pacs"], /Allowed choices are dicom-server, orthanc, reference-server/],
  ["an image for nothing", ["--image", "sql=x"], /--image goes with --container or --compose/],
  ["partitions for nothing", ["--partitions"], /--partitions goes with --container or --compose/],
  ["a kept nothing", ["--keep-container"], /--keep-container goes with --container or --compose/],
  ["an image without container", [...reference, "--image", "x"], /the name of a container and an image/],
  ["a port that is none", [...reference, "--container-port", "http"], /A port is a number from 1 to 65535/],
  ["a service without file", ["--compose-service", "x"], /--compose-service goes with --compose/],
  [
    "a variable without name",
    [...reference, "--container-env", "SA_PASSWORD=hush"],
    /^(?!.*hush)--container-env is/,
  ],
  [
    "a variable that is not set",
    [...reference, "--container-env", "sql:NOWHERE"],
    /no variable NOWHERE is set/,
  ],
])("%s is told in a sentence", (_, args, sentence) => {
  expect(() => wantsContainers(read(...args))).toThrow(sentence);
});

test("images and variables are read one by one, and from lists", () => {
  const { image, containerEnv } = read(
    ...["--container", "--image", "sql=a:1,functions=b", "--image", "dicom-server=r/c@sha256:0"],
    ...["--container-env", "sql:A=x=y\nsql:B=", "--container-env", "functions:PATH"],
  );
  expect(image).toEqual([
    { container: "sql", value: "a:1" },
    { container: "functions", value: "b" },
    { container: "dicom-server", value: "r/c@sha256:0" },
  ]);
  expect(containerEnv).toEqual([
    { container: "sql", variable: "A", value: "x=y" },
    { container: "sql", variable: "B", value: "" },
    { container: "functions", variable: "PATH", value: process.env.PATH },
  ]);
});

test("each kind has a profile of its own, unless a person chooses one", () => {
  const orthanc = { ...read("--container", "orthanc"), profile: "azure" } as const;
  expect([kindOf(orthanc), profileOf(orthanc, false), profileOf(orthanc, true)]).toEqual([
    "orthanc",
    "dicomweb",
    "azure",
  ]);
  expect(kindOf(read("--container"))).toBe("dicom-server");
});

test("without an engine the command ends with a sentence and exit code 2", { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-no-engine-"));
  const environment = { DICOM_REPORT_DIR: folder, DOCKER_HOST: "unix:///nowhere.sock" };
  const { exitCode, stdout, stderr } = await runCommand(reference, environment);
  await rm(folder, { recursive: true });
  expect(stderr).toMatch(
    /^No container engine answers at unix:\/\/\/nowhere\.sock, as DOCKER_HOST says[^\n]*\n$/,
  );
  expect([exitCode, stdout]).toEqual([2, ""]);
});
