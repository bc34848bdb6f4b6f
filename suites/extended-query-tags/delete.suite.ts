import {
  getQueryTag,
  givenAbsent,
  givenReady,
  givenSearchable,
  listQueryTagErrors,
  listQueryTags,
  patchQueryTag,
  readQueryTags,
  tagResource,
} from "../../fixtures/client/query-tags.ts";
import { expect, extendedQueryTagGuide, must } from "../words.ts";
import { searchFor } from "./search-for.ts";

must(
  "TAGS-029",
  {
    title: "deleting a tag removes it and ends the search by it, but leaves the instances",
    request: "Delete-extended-query-tag",
    clause: extendedQueryTagGuide("Delete Extended Query Tag"),
  },
  async ({ service, instances }) => {
    const values = { "00081040": "RADIOLOGY", "00181000": "SERIAL" };
    const instance = instances.minimal({
      InstitutionalDepartmentName: "RADIOLOGY",
      DeviceSerialNumber: "SERIAL",
    });
    await service.given.stored(instance);
    for (const [path, spelling] of [
      ["00081040", "00081040"],
      ["00181000", "DeviceSerialNumber"],
    ] as const) {
      await givenSearchable(service, { path, vr: "LO", level: "Instance" });
      const search = { [path]: values[path], SOPInstanceUID: instance.sopInstanceUid };
      const found = await searchFor(service, "/instances", search);
      expect(found).toFind("instance", [instance.sopInstanceUid]);

      const deleted = await service.delete(tagResource(spelling));
      expect(deleted).toAnswer({ status: 204, isEmpty: true });
      for (const response of [
        await getQueryTag(service, path),
        await listQueryTagErrors(service, path),
        await patchQueryTag(service, path, { queryStatus: "Enabled" }),
        await service.delete(tagResource(path)),
      ]) {
        expect(response).toAnswer({ status: 404 });
      }
      const listed = readQueryTags(await listQueryTags(service, "?limit=200"));
      expect(
        listed.map((tag) => tag.path),
        "tags in the list",
      ).not.toContain(path);
      expect(await service.search("/instances", search)).toAnswer({ status: 400 });
    }
    const metadata = await service.metadata(instance);
    expect(metadata).toShow("instance", instance.sopInstanceUid, {
      InstitutionalDepartmentName: ["RADIOLOGY"],
      DeviceSerialNumber: ["SERIAL"],
    });
  },
);

must(
  "TAGS-030",
  {
    title: "deleting a tag that was not added is 404",
    request: "Delete-extended-query-tag",
    clause: extendedQueryTagGuide("Delete Extended Query Tag"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await service.given.stored(instance);
    const [seriesDescription, patientId] = ["0008103E", "00100020"];
    await givenAbsent(service, seriesDescription, patientId);
    expect(await service.delete(tagResource(seriesDescription))).toAnswer({ status: 404 });
    expect(await service.delete(tagResource(patientId))).toAnswer({ status: 404 });
    expect(await service.delete(tagResource("BABC"))).toAnswer({ status: 400 });

    const byPatient = { PatientID: String(instance.attributes.PatientID) };
    const found = await searchFor(service, "/studies", byPatient);
    expect(found).toFind("study", [instance.studyInstanceUid]);
    await givenReady(service, { path: "00080022", vr: "DA", level: "Instance" });
    expect(await service.delete(tagResource("00080022"))).toAnswer({ status: 204 });
  },
);
