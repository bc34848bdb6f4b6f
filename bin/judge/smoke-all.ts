import { attachedTo } from "../../fixtures/client/credentials/credential.ts";
import { Journal } from "../../fixtures/client/ownership/journal.ts";
import { RunLimits } from "../../fixtures/client/transport/run-limits.ts";
import { Transport } from "../../fixtures/client/transport/transport.ts";
import { requireCredentials } from "../../fixtures/targets/credential-probe.ts";
import { requireDeletion, storeAndDelete } from "../../fixtures/targets/deletion-probe.ts";
import { smoke } from "../../fixtures/targets/smoke.ts";
import type { Target } from "../../fixtures/targets/target.ts";
import { UsageError } from "../../fixtures/targets/usage-error.ts";
import type { RunPlan } from "../../suites/engine/plan.ts";
import type { JudgeOptions } from "./command.ts";

/** Asks each endpoint whether it can be judged, and one that keeps what it gets whether it gives that back. */
export async function smokeAll(
  target: Target,
  run: string,
  journal: string | undefined,
  { access, timeout, maxBody, keep, deadline }: JudgeOptions & Pick<RunPlan, "deadline">,
  say: (sentence: string) => void,
): Promise<void> {
  await requireCredentials(access);
  const transport = new Transport({
    timeout: timeout * 1000,
    largestBody: maxBody * 1024 * 1024,
    limits: new RunLimits({ deadline, onWait: say }),
    ...attachedTo(access),
    origins: target.endpoints.map(({ baseUrl }) => baseUrl),
  });
  try {
    for (const endpoint of target.endpoints) {
      const isThere = await smoke(endpoint, transport, access.credential);
      const mustDelete = journal !== undefined && !keep;
      if (mustDelete || !isThere) {
        const probe = mustDelete ? requireDeletion : storeAndDelete;
        await probe(endpoint, transport, run, journal === undefined ? undefined : new Journal(journal, run));
      }
      if (!isThere && !(await smoke(endpoint, transport, access.credential))) {
        throw new UsageError(
          `${endpoint.baseUrl} does not exist, and a store did not make it: may the caller store?`,
        );
      }
    }
  } finally {
    await transport.close();
  }
}
