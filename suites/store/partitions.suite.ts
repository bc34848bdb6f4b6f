import { partsOf } from "../../fixtures/client/endpoint.ts";
import { confirmedItem, resultOf } from "../../fixtures/matchers/store.ts";
import { anotherPartition } from "../another-partition.ts";
import {
  checkRows,
  dataPartitionGuide,
  expect,
  instancePath,
  type Service,
  should,
  studyPath,
} from "../words.ts";
import { expectRetrieveUrl } from "./retrieve-url.ts";

should(
  "STORE-076",
  {
    title: "with data partitions the same instance can be stored once in each of them, and its URL names it",
    request: "Store-single-instance",
    clause: [
      dataPartitionGuide("STOW, WADO, QIDO, and Delete"),
      dataPartitionGuide("Managing Partitions"),
      dataPartitionGuide("Partition"),
    ],
  },
  async ({ service, instances }) => {
    const other = anotherPartition(service);
    const instance = instances.minimal();
    const twin = instances.with(instance, { PatientName: "Conformance^Twin" });
    const copies = {
      "in the partition of the run": { partition: service, copy: instance },
      "in another partition": { partition: other, copy: twin },
    };

    await checkRows(copies, async ({ partition, copy }) => {
      const stored = await partition.store([copy]);
      expect(stored).toStore([copy]);
      expectRetrieveUrl(stored, confirmedItem(stored, copy), pathIn(partition, instancePath(copy)));
    });

    const again = await service.store([instance]);
    expect(again).toAnswer({ status: 409 });
    expect(again).toReportFailure(instance, { reason: 45070 });
    await checkRows(copies, async ({ partition, copy }) => {
      expect(await partition.retrieve(copy)).toDeliver([copy]);
    });

    const only = instances.minimal();
    const stored = await other.store([only], { study: only.studyInstanceUid });
    expect(stored).toStore([only]);
    expectRetrieveUrl(stored, resultOf(stored), pathIn(other, studyPath(only)));
    expectRetrieveUrl(stored, confirmedItem(stored, only), pathIn(other, instancePath(only)));
    expect(await other.retrieve(only)).toDeliver([only]);
    expect(await service.retrieve(only)).toAnswer({ status: 404 });
  },
);

/** From the version segment on. */
function pathIn({ endpoint }: Service, path: string): string {
  const { version, partition } = partsOf(endpoint.baseUrl);
  return `${version}${partition}${path}`;
}
