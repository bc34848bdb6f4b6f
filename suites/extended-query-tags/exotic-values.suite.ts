import { givenAdded, givenSwitchedOn } from "../../fixtures/client/query-tags/add-query-tags.ts";
import {
  getQueryTag,
  listQueryTagErrors,
  operationEnded,
  operationStatusOf,
  queryTag,
  queryTagOf,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { membersOf, objectsOf, wordOf } from "../../fixtures/wire/members.ts";
import {
  allExoticValues,
  checkRows,
  expect,
  extendedQueryTagGuide,
  given,
  holds,
  must,
  oneOf,
  without,
} from "../words.ts";

must(
  "TAGS-052",
  {
    title: "one instance that is hard to read does not stop a re-index",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Tag Status"), extendedQueryTagGuide("Extended Query Tag Error")],
  },
  async ({ service, instances }) => {
    const ordinary = {
      "the one stored before": instances.minimal({ PatientInstitutionResidence: "FIRST" }),
      "the one stored after": instances.minimal({ PatientInstitutionResidence: "SECOND" }),
    };
    const hard = instances.minimal(allExoticValues);
    const [before, after] = Object.values(ordinary);
    await service.given.stored(...[before ?? []].flat());
    given(await service.store([hard]), "STORE-001").toConfirm([hard]);
    await service.given.stored(...[after ?? []].flat());
    const rank = queryTag("PatientInstitutionResidence", "Instance");
    const { id } = await givenAdded(service, rank);

    const operation = await operationEnded(service, id);

    expect(operation).toHold("status", operationStatusOf(operation), oneOf("completed", "succeeded"));
    const tag = await getQueryTag(service, rank.path);
    expect(tag).toHold("status of the tag", queryTagOf(tag)?.status, "ready");
    const errors = await listQueryTagErrors(service, rank.path);
    const named = objectsOf(errors.json).map((error) => wordOf(membersOf(error), "sopinstanceuid"));
    const uids = Object.values(ordinary).map(({ sopInstanceUid }) => sopInstanceUid);
    expect(errors).toHold("instances with an error", named, without(...uids));
    await givenSwitchedOn(service, rank.path);
    await checkRows(ordinary, async ({ sopInstanceUid, attributes: { PatientInstitutionResidence } }) => {
      const query = {
        PatientInstitutionResidence: String(PatientInstitutionResidence),
        SOPInstanceUID: sopInstanceUid,
      };
      const found = await service.searchUntil("/instances", query, (answer) =>
        holds(answer).toFind("instance", [sopInstanceUid]),
      );
      expect(found).toFind("instance", [sopInstanceUid]);
    });
  },
);
