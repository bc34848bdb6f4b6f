import {
  givenAbsent,
  givenAdded,
  givenReady,
  postNewQueryTags,
  postQueryTags,
} from "../../fixtures/client/query-tags/add-query-tags.ts";
import { readRefused } from "../../fixtures/client/query-tags/others-query-tags.ts";
import {
  type ExtendedQueryTag,
  getOperation,
  getQueryTag,
  isRunning,
  linkToOperation,
  normalId,
  operationEnded,
  operationIdOf,
  queryTag,
  queryTagOf,
  readReference,
  tagResource,
} from "../../fixtures/client/query-tags/query-tags.ts";
import { tagOf } from "../../fixtures/wire/dictionary.ts";
import { membersOf } from "../../fixtures/wire/members.ts";
import {
  advise,
  came,
  checkRows,
  condition,
  expect,
  extendedQueryTagGuide,
  holds,
  Inconclusive,
  matching,
  must,
  type Service,
  type ServiceResponse,
} from "../words.ts";

const adding = extendedQueryTagGuide("Add Extended Query Tags");

must(
  "TAGS-001",
  {
    title: "adding a standard tag starts a re-index operation that the answer refers to",
    request: "Create-extended-query-tag",
    clause: [adding, extendedQueryTagGuide("Operation Reference")],
  },
  async ({ service }) => {
    const protocolName = queryTag("ProtocolName", "Instance");

    const response = await postNewQueryTags(service, protocolName);

    expect(response).toAnswer({ status: 202, mediaType: "application/json" });
    const members = membersOf(response.json);
    expect(response).toHold("members of the answer", [...members.keys()].sort(), ["href", "id"]);
    const { id, href } = readReference(response.json);
    expect(response).toHold("id", id, matching("a GUID", /^[0-9a-f]{32}$/));
    expect(response).toHold("href", href, linkToOperation(id));
    expect(response).toHold("Location", response.header("Location"), linkToOperation(id));
    expect(await getQueryTag(service, protocolName.path)).toAnswer({ status: 200 });
    await operationEnded(service, id);
  },
);

must(
  "TAGS-003",
  {
    title: "the path may be hexadecimal digits of any case or a keyword, and is kept as upper-case digits",
    request: "Create-extended-query-tag",
    clause: [extendedQueryTagGuide("Extended Query Tag"), extendedQueryTagGuide("Get Extended Query Tag")],
  },
  async ({ service }) => {
    const rows = {
      "a keyword": { typed: "MedicalAlerts", kept: "00102000", keyword: "MedicalAlerts" },
      digits: { typed: "00186018", kept: "00186018", keyword: "RegionLocationMinX0" },
      "digits in lower case": { typed: "0018a002", kept: "0018A002", keyword: "ContributionDateTime" },
    };
    await checkRows(rows, async ({ typed, kept, keyword }) => {
      const added = await postNewQueryTags(service, { ...queryTag(keyword, "Instance"), path: typed });

      const isLowerCase = typed !== kept && typed !== keyword;
      const because = "no document says that digits in lower case can be added";
      expect(added).toAnswer({ status: 202, tolerate: isLowerCase ? [{ status: 400, because }] : [] });
      if (!came(added, 202)) {
        return;
      }
      await operationEnded(service, readReference(added.json).id);
      await checkRows([...new Set([kept, kept.toLowerCase(), keyword])], async (spelling) => {
        const response = await getQueryTag(service, spelling);
        expect(response).toAnswer({ status: 200, mediaType: "application/json" });
        expect(response).toHold("path", queryTagOf(response)?.path, kept);
      });
    });
  },
);

must(
  "TAGS-018",
  {
    title: "adding a tag a second time is a conflict",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service }) => {
    const stationName = queryTag("StationName", "Series");
    await givenReady(service, stationName);

    const rows = {
      "the same tag": stationName,
      "at another level": queryTag("StationName", "Study"),
      "by its keyword": { ...stationName, path: "StationName" },
    };
    await checkRows(rows, async (second) => {
      const response = await postQueryTags(service, [second]);
      expect(response).toAnswer({ status: 409 });
      expect(response).toHold("Location of an operation", response.header("Location"), undefined);
    });

    const response = await getQueryTag(service, stationName.path);
    const kept = queryTagOf(response);
    expect(response).toHold("the tag that was added first", kept, {
      ...kept,
      path: tagOf("StationName"),
      vr: "SH",
      level: "series",
      status: "ready",
    });
  },
);

/** How often to try to be faster than a re-index, and how many instances more it has to visit each time. */
const attempts = 5;
const instancesMore = 100;

must(
  "TAGS-023",
  {
    title: "while a re-index runs another add is refused, and is accepted when it has ended",
    request: "Create-extended-query-tag",
    clause: adding,
  },
  async ({ service, instances }) => {
    const study = { StudyInstanceUID: instances.uid() };
    const first = queryTag("AcquisitionDuration", "Instance");
    const second = queryTag("ExaminedBodyThickness", "Instance");
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      await givenAbsent(service, second.path);
      const { id } = await givenAdded(service, first);

      const beside = await service.addQueryTags([second]);

      const location = beside.header("Location");
      const isRefused = holds(beside).toAnswer({ status: 409 });
      const isOfOthers = isRefused && location !== undefined && operationIdOf(location) !== id;
      const isAdded = holds(beside).toAnswer({ status: 202 });
      const isLate = (isAdded || isOfOthers) && !isRunning(await getOperation(service, id));
      if (isLate) {
        await endedAndDeleted(service, beside, first, second);
        const more = Array.from({ length: instancesMore }, () => instances.minimal(study));
        await service.given.stored(...more);
        continue;
      }
      expect(beside).toAnswer({ status: 409 });
      if (location !== undefined) {
        expect(beside).toHold("Location", location, linkToOperation(id));
      }
      expect(await readRefused(service, second.path)).toAnswer({ status: 404 });

      await operationEnded(service, id);
      const after = await postNewQueryTags(service, second);
      expect(after).toAnswer({ status: 202 });
      await operationEnded(service, readReference(after.json).id);
      await advisePointer(beside, id);
      return;
    }
    const visited = (attempts - 1) * instancesMore;
    throw new Inconclusive(
      `${attempts} re-indexes had ended before a second tag could be posted, the last one of ${visited} instances of this run`,
    );
  },
);

/** The documents do not describe this refusal: that it tells what to wait for is a should. */
async function advisePointer(beside: ServiceResponse, id: string): Promise<void> {
  const naming = condition(`names the operation ${id}`, (text) => normalId(String(text)).includes(id));
  const pointers = {
    Location: async () => advise(beside).toHold("its link", beside.header("Location"), linkToOperation(id)),
    "the body": async () => {
      advise(beside).toAnswer({ status: 409, mediaType: "text/plain" });
      advise(beside).toHold("its text", beside.text, naming);
    },
  };
  await checkRows(pointers, (check) => check());
}

/** Of two tags, after the second was posted too late: nothing is left. */
async function endedAndDeleted(
  service: Service,
  beside: ServiceResponse,
  first: ExtendedQueryTag,
  second: ExtendedQueryTag,
): Promise<void> {
  await service.delete(tagResource(first.path));
  if (holds(beside).toAnswer({ status: 202 })) {
    await operationEnded(service, readReference(beside.json).id);
    await service.delete(tagResource(second.path));
  }
}
