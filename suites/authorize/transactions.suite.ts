import { queryTag, tagResource } from "../../fixtures/client/query-tags/query-tags.ts";
import {
  accept,
  authenticationGuide,
  authorizationGuide,
  changeFeedGuide,
  checkRows,
  expect,
  instancePath,
  must,
  rolesGuide,
  should,
  statement,
  studyPath,
} from "../words.ts";
import { feedReadings, givenNoTag, retrievals, tagChanges, tagReadings } from "./requests.ts";
import { expectChallenge, expectForbidden, expectUnknown, givenSecured, serviceForAny } from "./secured.ts";

const garbage = { Authorization: "Bearer abc" };
const roles = rolesGuide("Roles in Microsoft Imaging Server for DICOM");

must(
  "STORE-075",
  {
    title: "storing needs a caller that is known and may write, and is refused before anything is stored",
    request: "Store-single-instance",
    suite: "authorize",
    clause: [
      statement("Store Response Status Codes"),
      authenticationGuide("Authentication Settings Overview"),
    ],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    const nobody = await givenSecured(scenario);
    const rows = { "without a token": {}, "with garbage for a token": garbage };
    const instance = instances.minimal();

    await checkRows(rows, async (headers) => {
      expectChallenge(await nobody.store([instance], headers));
    });
    const last = await service.retrieve(studyPath(instance));
    expect(last).toAnswer({ status: 404 });
    const reader = serviceForAny(scenario, "reader", last);
    if (reader !== undefined) {
      expectForbidden(await reader.store([instance]), "reader");
      expect(await service.retrieve(studyPath(instance))).toAnswer({ status: 404 });
    }
    await service.given.stored(instance);
  },
);

must(
  "RETRIEVE-095",
  {
    title: "retrieving needs a caller that is known and may read, and does not tell strangers what is there",
    request: "Retrieve-study",
    suite: "authorize",
    clause: statement("Retrieve Response Status Codes"),
  },
  async (scenario) => {
    const { service, instances } = scenario;
    const nobody = await givenSecured(scenario);
    const [image, unknown] = [instances.image({ frames: 1 }), instances.image({ frames: 1 })];
    await service.given.held(image);
    const { studyInstanceUid: uid } = image;

    const held = Object.entries(retrievals(image));
    const absent = retrievals(unknown);
    await checkRows(Object.fromEntries(held), async (request, name) => {
      expectUnknown(await request(nobody), uid);
      expectUnknown(await (absent[name] ?? request)(nobody));
    });
    const withGarbage = await nobody.get(instancePath(image), accept.instance, garbage);
    expectUnknown(withGarbage, uid);
    const stranger = serviceForAny(scenario, "stranger", withGarbage);
    await checkRows(stranger === undefined ? {} : retrievals(image), async (request) => {
      expectForbidden(await request(stranger ?? nobody), "stranger", uid);
    });
  },
);

must(
  "DELETE-025",
  {
    title: "deleting needs a caller that is known and may delete, and is refused before anything is deleted",
    request: "Delete-a-specific-study",
    suite: "authorize",
    clause: [statement("Response Status Codes"), statement("Response Status Codes", "v1")],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    const nobody = await givenSecured(scenario);
    const instance = instances.minimal();
    await service.given.held(instance);
    const studies = { "a stored study": studyPath(instance), "no study": `/studies/${instances.uid()}` };

    await checkRows(studies, async (study) => {
      expectUnknown(await nobody.delete(study));
    });
    const last = await service.retrieve(studyPath(instance));
    expect(last).toDeliver([instance]);
    const reader = serviceForAny(scenario, "reader", last);
    if (reader !== undefined) {
      await checkRows(studies, async (study) => {
        expectForbidden(await reader.delete(study), "reader");
      });
      expect(await service.retrieve(studyPath(instance))).toDeliver([instance]);
    }
  },
);

must(
  "CHANGEFEED-044",
  {
    title: "the change feed is open to who may read, and closed to everybody else",
    request: "changefeed",
    suite: "authorize",
    clause: [changeFeedGuide("API Design"), authorizationGuide("Authorization Settings Overview")],
  },
  async (scenario) => {
    const nobody = await givenSecured(scenario);

    await checkRows(feedReadings, async (request) => {
      const response = await request(nobody);
      expectUnknown(response);
      const reader = serviceForAny(scenario, "reader", response);
      if (reader !== undefined) {
        const tolerate = [{ status: 204, because: "the change feed is empty" }];
        expect(await request(reader)).toAnswer({ status: 200, tolerate });
      }
      const stranger = serviceForAny(scenario, "stranger", response);
      if (stranger !== undefined) {
        expectForbidden(await request(stranger), "stranger");
      }
    });
  },
);

should(
  "OPERATION-012",
  {
    title: "extended query tags and operations are read by who may read, and changed by who may do more",
    request: "Get-operation",
    suite: "authorize",
    clause: [roles, authorizationGuide("Authorization Settings Overview")],
  },
  async (scenario) => {
    const { service } = scenario;
    const nobody = await givenSecured(scenario);
    const keyword = "RegionOfResidence";
    await givenNoTag(service, keyword);

    await checkRows({ ...tagReadings, ...tagChanges(keyword) }, async (request) => {
      expectUnknown(await request(nobody));
    });
    const last = await service.get(tagResource(queryTag(keyword, "Study").path), "application/json");
    expect(last).toAnswer({ status: 404 });
    const reader = serviceForAny(scenario, "reader", last);
    if (reader !== undefined) {
      await checkRows(tagReadings, async (request) => {
        expect(await request(reader)).toAnswer({ status: (await request(service)).status });
      });
      await checkRows(tagChanges(keyword), async (request) => {
        expectForbidden(await request(reader), "reader");
      });
    }
  },
);
