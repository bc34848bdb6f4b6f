import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { iodErrors, missingDciodvfy } from "../../fixtures/instances/dciodvfy.testing.ts";
import { honestBehaviour } from "../../fixtures/reference-server/behaviour.ts";
import { loadRequirements } from "../engine/load.ts";
import { deliberateFlaws } from "./deliberate-flaws.ts";
import { judgeUnder } from "./peculiar-server.testing.ts";

const ids = (await loadRequirements()).filter(({ profile }) => profile === "dicomweb").map(({ id }) => id);

/** The DICOM files that one requirement of the profile dicomweb sends. */
async function filesOf(id: string): Promise<readonly Buffer[]> {
  const files: Buffer[] = [];
  const readIfDicom = async (path: string) => {
    const file = await honestBehaviour.readIfDicom(path);
    if (file !== undefined) {
      files.push(await readFile(path));
    }
    return file;
  };
  await judgeUnder({ behaviour: { readIfDicom } }, [id], "dicomweb");
  return files;
}

/** Files that differ in the identity of instance and patient only say the same of an IOD. */
function withoutIdentity(file: Buffer): string {
  return file.toString("latin1").replace(/2\.25\.\d+|CONF-fair-[\da-f]{8}/g, "");
}

test("what checks of the profile dicomweb store is complete by its IOD, but for deliberate flaws", async ({
  skip,
}) => {
  skip(missingDciodvfy !== undefined, missingDciodvfy);
  const sent = await Promise.all(ids.map(async (id) => (await filesOf(id)).map((file) => ({ id, file }))));
  const distinct = new Map(sent.flat().map(({ file }) => [withoutIdentity(file), file]));
  const errors = await iodErrors([...distinct.values()]);
  const errorsOf = new Map([...distinct.keys()].map((shape, index) => [shape, errors[index] ?? []]));

  const found = sent
    .flat()
    .flatMap(({ id, file }) => (errorsOf.get(withoutIdentity(file)) ?? []).map((error) => ({ id, error })));
  const flaws = Object.entries(deliberateFlaws).flatMap(([id, each]) =>
    each.map(({ flaw }) => ({ id, flaw })),
  );
  const unknown = found.filter(
    ({ id, error }) => !flaws.some((known) => known.id === id && known.flaw.test(error)),
  );
  expect(unknown).toEqual([]);
  const absent = flaws.filter(
    ({ id, flaw }) => !found.some((each) => each.id === id && flaw.test(each.error)),
  );
  expect(absent).toEqual([]);
}, 120_000);
