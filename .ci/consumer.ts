import { type JudgeSettings, judge, type RunRecord, UsageError, type Verdict } from "dicomweb-conformance";

/** What a program of somebody else may write; compiled against the declarations of the package in .ci/packed. */
export async function verdictsOf(settings: JudgeSettings): Promise<readonly Verdict[]> {
  const access = { credential: { kind: "bearer", token: "of-a-program" } } as const;
  try {
    const record: RunRecord = await judge({ profile: "dicomweb", access, ...settings });
    return record.results.map(({ verdict }) => verdict);
  } catch (error) {
    if (error instanceof UsageError) {
      return [];
    }
    throw error;
  }
}

// @ts-expect-error: there is no such profile
export const misused = judge({ profile: "other" });
