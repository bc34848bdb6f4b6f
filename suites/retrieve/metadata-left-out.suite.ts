import { implicitVrLittleEndian } from "../../fixtures/instances/part10.ts";
import { attribute, values } from "../../fixtures/wire/dicom-json.ts";
import { checkRows, element, expect, must, ps3_18, type ServiceResponse, statement } from "../words.ts";
import { givenStoredImplicit } from "./implicit-vr.ts";
import { pathsOf } from "./paths.ts";

const retrieveMetadata = statement("Retrieve Metadata (for Study, Series, or Instance)");

/** A private block; and an element of a group that no private creator can reserve (PS3.5 7.8). */
const privateAttributes = {
  "00090010": "DICOMWEB CONFORMANCE",
  "00091001": element("LO", "in private"),
  "00091002": element("DS", ["1.5", "-2"]),
  "00070008": element("LO", "in no block"),
};
const ofUnknownVr = ["00091001", "00091002", "00070008"];

must(
  "RETRIEVE-059",
  {
    title: "private attributes are shown where their VR is known, and left out where it is not",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: [retrieveMetadata, ps3_18("F.2.2")],
  },
  async ({ service, instances }) => {
    const explicit = instances.minimal(privateAttributes);
    const implicit = instances.minimal({ ...privateAttributes, TransferSyntaxUID: implicitVrLittleEndian });
    const forms = {
      "explicit VR": async () => {
        await service.given.stored(explicit);
        await checkRows(pathsOf(explicit), async (path) => {
          expect(await service.metadata(path)).toDescribe([explicit]);
        });
        expect(await service.retrieve(explicit)).toDeliver([explicit]);
      },
      "implicit VR": async () => {
        await givenStoredImplicit(service, implicit);
        await checkRows(pathsOf(implicit), async (path) => {
          const response = await service.metadata(path);
          expect(response).toAnswer({ status: 200 });
          expect(response).toHold("private attributes of unknown VR", shownOf(response, ofUnknownVr), []);
          expect(response).toHold("PatientName", shownOf(response, ["PatientName"]), ["PatientName"]);
        });
        expect(await service.retrieve(implicit)).toDeliver([implicit]);
      },
    };
    await checkRows(forms, (judge) => judge());
  },
);

/** Those of the attributes that the first dataset has. */
function shownOf({ dicomJson }: ServiceResponse, names: readonly string[]): readonly string[] {
  return names.filter((name) => attribute(dicomJson.datasets[0], name) !== undefined);
}

must(
  "RETRIEVE-061",
  {
    title: "a value that is padded with a NUL is kept and shown with it",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    api: ["v2"],
    clause: retrieveMetadata,
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ Modality: Buffer.from("X\0") });
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const response = await service.metadata(path);
      expect(response).toShow("instance", instance.sopInstanceUid, { Modality: ["X\0"] });
    });
    expect(await service.retrieve(instance)).toDeliver([instance]);
  },
);

must(
  "RETRIEVE-062",
  {
    title: "an attribute that was found invalid is missing in the metadata, and in the file as it was sent",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    api: ["v2"],
    clause: [statement("Store Changes From V1"), statement("Store Response Payload")],
  },
  async ({ service, instances }) => {
    const instance = instances.minimal({ StudyDate: "NotAValidStudyDate", PatientBirthDate: "20220315" });
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const response = await service.metadata(path);
      expect(response).toAnswer({ status: 200 });
      expect(response).toHold("whether StudyDate is there", shownOf(response, ["StudyDate"]), []);
      const birthDate = values(response.dicomJson.datasets[0], "PatientBirthDate");
      expect(response).toHold("PatientBirthDate", birthDate, ["20220315"]);
    });
    expect(await service.retrieve(instance)).toDeliver([instance]);
  },
);
