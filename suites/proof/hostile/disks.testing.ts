import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../fixtures/client/ownership/journal.ts";
import { gateway, type Visit } from "./gateway.testing.ts";
import { judging, type Kind, rare, type Scene } from "./kind.ts";

const few = judging("STORE-001", "RETRIEVE-001", "DELETE-001");
const ownStudy = "2.25.123456789012345678901234567890";

/** Makes the folder a disk of its own, of so many KiB. @returns takes it away again */
function smallDisk(folder: string, kibibytes: number): () => void {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "hostile", folder], { stdio: "ignore" });
  return () => execFileSync("umount", ["-l", folder], { stdio: "ignore" });
}

/** Only root may, and in most containers not even root. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "dicomweb-hostile-"));
  try {
    smallDisk(folder, 8)();
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function onSmallDisk(name: string, kibibytes: number, says: RegExp, filler = 0): Kind {
  return {
    name,
    flags: few,
    exitCode: 2,
    says,
    open: async ({ reportDir }) => {
      const remove = smallDisk(reportDir, kibibytes);
      if (filler > 0) {
        writeFileSync(join(reportDir, "filler"), Buffer.alloc(filler * 1024));
      }
      const scene = await gateway(({ pass }) => pass());
      const left = async () => {
        const response = await fetch(`${scene.honestUrl}/v2/studies`);
        return response.status === 204 ? [] : ["something is left in the service"];
      };
      return {
        ...scene,
        objections: left,
        close: async () => {
          await scene.close();
          remove();
        },
      };
    },
  };
}

const isMountable = canMount();
const notWritten = /The report could not be written to .*: .*\. What is printed above stands/;

const onSmallDisks: readonly Kind[] = [
  onSmallDisk("the disk is full before the reports are whole", 1_024, notWritten),
  onSmallDisk("the disk is full from the begin", 8, /The report folder .* cannot be used: ENOSPC/, 8),
  rare(
    onSmallDisk(
      "the disk takes the lock and nothing else",
      8,
      /nothing is stored without the journal|could not be written/,
      4,
    ),
  ),
];

/** Does something at the tenth request. */
function inTheMiddle(act: (visit: Visit) => unknown): Promise<Scene> {
  return gateway((visit) => {
    if (visit.number === 10) {
      void act(visit);
    }
    return visit.pass();
  });
}

/** Full disks, folders that are swept away, two runs at once, journals that name what is not ours. */
export const diskKinds: readonly Kind[] = [
  ...(isMountable ? onSmallDisks : []),
  {
    name: "no file may grow beyond one megabyte",
    flags: few,
    exitCode: 2,
    says: notWritten,
    shell: "trap '' XFSZ; ulimit -f 2048",
    open: () => gateway(({ pass }) => pass()),
    isRare: isMountable,
  },
  {
    name: "the report folder is removed in the middle",
    flags: few,
    exitCode: 0,
    says: /^Conforms: 3 requirement/m,
    open: async ({ reportDir }) => {
      const scene = await inTheMiddle(() => rmSync(reportDir, { recursive: true, force: true }));
      const written = () => (existsSync(join(reportDir, "index.html")) ? [] : ["there is no report"]);
      return { ...scene, objections: written };
    },
  },
  rare({
    name: "another run begins in the same folder",
    flags: few,
    exitCode: 0,
    says: /^Conforms: 3 requirement/m,
    open: async ({ runBeside }) => {
      const objections: string[] = [];
      const scene = await inTheMiddle(async () => {
        const { exitCode, stderr } = await runBeside(few);
        if (exitCode !== 2 || !/Another run \(process \d+\) writes to/.test(stderr)) {
          objections.push(`the other run ended with ${exitCode}: ${stderr.slice(0, 300)}`);
        }
      });
      return { ...scene, objections: () => objections };
    },
  }),
  {
    name: "hides what it holds from searches, and takes nothing twice",
    flags: judging("COLLECTION-001", "STORE-001", "DELETE-001"),
    exitCode: 1,
    says: /Does not conform: \d violation/,
    open: async () => {
      const foreign: string[] = [];
      const scene = await gateway(({ method, path, pass, answer }) => {
        if (method === "DELETE" && !/\/studies\/2\.25\.\d{20,}(\/|$)|\/extendedquerytags\//.test(path)) {
          foreign.push(`deletes ${path}`);
        }
        if (method === "GET" && path.includes("?")) {
          return answer(204);
        }
        return method === "POST" && path.includes("/studies")
          ? answer(409, { "Content-Type": "application/dicom+json" }, "{}")
          : pass();
      });
      return { ...scene, objections: () => foreign };
    },
  },
  {
    name: "finds a journal that names what no run has made",
    flags: ["--clean-up"],
    exitCode: 2,
    says: /Refused: line \d+/,
    saysAlso: [/refused line\(s\)/],
    open: async ({ reportDir }) => {
      const foreign: string[] = [];
      const scene = await gateway(({ method, path, answer }) => {
        if (method !== "DELETE" || !path.endsWith(`/v2/studies/${ownStudy}`)) {
          foreign.push(`was sent ${method} ${path}`);
        }
        answer(204);
      });
      const file = join(reportDir, "journal.txt");
      const journal = new Journal(file, "abc123");
      const paths = [
        ownStudy,
        "1.2.840.1",
        "..",
        "../../admin/all",
        "",
        `${ownStudy}/../1.2.3`,
        "%2e%2e",
        "*",
      ];
      for (const path of paths) {
        journal.opened(`${scene.url}/studies/${path}`);
      }
      journal.opened(scene.url);
      journal.opened(`${scene.url}/extendedquerytags`);
      appendFileSync(file, `+ ${scene.url}/studies/2.25.98765432109876543210 00000000\n`);
      appendFileSync(file, `+ ${scene.url}/studies/2.25.11111111111111111111`);
      return { ...scene, objections: () => foreign };
    },
  },
];
