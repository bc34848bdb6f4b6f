import type { ApiVersion } from "../fixtures/client/endpoint.ts";
import type { Result, Verdict } from "../suites/engine/result.ts";
import { withoutIdentity } from "./cause.ts";

/** What can be known of a requirement. */
export const knowable = ["violates", "warns", "inconclusive"] as const satisfies readonly Verdict[];

/** A deviation of a service that its people know of: it does not fail the run. */
export interface KnownDeviation {
  /** Id of the requirement. */
  readonly id: string;
  /** Absent: in every version that is judged. */
  readonly api?: ApiVersion;
  readonly verdict: (typeof knowable)[number];
  /** For the reader: what the requirement says, where it is written, and what was seen. */
  readonly title?: string;
  readonly clause?: string;
  readonly seen?: string;
  /** Why it is left as it is. */
  readonly reason?: string;
  /** Why it does not show in every run. */
  readonly sometimes?: string;
}

/** What is known of one service; the content of a baseline file. */
export interface Baseline {
  /** Which service, in which version; for the reader. */
  readonly target?: string;
  readonly known: readonly KnownDeviation[];
}

/** A baseline held against a run. */
export interface BaselineReview {
  /** As they came, but those that are known say so. */
  readonly results: readonly Result[];
  /** What the file says and the run does not show, each with the edit that it asks for. */
  readonly outdated: readonly string[];
}

/**
 * Marks the results that are known, and says what the file should no longer say.
 * @param selected ids that were to be judged; entries for others are left alone
 */
export function review(
  baseline: Baseline,
  results: readonly Result[],
  selected: readonly string[],
): BaselineReview {
  const outdated = baseline.known
    .filter(({ id }) => selected.includes(id))
    .flatMap((deviation) =>
      editOf(
        deviation,
        results.filter((result) => covers(deviation, result)),
      ),
    );
  const marked = results.map((result) => {
    const deviation = baseline.known.find((known) => covers(known, result));
    return deviation?.verdict === result.verdict ? { ...result, known: reasonOf(deviation) } : result;
  });
  return { results: marked, outdated };
}

/**
 * The baseline that makes a run pass: what stands in its way, with the words that people wrote to it before.
 * @param before what was known until now
 * @param selected ids that were judged; what is known of others stays
 * @param isStrict whether warnings fail a run as well
 */
export function baselineOf(
  results: readonly Result[],
  before: Baseline,
  selected: readonly string[],
  isStrict: boolean,
): Baseline {
  const found = results
    .filter((result) => failsRun(result, isStrict))
    .map((result) => {
      const old = before.known.find((known) => covers(known, result) && known.verdict === result.verdict);
      return deviationOf(result, old);
    });
  const kept = before.known.filter(
    (known) =>
      !found.some((entry) => isAboutSame(entry, known)) &&
      (!selected.includes(known.id) || known.sometimes !== undefined),
  );
  const known = [...found, ...kept].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  return { ...before, known };
}

function deviationOf(result: Result, old: KnownDeviation | undefined): KnownDeviation {
  return {
    id: result.id,
    api: result.api,
    verdict: result.verdict as KnownDeviation["verdict"],
    title: result.title,
    clause: result.clauses.map(({ text }) => text).join("; "),
    seen: withoutIdentity(result.reason?.split("\n")[0] ?? ""),
    reason: old?.reason,
    sometimes: old?.sometimes,
  };
}

function failsRun({ verdict, level }: Result, isStrict: boolean): boolean {
  switch (verdict) {
    case "violates":
      return true;
    case "warns":
      return isStrict;
    case "inconclusive":
      return isStrict || level === "must";
    default:
      return false;
  }
}

/** The edit that an entry asks for, by what became of its requirement. */
function editOf(deviation: KnownDeviation, matching: readonly Result[]): string[] {
  const { verdict, sometimes } = deviation;
  if (matching.length === 0) {
    return [`${nameOf(deviation)} matches nothing that was judged: remove it`];
  }
  const isSeen = matching.some((result) => result.verdict === verdict);
  const [other] = matching;
  if (isSeen || sometimes !== undefined || other === undefined || other.verdict === "inconclusive") {
    return [];
  }
  const edit = other.verdict === "conforms" || other.verdict === "skipped" ? "remove it" : "correct it";
  return [`${nameOf(deviation)} ${becameOf(other)}: ${edit}, or say why it shows "sometimes"`];
}

function becameOf({ verdict, reason }: Result): string {
  switch (verdict) {
    case "conforms":
      return "conforms now";
    case "skipped":
      return `is skipped now (${reason?.split("\n")[0] ?? "without a reason"})`;
    default:
      return `is "${verdict}" now`;
  }
}

function reasonOf({ reason, sometimes }: KnownDeviation): string {
  return reason ?? sometimes ?? "named in the baseline";
}

function covers({ id, api }: KnownDeviation, result: Result): boolean {
  return id === result.id && (api === undefined || api === result.api);
}

/** Whether two entries speak of the same verdict. */
export function isAboutSame(one: KnownDeviation, other: KnownDeviation): boolean {
  return one.id === other.id && (one.api === undefined || other.api === undefined || one.api === other.api);
}

/** Id and version, as a report names them. */
export function nameOf({ id, api }: Pick<KnownDeviation, "id" | "api">): string {
  return [id, api].filter(Boolean).join(" ");
}
