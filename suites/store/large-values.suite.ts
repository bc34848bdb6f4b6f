import {
  type Attributes,
  checkRows,
  element,
  expect,
  type Instance,
  type Instances,
  must,
  named,
  ps3_18,
  type Service,
  statement,
} from "../words.ts";
import { expectWholeFile, storeFiles } from "./large-files.ts";

/** Entries of a look-up table, none of them like its neighbours. */
function table(entries: number): Attributes {
  const values = Array.from({ length: entries }, (_, index) => (index * 10_007) % 32_768);
  return { LUTData: element("US", values) };
}

/** A service that reads and writes a file at the same time mixes it up in some stores only; one of them is enough. */
const times = 20;
/** Pixels; with that many a body is above 1 MiB. */
const edge = 1_048;

const texts: Readonly<Record<string, Attributes>> = {
  "a text of 4000 bytes": { AdditionalPatientHistory: "long".repeat(1_000) },
  "a text of 100 kB in an item": {
    RequestAttributesSequence: [{ TextValue: "very long ".repeat(10_000).trimEnd() }],
  },
};

must(
  "STORE-078",
  {
    title: "a large file with large values comes back as it was sent, and shows its values",
    request: "Store-instances-using-multipart/related",
    profile: "dicomweb",
    clause: [ps3_18("10.5.2"), ps3_18("10.4.4"), statement("Store (STOW-RS)")],
  },
  async ({ service, instances, isLarge }) => {
    const image = instances.image({ rows: edge, columns: edge, frames: 1 }, table(600));
    const forms = formsOf(service);
    for (let time = 0; time < times; time++) {
      const store = forms[time % forms.length] ?? forms[0];
      await expectKept(service, instances.with(image, freshIdentity(instances)), store);
    }
    await checkRows(texts, async (attributes) => {
      for (const store of forms) {
        await expectKept(service, instances.minimal(attributes), store);
      }
    });
    if (isLarge && service.isAzure) {
      await checkRows(
        named([600, 400], (entries) => `a table of ${entries} entries`),
        async (entries) => {
          await expectHugeKept(service, instances, entries);
        },
      );
    }
  },
);

type Store = (instance: Instance) => ReturnType<Service["store"]>;

/** Multipart; and as one file where that is a form of store. */
function formsOf(service: Service): readonly [Store, ...Store[]] {
  const inParts: Store = (instance) => service.store([instance]);
  return service.isAzure ? [inParts, (instance) => service.storeSinglePart(instance)] : [inParts];
}

function freshIdentity(instances: Instances): Attributes {
  return {
    StudyInstanceUID: instances.uid(),
    SeriesInstanceUID: instances.uid(),
    SOPInstanceUID: instances.uid(),
    PatientID: instances.patientId(),
  };
}

async function expectKept(service: Service, instance: Instance, store: Store): Promise<void> {
  expect(await store(instance)).toStore([instance]);
  expect(await service.retrieve(instance)).toDeliver([instance]);
  expect(await service.metadata(instance)).toDescribe([instance]);
}

/** More than 256 MiB, from where on Microsoft's service stores a file in pieces. */
const hugeEdge = 16_392;

async function expectHugeKept(service: Service, instances: Instances, entries: number): Promise<void> {
  const file = instances.large(hugeEdge, table(entries));
  expect(await storeFiles(service, [file])).toStore([file]);
  await expectWholeFile(service, file);
}
