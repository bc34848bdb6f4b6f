import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../command.testing.ts";

test.each(["azure", "dicomweb"])(
  "the reference server conforms strictly in the profile %s",
  async (profile) => {
    const folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-honest-"));
    try {
      const args = ["--strict", "--profile", profile];
      const { exitCode, stdout, stderr } = await runCommand(args, { DICOM_REPORT_DIR: folder });
      expect([exitCode, stderr], stdout).toEqual([0, ""]);
      expect(stdout).toMatch(/^Conforms: \d+ requirement\(s\) judged, none violated\./m);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  600_000,
);
