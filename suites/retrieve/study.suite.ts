import { readPart10 } from "../../fixtures/wire/part10.ts";
import {
  accept,
  came,
  checkRows,
  condition,
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
import { defaultInstead, defaultInsteadIsWarned } from "./default-instead.ts";
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

const notFraming = {
  kinds: ["missing-type", "type-mismatch", "unquoted-value"],
  because: "RFC 2387 3.1 rules the type parameter by itself: it is no matter of framing",
};

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
    const single = instances.minimal();
    await service.given.stored(...several, single);

    const studies = {
      "a study of three": { path: studyPath(several[0]), expected: several },
      "a study of one": { path: studyPath(single), expected: [single] },
    };
    await checkRows(studies, async ({ path, expected }) => {
      const response = await service.retrieve(path);
      expect(response).toAnswer({ status: 200, mediaType: "multipart/related" });
      expect(response).toBeWithoutBreach(response.multipart.breaches, notFraming);
      expect(response).toDeliver(expected);
    });
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

    const resources = {
      "a study of several": { path: studyPath(several), all: [...firstSeries, sibling] },
      "a series of several": { path: seriesPath(several), all: firstSeries },
      "a study of one": { path: studyPath(stranger), all: [stranger] },
      "a series of one": { path: seriesPath(stranger), all: [stranger] },
    };
    await checkRows(resources, async ({ path, all }) => {
      const response = await service.retrieve(path, accept.instance);
      expect(response).toAnswer({ status: 406, tolerate: [defaultInstead] });
      if (came(response, 200)) {
        expect(response).toDeliver(all);
      }
      expect(await service.retrieve(path)).toAnswer({ status: 200, mediaType: "multipart/related" });
      expect(response).toBeOffered(defaultInsteadIsWarned);
    });
  },
);

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const jpeg2000Lossless = "1.2.840.10008.1.2.4.90";
const mpeg2 = "1.2.840.10008.1.2.4.100";

const multipart = 'multipart/related; type="application/dicom"';

/** Accept headers, and the transfer syntax that each asks for. */
const otherThanStored = {
  "explicit VR little endian": {
    form: `${multipart}; transfer-syntax=${explicitLittleEndian}`,
    wanted: explicitLittleEndian,
  },
  "JPEG 2000": { form: `${multipart}; transfer-syntax=${jpeg2000Lossless}`, wanted: jpeg2000Lossless },
  "no transfer syntax": { form: multipart, wanted: explicitLittleEndian },
};

must(
  "RETRIEVE-026",
  {
    title: "several instances can be had as they were stored only, or all in the syntax asked for",
    request: "Retrieve-all-instances-within-a-study",
    clause: statement("Retrieve Transfer Syntax"),
  },
  async ({ service, instances }) => {
    const native = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const mixed = { StudyInstanceUID: instances.uid(), SeriesInstanceUID: instances.uid() };
    const alike = [instances.image({}, native), instances.image({}, native)] as const;
    const different = [instances.image({}, mixed), compressed(instances, mpeg2, mixed)] as const;
    await service.given.stored(...alike, ...different);

    const resources = {
      "a study in one syntax": { path: studyPath(alike[0]), both: alike },
      "a series in one syntax": { path: seriesPath(alike[0]), both: alike },
      "a study in two syntaxes": { path: studyPath(different[0]), both: different },
      "a series in two syntaxes": { path: seriesPath(different[0]), both: different },
    };
    await checkRows(resources, async ({ path, both }) => {
      await checkRows(otherThanStored, async ({ form, wanted }) => {
        const response = await service.retrieve(path, form);
        expect(response).toAnswer({
          status: 406,
          tolerate: [{ status: 200, because: "the documents promise transcoding without this limit" }],
        });
        if (came(response, 200)) {
          const fair = both === different ? twoTrueLabels : [wanted, wanted].map(trulyLabelled);
          expect(response).toHold("transfer syntaxes of the parts", syntaxesOf(response), fair);
        }
      });
      expect(await service.retrieve(path)).toDeliver(both);
    });
  },
);

/** Of each part: what its label says, and what its file is in. */
interface Syntaxes {
  readonly label: string | undefined;
  readonly actual: string | undefined;
}

function syntaxesOf({ multipart }: ServiceResponse): Syntaxes[] {
  return multipart.parts.map(({ mediaType, body }) => ({
    label: mediaType.parameters.get("transfer-syntax"),
    actual: readPart10(body).transferSyntaxUid,
  }));
}

function trulyLabelled(transferSyntax: string): Syntaxes {
  return { label: transferSyntax, actual: transferSyntax };
}

const twoTrueLabels = condition("two parts, each in the transfer syntax of its label", (parts) => {
  const syntaxes = parts as readonly Syntaxes[];
  return syntaxes.length === 2 && syntaxes.every(({ label, actual }) => actual && label === actual);
});
