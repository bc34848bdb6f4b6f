import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  importImage,
  removeImages,
  whyNoContainers,
} from "../../fixtures/targets/containers/images.testing.ts";
import { runCommand } from "../command.testing.ts";

const orthanc = "/usr/sbin/Orthanc";
const plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
const image = "localhost/conformance-test-orthanc";
const reason =
  (await whyNoContainers()) ??
  (existsSync(orthanc) && existsSync(plugin) ? undefined : "Debian's orthanc-dicomweb is not installed");
if (reason !== undefined && process.env.CONTAINER_TESTS === "required") {
  throw new Error(`CONTAINER_TESTS=required, but ${reason}`);
}

/** The image's own configuration: that of Debian's package knows nothing of the variables of other images. */
const configuration = {
  StorageDirectory: "/tmp/db",
  IndexDirectory: "/tmp/db",
  Plugins: [plugin],
  HttpPort: 8042,
  RemoteAccessAllowed: true,
  AuthenticationEnabled: false,
  DicomServerEnabled: false,
  DefaultEncoding: "Utf8",
  OverwriteInstances: false,
  DicomWeb: { Enable: true, Root: "/dicom-web/" },
};

describe.skipIf(reason !== undefined)(
  `Orthanc in a container${reason ? ` (skipped: ${reason})` : ""}`,
  { timeout: 300_000 },
  () => {
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "dicomweb-conformance-orthanc-"));
      const overlay = join(folder, "image");
      await mkdir(join(overlay, "tmp"), { recursive: true });
      await writeFile(join(overlay, "orthanc.json"), JSON.stringify(configuration));
      const dictionaries = (
        await promisify(execFile)("sh", ["-c", "echo /usr/share/libdcmtk*"])
      ).stdout.trim();
      await importImage(image, {
        programs: [orthanc, plugin],
        files: ["/etc/localtime", ...dictionaries.split(" ")].filter((path) => existsSync(path)),
        overlay,
        command: [orthanc, "/orthanc.json"],
      });
    }, 300_000);

    afterAll(async () => {
      await removeImages([image]);
      await rm(folder, { recursive: true, force: true });
    });

    test("is judged by what DICOMweb asks of any server, though it deletes nothing", async () => {
      const reportDir = join(folder, "report");
      const { stdout, stderr } = await runCommand(
        [
          "--container",
          "orthanc",
          "--image",
          `orthanc=${image}`,
          "--suite",
          "delete",
          "--requirement",
          "STORE-001,RETRIEVE-001",
        ],
        { DICOM_REPORT_DIR: reportDir },
      );
      expect(stderr).toContain("Waiting until orthanc is healthy.");
      expect(stdout, stderr).toContain(`Orthanc in containers (${image}), profile dicomweb`);
      expect(stdout).not.toMatch(/left behind|are left in the service/i);
      const { verdicts } = JSON.parse(await readFile(join(reportDir, "verdicts.json"), "utf8")) as {
        verdicts: { id: string; verdict: string }[];
      };
      expect(verdicts).toContainEqual(expect.objectContaining({ id: "STORE-001", verdict: "conforms" }));
    });
  },
);
