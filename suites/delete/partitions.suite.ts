import { anotherPartition } from "../another-partition.ts";
import {
  checkRows,
  dataPartitionGuide,
  expect,
  instancePath,
  must,
  seriesPath,
  studyPath,
} from "../words.ts";
import { deleted, expectLeft } from "./deletion.ts";

must(
  "DELETE-024",
  {
    title: "a delete takes nothing from another data partition",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: dataPartitionGuide("STOW, WADO, QIDO, and Delete"),
  },
  async ({ service, instances }) => {
    const other = anotherPartition(service);
    await checkRows({ instance: instancePath, series: seriesPath, study: studyPath }, async (pathOf) => {
      const instance = instances.minimal();
      const twin = instances.with(instance, { PatientName: "Conformance^Twin" });
      await service.given.held(instance);
      await other.given.held(twin);

      expect(await service.delete(pathOf(instance))).toAnswer(deleted);

      await expectLeft(service, [instance], []);
      await expectLeft(other, [twin], [twin]);
    });
  },
);
