import type { LargeInstance } from "../../fixtures/instances/large-instance.ts";
import type { AnswerExpectation } from "../../fixtures/matchers/answer.ts";
import { checkRows, doesNotApply, expect, must, type Service, should, statement } from "../words.ts";
import { expectWholeFile, storeFiles } from "./large-files.ts";

must(
  "STORE-061",
  {
    title: "a stored file comes back byte for byte, whatever its size",
    request: "Store-single-instance",
    clause: [statement("Store (STOW-RS)"), statement("Retrieve Transfer Syntax")],
  },
  async ({ service, instances }) => {
    const small = {
      "without pixels": instances.report(),
      "an image of an odd size": instances.image({ rows: 33, columns: 31, frames: 1 }),
    };
    await checkRows(small, async (instance) => {
      const stored = await service.storeSinglePart(instance);

      expect(stored).toAnswer({ status: 200 });
      await checkRows(["*", instance.transferSyntaxUid], async (syntax) => {
        const form = `application/dicom; transfer-syntax=${syntax}`;
        expect(await service.retrieve(instance, form)).toDeliver([instance]);
      });
    });
    const study = { StudyInstanceUID: instances.uid() };
    const large = {
      "a large file": [instances.large(7_240)],
      "two large files": [instances.large(4_000, study), instances.large(4_000, study)],
    };
    await checkRows(large, (files) => expectKeptWhole(service, files));
  },
);

should(
  "STORE-069",
  {
    title:
      "1 GiB is stored and comes back byte for byte, as a file and in parts; more than 2147483647 bytes are refused",
    request: "Store-single-instance",
    api: ["v2"],
    clause: statement("Store Required Attributes"),
  },
  async ({ service, instances, isLarge }) => {
    if (!isLarge) {
      throw doesNotApply("sends and receives 2 GiB, and up to 4 GiB to be refused; ask for it with --large");
    }
    await checkRows(tooLarge, async (answer, type) => {
      // A service that is sent more than it takes may close the connection: with an expectation it can answer before.
      const headers = {
        "Content-Type": type,
        "Content-Length": String(zeros.size),
        Expect: "100-continue",
      };
      expect(await service.storeBody([], zeros, headers)).toAnswer(answer);
    });
    const rows = {
      "as a file": [instances.large(32_768)],
      "as two parts": [instances.large(23_168), instances.large(23_168)],
    };
    await checkRows(rows, (files) => expectKeptWhole(service, files));
  },
);

/** No file: where a service takes that much, there is nothing in it to be stored. Sent only until the service answers. */
const zeros = {
  size: 2 ** 31,
  *[Symbol.iterator]() {
    const piece = Buffer.alloc(2 ** 16);
    for (let sent = 0; sent < this.size; sent += piece.length) {
      yield piece;
    }
  },
};

const taken = { status: 409, because: "the managed service takes up to 4 GB, and this is no DICOM file" };

/** By media type: Microsoft's documents list 400 only, its code knows both. */
const tooLarge: Readonly<Record<string, AnswerExpectation>> = {
  "application/dicom": {
    status: 400,
    tolerate: [
      { status: 413, because: "RFC 9110 15.5.14 has this status for content that is too large" },
      taken,
    ],
  },
  'multipart/related; type="application/dicom"; boundary=B': {
    status: 413,
    tolerate: [{ status: 400, because: "Microsoft's documents do not list 413" }],
  },
};

async function expectKeptWhole(service: Service, files: readonly LargeInstance[]): Promise<void> {
  expect(await storeFiles(service, files)).toStore(files);
  for (const file of files) {
    await expectWholeFile(service, file);
  }
}
