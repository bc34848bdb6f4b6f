import { type Attribute, type Dataset, items } from "../../fixtures/wire/dicom-json.ts";
import { formOfVr } from "../../fixtures/wire/dicom-json-rules.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import {
  advise,
  checkRows,
  dicom,
  element,
  expect,
  must,
  ps3_18,
  type ServiceResponse,
  statement,
} from "../words.ts";
import { pathsOf } from "./paths.ts";

const ofEmptyValues = {
  kinds: ["empty-value-array", "empty-sequence-array", "empty-string", "empty-person-name"],
  because: "RETRIEVE-053 and RETRIEVE-055 judge how a value is written that is empty, or has an empty part",
};

must(
  "RETRIEVE-051",
  {
    title: "metadata follows the DICOM JSON model",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.1"), ps3_18("F.2.2"), ps3_18("10.4.1.1.2")],
  },
  async ({ service, instances }) => {
    const instance = instances.image(
      {},
      {
        RequestAttributesSequence: [{ RequestedProcedureID: "RP1", ScheduledProcedureStepID: "SPS1" }],
        // A name that looks like a number, which many JSON libraries move to the front.
        "10010010": "DICOMWEB CONFORMANCE",
        "10011001": element("LO", "last"),
        // Bytes of the two elements before.
        "10010000": element("UL", 40),
      },
    );
    await service.given.stored(instance);

    const response = await service.metadata(instance);
    expect(response).toDescribe([instance]);
    expect(response).toBeWithoutBreach(response.dicomJson.breaches, ofEmptyValues);
    if (!service.isAzure) {
      const { host } = new URL(service.endpoint.baseUrl);
      const elsewhere = bulkDataHosts(response).filter((each) => each !== host);
      advise(response).toHold(`hosts of bulk data, beside ${host} that was called`, elsewhere, []);
    }
  },
);

/** A client may reach no other host than the one that it called: a server behind a proxy often names itself. */
function bulkDataHosts({ dicomJson, wire }: ServiceResponse): string[] {
  const base = wire.exchange.request.url;
  const uris = dicomJson.datasets.flatMap(bulkDataUris).filter((uri) => URL.canParse(uri, base));
  return [...new Set(uris.map((uri) => new URL(uri, base).host))];
}

function bulkDataUris(dataset: Dataset): string[] {
  return Object.entries(dataset).flatMap(([tag, shown]) => [
    ...(typeof shown?.BulkDataURI === "string" ? [shown.BulkDataURI] : []),
    ...items(dataset, tag).flatMap(bulkDataUris),
  ]);
}

must(
  "RETRIEVE-056",
  {
    title: "sequences are nested arrays of datasets in their stored order, with the same rules inside",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    profile: "dicomweb",
    clause: [ps3_18("F.2.2"), dicom("PS3.5", "7.5")],
  },
  async ({ service, instances }) => {
    const view = { CodeValue: "HAND2V", CodingSchemeDesignator: "99CONF", CodeMeaning: "Hand, two views" };
    const person = {
      PersonIdentificationCodeSequence: [{ ...view, CodeValue: "ROB" }],
      InstitutionName: "Nowhere",
    };
    const instance = instances.minimal({
      RequestAttributesSequence: element(
        "SQ",
        [
          {
            RequestedProcedureID: "RP-1",
            RequestingPhysician: "Asker^Ann",
            ReferencedStudySequence: [
              {
                ReferencedSOPClassUID: "1.2.840.10008.3.1.2.3.1",
                ReferencedSOPInstanceUID: instances.uid(),
                PurposeOfReferenceCodeSequence: [{ ...view, EquivalentCodeSequence: [view, person] }],
              },
            ],
          },
          { RequestedProcedureID: "RP-2" },
        ],
        { undefinedLength: true },
      ),
    });
    await service.given.stored(instance);

    expect(await service.metadata(instance)).toDescribe([instance]);
  },
);

/** One element of every bulk VR, in a private block. */
const bulkAttributes = {
  "00290010": "DICOMWEB CONFORMANCE",
  "00291001": element("OB", Buffer.from("odd")),
  "00291002": element("OD", [0.1, 1e300]),
  "00291003": element("OF", [0.5, -0.5]),
  "00291004": element("OL", [4_294_967_295]),
  "00291005": element("OV", ["18446744073709551615"]),
  "00291006": element("OW", [0, 0x0d0a]),
  "00291007": element("UN", Buffer.from([1, 2, 3, 4])),
  "00291008": element("LO", "behind the bulk data"),
};

must(
  "RETRIEVE-057",
  {
    title: "attributes with a bulk value representation are left out of the metadata, and nothing else",
    request: "Retrieve-metadata-of-a-single-instance-within-a-series-of-a-study",
    clause: statement("Retrieve Metadata (for Study, Series, or Instance)"),
  },
  async ({ service, instances }) => {
    const instance = instances.image(
      {},
      {
        ...bulkAttributes,
        RequestAttributesSequence: [
          { "60003000": element("OW", [1, 2]) },
          { ...bulkAttributes, RequestedProcedureID: "RP-2" },
        ],
      },
    );
    await service.given.stored(instance);

    await checkRows(pathsOf(instance), async (path) => {
      const response = await service.metadata(path);
      expect(response).toDescribe([instance]);
      const [dataset = {}] = response.dicomJson.datasets;
      const [bulkOnly, mixed = {}] = items(dataset, "RequestAttributesSequence");
      expect(response).toHold("the item that held bulk data only", bulkOnly, {});
      expect(response).toHold("bulk attributes", [...bulkIn(dataset), ...bulkIn(mixed)], []);
    });
  },
);

function bulkIn(dataset: Dataset): string[] {
  return Object.entries(dataset)
    .filter(([, shown]) => isBulk(shown))
    .map(([tag]) => (/^[0-9A-F]{8}$/i.test(tag) ? nameOf(tag) : tag));
}

function isBulk(shown: Attribute | null): boolean {
  const { vr = "", BulkDataURI, InlineBinary } = shown ?? {};
  return formOfVr.get(vr) === "binary" || BulkDataURI !== undefined || InlineBinary !== undefined;
}
