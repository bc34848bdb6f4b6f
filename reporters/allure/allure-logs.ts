import type { RuntimeMessage } from "allure-js-commons/sdk";
import { FileSystemWriter, ReporterRuntime } from "allure-js-commons/sdk/reporter";
import { type ServiceLog, shownLog } from "../service-logs.ts";

/** Attaches the logs of the service to the run as a whole: they belong to no requirement. */
export function attachServiceLogs(logs: readonly ServiceLog[], resultsDir: string): void {
  if (logs.length > 0) {
    const runtime = new ReporterRuntime({ writer: new FileSystemWriter({ resultsDir }) });
    runtime.applyGlobalRuntimeMessages(logs.map(attachment));
  }
}

function attachment(log: ServiceLog): RuntimeMessage {
  const data = {
    name: `log of ${log.name}`,
    content: shownLog(log),
    encoding: "utf8" as const,
    contentType: "text/plain",
    fileExtension: ".txt",
  };
  return { type: "global_attachment_content", data };
}
