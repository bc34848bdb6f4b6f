import type { CredentialSource } from "../../fixtures/client/credentials/access.ts";
import { type Endpoint, partsOf } from "../../fixtures/client/endpoint.ts";
import { Inconclusive } from "../../fixtures/client/inconclusive.ts";
import type { ReadOnlyTransport } from "../../fixtures/client/transport/read-only-transport.ts";
import { NoResponse } from "../../fixtures/client/transport/transport.ts";
import type { Challenge, Criterion, Look } from "../../fixtures/grading/challenge.ts";
import { reachOf } from "../../fixtures/targets/smoke.ts";
import { pathOf } from "../../fixtures/wire/exchange.ts";
import { quoted } from "../../fixtures/wire/quote.ts";
import { accessFinding } from "./access.ts";
import type { Finding, Grade, GradedCriterion } from "./grade.ts";
import { askAboutViewing, lookAtOtherStudies } from "./other-studies.ts";
import { askAboutRemovedTag, lookAtQueryTags } from "./query-tags.ts";
import { askAboutChangeFeed, askAboutRetrieve, askAboutSearch } from "./questions.ts";
import { type LookAt, Sight, type SightOptions } from "./sight.ts";
import { lookAtFile } from "./stored-file.ts";

/** A student's service, and how it is looked at. */
export interface Subject extends SightOptions {
  readonly student: string;
  readonly endpoint: Endpoint;
  readonly transport: ReadOnlyTransport;
  readonly challenge: Challenge;
  readonly credential: CredentialSource;
  /** Where that is wanted: has something stored and deleted again; what it finds belongs to the access criterion. */
  readonly tryWrite?: (endpoint: Endpoint) => Promise<Partial<Finding>>;
}

const looks: { readonly [At in Exclude<Look["at"], "access">]: LookAt<At> } = {
  file: lookAtFile,
  search: askAboutSearch,
  retrieve: askAboutRetrieve,
  "change feed": askAboutChangeFeed,
  "query tags": lookAtQueryTags,
  "removed query tag": askAboutRemovedTag,
  "other studies": lookAtOtherStudies,
  viewing: askAboutViewing,
};

/**
 * Looks at what a student left in a service, criterion by criterion. Never throws for what a service does. No secret is in
 * what it gives, and no character that would steer a terminal.
 */
export async function gradeService(subject: Subject): Promise<Grade> {
  const { student, endpoint, challenge } = subject;
  const [startedAt, begin] = [new Date().toISOString(), performance.now()];
  const findings = await findingsOf(subject);
  return {
    student: quoted(student),
    url: quoted(endpoint.baseUrl),
    challenge: { name: challenge.name, title: challenge.title },
    startedAt,
    duration: Math.round(performance.now() - begin),
    criteria: challenge.criteria.map((criterion, index) => graded(criterion, findings[index])),
  };
}

async function findingsOf(subject: Subject): Promise<readonly Finding[]> {
  const { endpoint, transport, challenge, credential, tryWrite } = subject;
  const reach = await reachOf(endpoint, transport, credential);
  const readable = reach.kind === "wrong version" ? reach.right : endpoint.baseUrl;
  const isReadable = reach.kind === "answers" || reach.kind === "wrong version";
  const sight = new Sight(atUrl(endpoint, readable), transport, challenge, subject);
  const written = isReadable ? await tryWrite?.(sight.endpoint) : undefined;
  return Promise.all(
    challenge.criteria.map(async (criterion) => {
      if (criterion.look.at === "access") {
        return withWriting(accessFinding(criterion, endpoint, reach, credential), written);
      }
      return isReadable ? look(sight, criterion) : unseen("the service could not be read");
    }),
  );
}

/** What was seen of writing counts where reading is in order. */
function withWriting(finding: Finding, written: Partial<Finding> = {}): Finding {
  const facts = [...(finding.facts ?? []), ...(written.facts ?? [])];
  return finding.verdict === "met" ? { ...finding, ...written, facts } : { ...finding, facts };
}

function atUrl(endpoint: Endpoint, baseUrl: string): Endpoint {
  const named = (partsOf(baseUrl).version.slice(1) || undefined) as Endpoint["api"];
  return { ...endpoint, baseUrl, api: named ?? endpoint.api };
}

async function look(sight: Sight, criterion: Criterion): Promise<Finding> {
  const lookAt = looks[criterion.look.at as keyof typeof looks] as LookAt<Look["at"]>;
  try {
    return await lookAt(sight, criterion.look, criterion);
  } catch (error) {
    if (error instanceof NoResponse) {
      return unseen(`GET ${pathOf(error.exchange)}: ${error.message}`);
    }
    if (error instanceof Inconclusive) {
      return unseen(error.message);
    }
    throw error;
  }
}

function unseen(reason: string): Finding {
  return { verdict: "not seen", finding: reason };
}

function graded(
  { id, title, success }: Criterion,
  finding: Finding = unseen("was not looked at"),
): GradedCriterion {
  const { verdict, next, facts = [], questions = [], pictures = [] } = finding;
  return {
    id,
    title,
    success,
    verdict,
    finding: quoted(finding.finding),
    ...(next === undefined ? {} : { next: quoted(next) }),
    facts: facts.map(({ name, value }) => ({ name: quoted(name), value: quoted(value) })),
    questions: questions.map(({ question, answer }) => ({
      question: quoted(question),
      answer: quoted(answer),
    })),
    pictures: pictures.map(({ caption, jpeg }) => ({ caption: quoted(caption), jpeg })),
  };
}
