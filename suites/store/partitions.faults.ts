import { defaultPartition } from "../../fixtures/reference-server/archive/partitions.ts";
import { fault } from "../proof/fault.ts";
import { honest, jsonOf, route, textOf } from "../proof/spoil.ts";

const isPartitionedStore = route("POST", /^\/partitions\/[^/]+\/studies/);
const isPartitionedStudyStore = route("POST", /^\/partitions\/[^/]+\/studies\/./);

const withoutPartition = (text: string) => text.replaceAll(/\/partitions\/[^/"]+/g, "");

fault("keeps all data partitions in one place", {
  noticedBy: ["STORE-076"],
  hasPartitions: true,
  behaviour: {
    readPartition: (_, partitions) => partitions.find(defaultPartition),
    storePartition: (_, partitions) => partitions.open(defaultPartition),
  },
});

fault("refuses an instance that another data partition holds", {
  noticedBy: ["STORE-076", "STORE-019"],
  hasPartitions: true,
  behaviour: {
    isDuplicate: ({ sopInstanceUid }, { history }) =>
      history.changes().some(({ instance }) => instance?.sopInstanceUid === sopInstanceUid),
  },
});

fault("retrieves from another data partition what the one of the path does not hold", {
  noticedBy: ["STORE-076", "RETRIEVE-063", "RETRIEVE-080", "RETRIEVE-088"],
  hasPartitions: true,
  behaviour: {
    retrieved: (path, archive) => {
      const found = honest.retrieved(path, archive);
      const everywhere = archive.history.changes().flatMap(({ instance }) => instance ?? []);
      return found.length > 0
        ? found
        : everywhere.filter(({ sopInstanceUid }) => sopInstanceUid === path.instance);
    },
  },
});

fault("reads from the newest data partition, whichever the path names", {
  noticedBy: ["STORE-076"],
  hasPartitions: true,
  behaviour: { readPartition: (_, partitions) => partitions.list().at(-1)?.archive },
});

fault("leaves the data partition out of the URLs of what was stored", {
  noticedBy: ["STORE-076", "STORE-002", "STORE-009", "RETRIEVE-014"],
  hasPartitions: true,
  answer: textOf(isPartitionedStore, withoutPartition),
});

fault("leaves the data partition out of the URL of the study that was stored to", {
  noticedBy: ["STORE-076", "STORE-002", "STORE-005", "STORE-010", "RETRIEVE-014"],
  hasPartitions: true,
  answer: jsonOf<Record<string, unknown>>(isPartitionedStudyStore, (dataset) => ({
    ...dataset,
    "00081190": JSON.parse(withoutPartition(JSON.stringify(dataset["00081190"] ?? null))),
  })),
});
