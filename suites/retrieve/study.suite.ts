import { readPart10 } from "../../fixtures/wire/part10.ts";
import {
  accept,
  expect,
  must,
  ps3_18,
  rfc,
  type ServiceResponse,
  seriesPath,
  statement,
  studyPath,
} from "../words.ts";
import { compressed } from "./compressed.ts";
import { studyOfTwoSeries } from "./study-of-two-series.ts";

must(
  "RETRIEVE-001",
  {
    title: "a study yields every instance of that study and nothing else",
    request: "Retrieve-all-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.1.1.1"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const { all, sibling, stranger } = studyOfTwoSeries(instances);
    await service.given.stored(...all, stranger);

    const response = await service.retrieve(studyPath(sibling));
    expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
    expect(response).toDeliver(all);
    expect(await service.retrieve(studyPath(stranger))).toDeliver([stranger]);
  },
);

/** What the type parameter says is not a matter of framing; RFC 2387 3.1 rules it by itself. */
const notFraming = ["missing-type", "type-mismatch", "unquoted-value"];

function framingBreaches({ multipart }: ServiceResponse) {
  return multipart.breaches.filter(({ kind }) => !notFraming.includes(kind));
}

must(
  "RETRIEVE-007",
  {
    title: "a multipart body has correct delimiters, part headers and a closing delimiter",
    request: "Retrieve-all-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("8.6.1.2.1"), rfc(2046, "5.1.1")],
  },
  async ({ service, instances }) => {
    const series = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const several = [
      instances.minimal(series),
      instances.minimal(series),
      instances.minimal(series),
    ] as const;
    const stranger = instances.minimal();
    await service.given.stored(...several, stranger);

    const [three, one] = await Promise.all([
      service.retrieve(studyPath(several[0])),
      service.retrieve(studyPath(stranger)),
    ]);
    for (const [response, expected] of [
      [three, several],
      [one, [stranger]],
    ] as const) {
      expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
      expect(response).toBeWithoutBreach(framingBreaches(response));
      expect(response).toDeliver(expected);
      const { boundary = "", parts } = response.multipart;
      const torn = parts.filter(({ body }) => body.includes(`--${boundary}`));
      expect(torn.length, "parts with the boundary in their payload").toBe(0);
    }
  },
);

must(
  "RETRIEVE-022",
  {
    title: "a study or series cannot be had as one bare application/dicom file",
    request: "Retrieve-all-instances-within-a-study",
    profile: "dicomweb",
    clause: [ps3_18("10.4.4"), ps3_18("8.7.8.1"), statement("Retrieve instances within Study or Series")],
  },
  async ({ service, instances }) => {
    const { firstSeries, sibling, stranger } = studyOfTwoSeries(instances);
    const [several] = firstSeries;
    await service.given.stored(...firstSeries, sibling, stranger);
    const onlyOne = {
      status: 200,
      profile: "dicomweb",
      because: "PS3.18 does not forbid to send the only instance of a resource by itself",
    } as const;
    for (const [path, tolerate] of [
      [studyPath(several), []],
      [seriesPath(several), []],
      [studyPath(stranger), [onlyOne]],
      [seriesPath(stranger), [onlyOne]],
    ] as const) {
      expect(await service.get(path, accept.instance)).toAnswer({ status: 406, tolerate });
      expect(await service.retrieve(path)).toAnswer({
        status: 200,
        mediaType: "multipart/related",
      });
    }
  },
);

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const jpeg2000Lossless = "1.2.840.10008.1.2.4.90";
const mpeg2 = "1.2.840.10008.1.2.4.100";

/** What follows the media type in the Accept header, and the transfer syntax that it asks for. */
const otherThanStored = [
  [`; transfer-syntax=${explicitLittleEndian}`, explicitLittleEndian],
  [`; transfer-syntax=${jpeg2000Lossless}`, jpeg2000Lossless],
  ["", explicitLittleEndian],
] as const;

must(
  "RETRIEVE-026",
  {
    title: "several instances can be had as they were stored only, or all in the syntax asked for",
    request: "Retrieve-all-instances-within-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const native = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const alike = [instances.image({}, native), instances.image({}, native)] as const;
    const mixed = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const different = [instances.image({}, mixed), compressed(instances, mpeg2, mixed)] as const;
    await service.given.stored(...alike, ...different);

    for (const both of [alike, different]) {
      for (const path of [studyPath(both[0]), seriesPath(both[0])]) {
        for (const [parameter, transferSyntax] of otherThanStored) {
          const response = await service.get(path, `multipart/related; type="application/dicom"${parameter}`);
          expect(response).toAnswer({
            status: 406,
            tolerate: [{ status: 200, because: "the documents promise transcoding without this limit" }],
          });
          if (response.status === 200) {
            const isAnyFair = both === different;
            expect(response).toHaveNo(mislabelled(response, isAnyFair ? undefined : transferSyntax));
          }
        }
        expect(await service.retrieve(path)).toDeliver(both);
      }
    }
  },
);

/** Two parts, each in the transfer syntax of its label, and that is this one where it is given. */
function mislabelled({ multipart }: ServiceResponse, transferSyntax: string | undefined) {
  const syntaxes = multipart.parts.map(({ mediaType, body }) => ({
    label: mediaType.parameters.get("transfer-syntax"),
    actual: readPart10(body).transferSyntaxUid,
  }));
  const wrong = syntaxes.filter(
    ({ label, actual }) => actual !== (transferSyntax ?? label) || label !== actual,
  );
  return syntaxes.length === 2 && wrong.length === 0
    ? []
    : [
        {
          expected: `two parts in ${transferSyntax ?? "the transfer syntax of their label"}`,
          received: JSON.stringify(syntaxes),
        },
      ];
}
