import { expect, instancePath, must, rfc, seriesPath, statement, studyPath } from "../words.ts";
import { expectLeft, givenHeld } from "./holdings.ts";

const deleted = { status: 204, isEmpty: true } as const;

must(
  "DELETE-007",
  {
    title: "a second delete of the same instance, series or study answers 404",
    request: "Delete-a-specific-study",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    for (const pathOf of [instancePath, seriesPath, studyPath]) {
      const instance = instances.minimal();
      await service.given.stored(instance);
      expect(await service.delete(pathOf(instance))).toAnswer(deleted);
      expect(await service.delete(pathOf(instance))).toAnswer({ status: 404 });
    }
  },
);

must(
  "DELETE-008",
  {
    title: "deleting what was never there answers 404 and removes nothing",
    request: "Delete-a-specific-study",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    const sibling = instances.with(known, { SOPInstanceUID: instances.uid() });
    await givenHeld(service, known, sibling);
    const unknown = instances.minimal();
    const unknownSeries = { ...unknown, studyInstanceUid: known.studyInstanceUid };
    const unknownInstance = { ...known, sopInstanceUid: unknown.sopInstanceUid };

    for (const path of [
      studyPath(unknown),
      seriesPath(unknown),
      instancePath(unknown),
      seriesPath(unknownSeries),
      instancePath(unknownSeries),
      instancePath(unknownInstance),
    ]) {
      expect(await service.delete(path)).toAnswer({ status: 404 });
    }
    await expectLeft(service, [known, sibling], [known, sibling]);
    expect(await service.delete(instancePath(known))).toAnswer(deleted);
  },
);

must(
  "DELETE-009",
  {
    title: "a series or instance below a study or series that it is not of answers 404 and stays",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: [statement("Delete"), statement("Response Status Codes")],
  },
  async ({ service, instances }) => {
    const [one, other] = [instances.minimal(), instances.minimal()];
    await givenHeld(service, one, other);
    const { studyInstanceUid, seriesInstanceUid } = other;

    for (const path of [
      seriesPath({ ...one, studyInstanceUid }),
      instancePath({ ...one, seriesInstanceUid }),
      instancePath({ ...one, studyInstanceUid }),
      instancePath({ ...one, studyInstanceUid, seriesInstanceUid }),
    ]) {
      expect(await service.delete(path)).toAnswer({ status: 404 });
    }
    await expectLeft(service, [one, other], [one, other]);
    expect(await service.delete(instancePath(one))).toAnswer(deleted);
  },
);

/** Made from a UID of one's own: a service that overlooks the fault must not delete the study of anybody else. */
function malformedFrom(uid: string): string[] {
  return ["notAUid", `${uid}.a`, `${uid}.`, `${uid}.`.padEnd(65, "1")];
}

must(
  "DELETE-010",
  {
    title: "a malformed UID at any place of the path is refused with 400, before anything is looked up",
    request: "Delete-a-specific-instance-within-a-study -and-series",
    clause: statement("Response Status Codes"),
  },
  async ({ service, instances }) => {
    const known = instances.minimal();
    await givenHeld(service, known);
    const unknown = instances.minimal();

    for (const uid of malformedFrom(unknown.studyInstanceUid)) {
      for (const path of [
        studyPath({ studyInstanceUid: uid }),
        seriesPath({ ...known, studyInstanceUid: uid }),
        seriesPath({ ...known, seriesInstanceUid: uid }),
        seriesPath({ ...unknown, seriesInstanceUid: uid }),
        instancePath({ ...known, sopInstanceUid: uid }),
        instancePath({ ...unknown, sopInstanceUid: uid }),
      ]) {
        expect(await service.delete(path)).toAnswer({ status: 400 });
      }
    }
    expect(await service.delete(studyPath(unknown))).toAnswer({ status: 404 });
    await expectLeft(service, [known], [known]);
    expect(await service.delete(instancePath(known))).toAnswer(deleted);
  },
);

must(
  "DELETE-012",
  {
    title: "Accept, Content-Type and body of a delete are ignored",
    request: "Delete-a-specific-study",
    clause: [statement("Delete"), rfc(9110, "9.3.5")],
  },
  async ({ service, instances }) => {
    for (const [headers, body] of [
      [{}],
      [{ Accept: "image/png" }],
      [{ Accept: "application/dicom+json" }],
      [{ "Content-Type": "application/json" }, Buffer.from('{"x":1}')],
      [{ "Content-Type": "nonsense/x" }, Buffer.from([0, 255, 0, 255])],
    ] as const) {
      const instance = instances.minimal();
      await service.given.stored(instance);
      const response = await service.send("DELETE", studyPath(instance), headers, body);
      expect(response).toAnswer({
        ...deleted,
        tolerate: body && [
          {
            status: [400, 405, 411, 413, 501],
            because: "RFC 9110 9.3.5 lets a gateway reject a delete that has a body",
          },
        ],
      });
      if (response.status === 204) {
        expect(await service.retrieve(instance)).toAnswer({ status: 404 });
      }
    }
  },
);
