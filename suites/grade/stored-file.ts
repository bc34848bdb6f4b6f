import type { Change } from "../../fixtures/client/change-feed.ts";
import { accept, type Identity, instancePath } from "../../fixtures/client/resources.ts";
import { filesOf } from "../../fixtures/grading/challenge.ts";
import { identityOf, type Original } from "../../fixtures/grading/original.ts";
import { type Comparison, compare, differences } from "./comparison.ts";
import { historyOf } from "./feed.ts";
import type { Fact, Finding, Picture } from "./grade.ts";
import { picturesOf } from "./pictures.ts";
import { type LookAt, required, type Sight } from "./sight.ts";

/** One file: found, delivered and shown, compared with the original, and what the change feed says of it. */
export const lookAtFile: LookAt<"file"> = async (sight, { file }, { next }) => {
  const [found, feed] = await Promise.all([sight.find(file), sight.feed()]);
  const history = feed.of(identityOf(file));
  const identity = found ?? identityOf(file);
  const response = await sight.service.get(instancePath(identity), accept.instance);
  if (response.status === 404) {
    return missing(await absence(sight, file, history), history, next);
  }
  const others = filesOf(sight.challenge);
  const [comparison, metadata, pictures] = [
    compare(file, required(response).body, others),
    await metadataFact(sight, file, identity),
    await picturesOf(sight, [{ identity, caption: file.file }]),
  ];
  return {
    ...judged(comparison, history, file),
    facts: [
      { name: "search", value: found === undefined ? "does not find it, though it is there" : "finds it" },
      metadata,
      { name: "file", value: comparison.words },
      ...pictureFacts(sight, pictures),
      ...historyFacts(history, feed.isWhole),
    ],
    pictures,
  };
};

function judged({ likeness, words }: Comparison, history: readonly Change[], { file }: Original): Finding {
  const deletions = history.filter(({ action }) => action === "delete").length;
  const past = deletions > 0 ? "; deleted and stored again since" : "";
  switch (likeness) {
    case "same":
      return { verdict: "met", finding: `${words}${past}` };
    case "unclear":
      return { verdict: "ask", finding: `${words}; compare the picture with the original by eye` };
    default:
      return {
        verdict: "not met",
        finding: `${words}${past}`,
        next: `Delete what is stored under this UID, then store ${file} as it was downloaded`,
      };
  }
}

function missing(finding: string, history: readonly Change[], next: string): Finding {
  const isDeleted = history.length > 0;
  return {
    verdict: "not met",
    finding,
    next: isDeleted ? `${next}; it was there, and is to stay this time` : next,
    facts: [{ name: "search", value: "does not find it" }, ...historyFacts(history, true)],
  };
}

/** Why it is not there, as far as the service tells. */
async function absence(sight: Sight, file: Original, history: readonly Change[]): Promise<string> {
  const last = history.at(-1);
  if (last?.action === "delete") {
    return `was stored, and has been deleted: sequence ${last.sequence} of the change feed`;
  }
  const files = filesOf(sight.challenge);
  const there = await sight.foundAmong(files);
  if (there.length > 0) {
    return `${file.file} is missing: ${there.length} of the ${files.length} files are there`;
  }
  const feed = await sight.feed();
  return feed.latest === undefined
    ? "nothing was ever stored in this service: is it the one that Postman's baseUrl names?"
    : `none of the ${files.length} files is there, though other images were stored: is it the service that baseUrl names?`;
}

async function metadataFact(sight: Sight, file: Original, identity: Identity): Promise<Fact> {
  const response = required(await sight.service.metadata(identity));
  const changed = differences(file, response.dicomJson.datasets[0] ?? {});
  const value =
    changed.length === 0 ? "as in the original" : `differ from the original in ${changed.join(", ")}`;
  return { name: "metadata", value };
}

function pictureFacts({ options }: Sight, pictures: readonly Picture[]): readonly Fact[] {
  const value = pictures.length > 0 ? "rendered by the service" : "the service renders none of it";
  return options.pictures ? [{ name: "picture", value }] : [];
}

function historyFacts(changes: readonly Change[], isWhole: boolean): readonly Fact[] {
  const lines = historyOf(changes);
  const none = isWhole ? "has no entry for it" : "has no entry for it among those that were read";
  return (lines.length > 0 ? lines : [none]).map((value) => ({ name: "change feed", value }));
}
