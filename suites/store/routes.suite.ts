import { confirmedItem } from "../../fixtures/matchers/store.ts";
import { attribute } from "../../fixtures/wire/dicom-json.ts";
import {
  accept,
  came,
  checkRows,
  containing,
  dicom,
  element,
  expect,
  type Instance,
  may,
  must,
  rfc,
  type Service,
  type ServiceResponse,
  seriesPath,
  should,
  something,
  statement,
  studyPath,
  versioningGuide,
} from "../words.ts";

const headers = { "Content-Type": "application/dicom", Accept: accept.dicomJson };

const unknownVersions = {
  "below no version": { version: "", tolerate: [] },
  "below version 77": {
    version: "/v77",
    tolerate: [{ status: 400, because: "a request of an unknown version is a bad request as well" }],
  },
};

should(
  "STORE-006",
  {
    title: "instances are stored below a known version only, and the answer names the supported versions",
    request: "Store-single-instance",
    clause: [
      versioningGuide("Specifying version of REST API in Requests"),
      versioningGuide("Headers in responses"),
    ],
  },
  async ({ service, instances }) => {
    await checkRows(unknownVersions, async ({ version, tolerate }) => {
      const instance = instances.minimal();
      expect(await storeBelow(service, version, instance)).toAnswer({ status: 404, tolerate });
      expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    });

    const twin = instances.minimal();
    const stored = await service.storeSinglePart(twin);
    expect(stored).toStore([twin]);
    const retrieved = await service.retrieve(twin);
    if (versionsIn(stored).length === 0 && versionsIn(retrieved).length === 0) {
      stored.note("no api-supported-versions header: the service gives none, or a gateway took it away");
    } else {
      expect(stored).toHold("api-supported-versions", versionsIn(stored), containing("1", "2"));
    }

    const early = instances.minimal();
    const prerelease = await storeBelow(service, "/v1.0-prerelease", early);
    expect(prerelease).toAnswer({
      status: 200,
      tolerate: [{ status: [400, 404, 410], because: "a prerelease may be gone" }],
    });
    if (came(prerelease, 200)) {
      expect(prerelease).toConfirm([early]);
      const findings = attribute(confirmedItem(prerelease, early), "FailedAttributesSequence");
      expect(prerelease).toHold("FailedAttributesSequence, which came with v2", findings, undefined);
    }
  },
);

const unserved: Readonly<Record<string, { method: string; pathOf: (instance: Instance) => string }>> = {
  "POST to the series of a study": { method: "POST", pathOf: (study) => `${studyPath(study)}/series` },
  "POST to the instances of a series": {
    method: "POST",
    pathOf: (series) => `${seriesPath(series)}/instances`,
  },
  "PATCH /studies": { method: "PATCH", pathOf: () => "/studies" },
  "PUT /studies": { method: "PUT", pathOf: () => "/studies" },
};

should(
  "STORE-007",
  {
    title: "other methods and deeper paths than those of the store store nothing",
    request: "Store-single-instance",
    clause: [statement("Store (STOW-RS)"), rfc(9110, "15.5.6")],
  },
  async ({ service, instances }) => {
    await checkRows(unserved, async ({ method, pathOf }) => {
      const instance = instances.minimal();
      service.remember(instance);

      const response = await service.send(method, pathOf(instance), headers, instance.bytes);

      expect(response).toAnswer({
        status: 405,
        tolerate: [
          { status: 404, because: "a service need not know what it does not serve" },
          ...(method === "PUT" ? [{ status: 200, because: "the managed service replaces by PUT" }] : []),
        ],
      });
      if (came(response, 405)) {
        expect(response).toHold("the Allow header of a 405", response.header("Allow"), something);
      }
      if (came(response, 200)) {
        expect(response).toConfirm([instance]);
        expect(await service.retrieve(instance)).toDeliver([instance]);
      } else {
        expect(await service.retrieve(instance)).toAnswer({ status: 404 });
      }
    });

    const twin = instances.minimal();
    const stored = await service.storeSinglePart(twin);
    expect(stored).toStore([twin]);
  },
);

const spacesArePadding = [
  { status: [202, 400, 409], because: "PS3.5 9.1 pads a UID with a null, and with nothing else" },
] as const;

const paddings = {
  "a null behind the UID in the file": { path: "", file: "\0", tolerate: [] },
  "a space behind the UID in the file": { path: "", file: " ", tolerate: spacesArePadding },
  "a space behind the UID in the path": { path: "%20", file: "\0", tolerate: spacesArePadding },
  "two spaces behind the UID in the path": { path: "%20%20", file: "\0", tolerate: spacesArePadding },
};

should(
  "STORE-015",
  {
    title: "padding behind the study UID, in the path or in the file, makes no mismatch",
    request: "Store-instances-for-a-specific-study",
    clause: [statement("Store Changes From V1"), dicom("PS3.5", "9.1")],
  },
  async ({ service, instances }) => {
    await checkRows(paddings, async ({ path, file, tolerate }) => {
      const uid = ofOddLength(instances.uid());
      const instance = instances.minimal({ StudyInstanceUID: element("UI", Buffer.from(`${uid}${file}`)) });

      const response = await service.store([instance], { study: `${uid}${path}` });

      expect(response).toAnswer({ status: 200, tolerate });
      if (came(response, 200)) {
        expect(response).toConfirm([instance]);
        // Nothing says whether a blank behind a stored UID belongs to it: the path has what was sent.
        const stored = file === " " ? { ...instance, studyInstanceUid: `${uid}%20` } : instance;
        expect(await service.retrieve(stored)).toDeliver([instance]);
      } else {
        expect(await service.retrieve(instance)).toAnswer({ status: 404 });
      }
    });

    const instance = instances.minimal({ StudyInstanceUID: ofOddLength(instances.uid()) });
    const neighbour = instance.studyInstanceUid.replace(/.$/, (digit) => (digit === "1" ? "2" : "1"));
    expect(await service.store([instance], { study: neighbour })).toAnswer({ status: 409 });
    expect(await service.retrieve(instance)).toAnswer({ status: 404 });
  },
);

const malformed = {
  "65 letters": "b".repeat(65),
  "65 digits": "1".repeat(65),
  "letters among the digits": "1.2.abc",
  "a hyphen": "1.2.3-4",
  "a dot at the end": "1.2.3.",
  "a word": "not_a_uid",
};

must(
  "STORE-016",
  {
    title: "a malformed study UID in the path is refused with 400 and nothing is stored",
    request: "Store-instances-for-a-specific-study",
    clause: [statement("Store Response Status Codes"), statement("Store Required Attributes")],
  },
  async ({ service, instances }) => {
    await checkRows(malformed, async (study) => {
      const instance = instances.minimal();

      const response = await service.store([instance], { study });

      const readsAsOther = { status: 409, because: "the documents allow letters and hyphens in a UID" };
      expect(response).toAnswer({ status: 400, tolerate: study.length > 64 ? [] : [readsAsOther] });
      expect(response).toConfirm([]);
      expect(await service.retrieve(instance)).toAnswer({ status: 404 });
    });

    const longest = instances.minimal({ StudyInstanceUID: instances.uid().padEnd(64, "1") });
    const stored = await service.store([longest], { study: longest.studyInstanceUid });
    expect(stored).toStore([longest]);
  },
);

may(
  "STORE-077",
  {
    title: "expiry headers of a store have the study deleted once their time has passed",
    request: "Store-instances-for-a-specific-study",
    api: ["v2"],
    clause: {
      text: "Azure Health Data Services, conformance statement v2 > Store DICOM file with Expiry",
      url: "https://learn.microsoft.com/azure/healthcare-apis/dicom/dicom-services-conformance-statement-v2",
    },
    skipped: "needs the managed service, which may take hours to delete what has expired",
  },
  async () => {},
);

/** Posts one file to the studies below a version segment, or below none. */
function storeBelow(service: Service, version: string, instance: Instance) {
  service.remember(instance);
  return service.sendToVersion("POST", version, "/studies", headers, instance.bytes);
}

/** Without the minor version, which is 0; [] where the header is missing. */
function versionsIn(response: ServiceResponse): string[] {
  const versions = response.header("api-supported-versions")?.split(/ *, */) ?? [];
  return versions.map((version) => version.replace(/\.0$/, ""));
}

/** Only a UID of odd length is padded. */
function ofOddLength(uid: string): string {
  return uid.length % 2 === 1 ? uid : uid.slice(0, -1);
}
