import {
  getOperation,
  getQueryTag,
  listQueryTagErrors,
  listQueryTags,
  operationStatusOf,
  type QueryTag,
  queryTagsOf,
  readReference,
} from "../../fixtures/client/query-tags/query-tags.ts";
import type { Original } from "../../fixtures/grading/original.ts";
import { keywordOf, nameOf } from "../../fixtures/wire/dictionary.ts";
import { membersOf, objectsOf } from "../../fixtures/wire/members.ts";
import { excerpt } from "../../fixtures/wire/quote.ts";
import type { Fact, Finding } from "./grade.ts";
import { type LookAt, required, type Sight } from "./sight.ts";

/** How a tag does. */
interface Condition {
  readonly tag: QueryTag;
  readonly is: "ready" | "being added" | "being removed" | "failed";
  readonly facts: readonly Fact[];
}

export const lookAtQueryTags: LookAt<"query tags"> = async (sight, { files }) => {
  const tags = queryTagsOf(required(await listQueryTags(sight.service, "?limit=100")));
  if (tags.length === 0) {
    return noTag;
  }
  const conditions = await Promise.all(tags.map((tag) => conditionOf(sight, tag, files)));
  const facts = conditions.flatMap((condition) => condition.facts);
  const of = (is: Condition["is"]) => conditions.filter((condition) => condition.is === is);
  const [ready, adding, failed] = [of("ready"), of("being added"), of("failed")];
  if (ready.length > 0) {
    return { verdict: "met", finding: `${named(ready)} can be searched by`, facts };
  }
  if (adding.length > 0) {
    return { verdict: "met", finding: `${named(adding)} was added, and its re-index goes on`, facts };
  }
  return failed.length > 0
    ? {
        verdict: "not met",
        finding: `${named(failed)} was added, but it failed: no search by it finds anything`,
        next:
          'Read what stands against it with "List-extended-query-tag-errors", delete the tag, mend the images or' +
          " choose another attribute, and add it again",
        facts,
      }
    : { ...noTag, finding: `${named(conditions)} is being removed`, facts };
};

const noTag: Finding = {
  verdict: "ask",
  finding: "there is no extended query tag now; one that was added and removed leaves no trace",
  questions: [
    {
      question: "Which attribute did you add as a query tag, and at which level?",
      answer: "the student's own; the example of the collection is Manufacturer (0008,0070)",
    },
    {
      question: 'What does "List-extended-query-tags" answer now?',
      answer: "200 with an empty list",
    },
  ],
};

export const askAboutRemovedTag: LookAt<"removed query tag"> = async (sight, { path }) => {
  const { status } = await getQueryTag(sight.service, path);
  const isThere = status === 200;
  const name = nameOf(path);
  return {
    verdict: "ask",
    finding: isThere
      ? `${name} is still there; that another tag was removed would leave no trace`
      : "that a tag was removed leaves no trace",
    questions: [
      {
        question: isThere
          ? "Which other tag did you remove, and what does Get-extended-query-tag answer for it now?"
          : `What does Get-extended-query-tag answer for ${path} now?`,
        answer: isThere ? `404; for ${path} it is 200, because that one is there` : String(status),
      },
    ],
  };
};

async function conditionOf(sight: Sight, tag: QueryTag, files: readonly Original[]): Promise<Condition> {
  const errors = await errorsOf(sight, tag);
  const is = await stateOf(sight, tag, errors.length);
  const facts: Fact[] = [{ name: nameOf(tag.path), value: describe(tag, is, errors.length) }];
  if (errors[0] !== undefined) {
    facts.push({ name: "its first error", value: errors[0] });
  }
  if (is === "ready") {
    facts.push({ name: "a search by it", value: await searchBy(sight, tag, files) });
  }
  return { tag, is, facts };
}

async function stateOf(sight: Sight, tag: QueryTag, errors: number): Promise<Condition["is"]> {
  if (tag.status === "deleting") {
    return "being removed";
  }
  if (tag.status === "ready") {
    return errors > 0 && tag.queryStatus === "disabled" ? "failed" : "ready";
  }
  const { id } = readReference(tag.operation);
  const ended = id === "" ? "" : operationStatusOf(await getOperation(sight.service, id));
  return ["failed", "canceled"].includes(ended) ? "failed" : "being added";
}

function describe({ level, vr, status, queryStatus }: QueryTag, is: Condition["is"], errors: number): string {
  const said = is === "failed" ? `${status}, failed` : status;
  return `level ${level}, ${vr}, ${said}, queries ${queryStatus || "enabled"}, ${errors} error(s)`;
}

/** What stands against a tag, without the values that are quoted in it. */
async function errorsOf({ service }: Sight, { path }: QueryTag): Promise<readonly string[]> {
  const response = await listQueryTagErrors(service, path, "?limit=100");
  const messages = response.status === 200 ? objectsOf(response.json) : [];
  return messages.map((error) => {
    const message = String(membersOf(error).get("errormessage") ?? "without a message");
    return excerpt(message.replaceAll(/'[^']*'|"[^"]*"/g, "…"));
  });
}

const resources: Readonly<Record<string, string>> = {
  study: "studies",
  series: "series",
  instance: "instances",
};
/** A value for each VR that has a form of its own. */
const samples: Readonly<Record<string, string>> = {
  AS: "001Y",
  DA: "20000101",
  DT: "20000101000000",
  TM: "000000",
  UI: "1.2.3",
  ...Object.fromEntries(["FD", "FL", "IS", "SL", "SS", "UL", "US"].map((vr) => [vr, "0"])),
};

/** By the value that one of the files has, or any other. */
async function searchBy({ service }: Sight, tag: QueryTag, files: readonly Original[]): Promise<string> {
  const keyword = keywordOf(tag.path) ?? tag.path;
  const known = files.flatMap(({ attributes }) => attributes[keyword] ?? [])[0];
  const value = known ?? samples[tag.vr] ?? "X";
  const response = await service.search(`/${resources[tag.level] ?? "instances"}`, { [tag.path]: value });
  const found = response.status === 200 ? response.dicomJson.datasets.length : 0;
  const outcome = response.status < 300 ? `${found} found` : `answers ${response.status}`;
  return `for "${value}"${known === undefined ? ", which none of the files has" : ""}: ${outcome}`;
}

function named(conditions: readonly Condition[]): string {
  return conditions.map(({ tag }) => nameOf(tag.path)).join(", ");
}
