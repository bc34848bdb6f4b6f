import {
  advise,
  authorizationGuide,
  checkRows,
  condition,
  doesNotApply,
  expect,
  must,
  rolesGuide,
  type ServiceResponse,
  statement,
} from "../words.ts";
import {
  changes,
  deletions,
  expectUntouched,
  givenUntouched,
  readings,
  searches,
  storing,
  tagChangesOfNone,
} from "./requests.ts";
import { expectForbidden, givenSecured, serviceFor } from "./secured.ts";

const roles = rolesGuide("Roles in Microsoft Imaging Server for DICOM");
const settings = authorizationGuide("Authorization Settings Overview");

must(
  "SERVICE-005",
  {
    title: "a caller who is known and has no role is refused with 403, and changes nothing",
    request: "(every request)",
    suite: "authorize",
    clause: [roles, settings],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    await givenSecured(scenario);
    const stranger = serviceFor(scenario, "stranger");
    const [stored, fresh] = [instances.image({ frames: 1 }), instances.minimal()];
    const untouched = { stored, fresh, keyword: "CountryOfResidence" };
    await givenUntouched(service, untouched);

    const answers: Record<string, ServiceResponse> = {};
    await checkRows({ ...readings(stored), ...changes(untouched) }, async (request, name) => {
      const response = await request(stranger);
      expectForbidden(response, "stranger", stored.studyInstanceUid);
      answers[name] = response;
    });
    await expectUntouched(service, untouched);
    // 401 is for who is not known; the check of the search tolerates it, as the managed service may answer so.
    await checkRows(answers, async (response) => advise(response).toAnswer({ status: 403 }));
  },
);

must(
  "SERVICE-006",
  {
    title: "a caller with the role of a reader reads and searches everything",
    request: "(every request)",
    suite: "authorize",
    clause: [roles, settings],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    await givenSecured(scenario);
    const reader = serviceFor(scenario, "reader");
    const image = instances.image({ frames: 1 });
    await service.given.held(image);

    await checkRows(readings(image), async (request) => {
      const { status } = await request(service);
      expect(await request(reader)).toAnswer({ status });
    });
  },
);

must(
  "SERVICE-007",
  {
    title: "a caller with the role of a reader stores, deletes and changes nothing, and is refused with 403",
    request: "(every request)",
    suite: "authorize",
    clause: [roles, settings],
  },
  async (scenario) => {
    const { service, instances } = scenario;
    await givenSecured(scenario);
    const reader = serviceFor(scenario, "reader");
    const [stored, fresh] = [instances.minimal(), instances.minimal()];
    const untouched = { stored, fresh, keyword: "ResponsibleOrganization" };
    await givenUntouched(service, untouched);

    await checkRows(changes(untouched), async (request) => {
      expectForbidden(await request(reader), "reader");
    });
    await expectUntouched(service, untouched);
  },
);

must(
  "SERVICE-008",
  {
    title: "a caller with the role of an owner may do everything",
    request: "(every request)",
    suite: "authorize",
    clause: [roles, settings],
  },
  async (scenario) => {
    const { service, instances, callers } = scenario;
    await givenSecured(scenario);
    const owner = service.as(callers.owner);
    const image = instances.image({ frames: 1 });
    const { status } = await owner.store([image]);
    if (status === 401 || status === 403) {
      throw doesNotApply("the credential of the run may not store: it has not the role DICOM Data Owner");
    }

    const admitted = condition("neither 401 nor 403", (answer) => answer !== 401 && answer !== 403);
    const requests = { ...readings(image), ...storing(image), ...tagChangesOfNone, ...deletions(image) };
    await checkRows(requests, async (request) => {
      const response = await request(owner);
      expect(response).toHold("the status", response.status, admitted);
    });
  },
);

must(
  "SEARCH-017",
  {
    title: "a search by a caller who may not read is refused with 403",
    request: "Search-for-studies",
    suite: "authorize",
    clause: [statement("Search Response Codes"), statement("Search Response Codes", "v1")],
  },
  async (scenario) => {
    await givenSecured(scenario);
    const stranger = serviceFor(scenario, "stranger");

    await checkRows(searches, async (request) => {
      expectForbidden(await request(stranger), "stranger");
    });
  },
);
