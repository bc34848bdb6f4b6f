import { type Change, ChangeFeed, stepOf } from "../../fixtures/client/change-feed.ts";
import {
  came,
  changeFeedGuide,
  checkRows,
  expect,
  type Instance,
  instancePath,
  may,
  type ServiceResponse,
  statement,
  studyPath,
} from "../words.ts";
import { expectLeft } from "./deletion.ts";

const loser = {
  status: [404, 503],
  because: "another request was first: of several one deletes what is there",
};

may(
  "DELETE-027",
  {
    title: "of several deletes at the same time one succeeds, and each instance is deleted once",
    request: "Delete-a-specific-study",
    clause: [statement("Response Status Codes"), changeFeedGuide("Change Feed")],
  },
  async ({ service, instances }) => {
    const paths = {
      "a study, five times": (first: Instance) => Array.from({ length: 5 }, () => studyPath(first)),
      "a study and one of its instances": (first: Instance) => [studyPath(first), instancePath(first)],
    };
    await checkRows(paths, async (pathsOf) => {
      const first = instances.minimal();
      const others = Array.from({ length: 9 }, () =>
        instances.with(first, { SOPInstanceUID: instances.uid() }),
      );
      const all = [first, ...others];
      const feed = await ChangeFeed.fromNow(service);
      await service.given.stored(...all);

      const asked = pathsOf(first);
      const responses = await Promise.all(asked.map((path) => service.delete(path)));

      for (const response of responses) {
        expect(response).toAnswer({ status: 204, tolerate: [loser] });
      }
      expectOneWinner(responses.filter((_, index) => asked[index] === studyPath(first)));
      await expectLeft(service, all, []);
      const { changes, response } = await feed.changesOf(all, 2 * all.length);
      expect(response).toHold(
        "deletes of an instance",
        deletesOf(changes, all),
        all.map(() => 1),
      );
    });
  },
);

/** Of those that asked for the same. */
function expectOneWinner(responses: readonly ServiceResponse[]): void {
  const winners = responses.filter((response) => came(response, 204));
  const [proof] = [...winners.slice(1), ...responses];
  if (proof) {
    expect(proof).toHold("number of deletes that succeed", winners.length, 1);
  }
}

/** The number of delete entries of each instance. */
function deletesOf(changes: readonly Change[], instances: readonly Instance[]): number[] {
  const deletes = changes.filter((change) => stepOf(change) === "delete deleted");
  return instances.map(
    ({ sopInstanceUid }) => deletes.filter((change) => change.sopInstanceUid === sopInstanceUid).length,
  );
}
