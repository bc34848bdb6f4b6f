import { openConfigured } from "../fixtures/targets/configured.ts";
import type { ServiceLog, Target } from "../fixtures/targets/target.ts";
import { UsageError } from "../fixtures/targets/usage-error.ts";
import { kindOf, wantsContainers } from "./containers/container-options.ts";
import type { JudgeOptions } from "./judge/command.ts";

/**
 * Opens the service that the flags name; all but one that runs elsewhere is started here.
 * @param saveLogs takes the logs of containers that could not be started
 * @throws UsageError
 */
export async function openTarget(
  options: JudgeOptions,
  saveLogs: (logs: readonly ServiceLog[]) => Promise<void>,
): Promise<Target> {
  const { url, apiVersion, profile } = options;
  if (wantsContainers(options)) {
    return openContainerTarget(options, saveLogs);
  }
  if (url !== undefined) {
    return openConfigured(url, apiVersion, profile);
  }
  if (apiVersion !== undefined) {
    throw new UsageError(
      "--api-version goes with --url or --container; without them both versions of the embedded server are judged.",
    );
  }
  // Loaded late: a service that runs elsewhere needs no server of ours.
  const { openEmbedded } = await import("../fixtures/targets/embedded.ts");
  return openEmbedded(profile);
}

async function openContainerTarget(
  options: JudgeOptions,
  saveLogs: (logs: readonly ServiceLog[]) => Promise<void>,
): Promise<Target> {
  const { compose, composeService, image, containerEnv, partitions, profile, apiVersion } = options;
  // Loaded late: no other target needs the client of a container engine.
  const { openContainers } = await import("../fixtures/targets/containers/open.ts");
  return openContainers({
    kind: kindOf(options),
    compose: compose === undefined ? undefined : { file: compose, service: composeService },
    images: image,
    environment: containerEnv,
    hasPartitions: partitions,
    port: options.containerPort,
    profile,
    apiVersion,
    isKept: options.keepContainer,
    patience: Math.min(options.startTimeout, options.maxTime ?? options.startTimeout),
    say: console.error,
    saveLogs,
  });
}
