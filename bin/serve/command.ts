import { type Command, InvalidArgumentError, Option } from "commander";
import { numberOf } from "../options.ts";

export interface ServeOptions {
  readonly port: number;
  /** Address of the interface. */
  readonly host: string;
  /** Names of faults. */
  readonly fault: readonly string[];
  /** Whether to list the faults instead. */
  readonly faults: boolean;
  /** Folder for what gets somebody in; absent: everybody gets in. */
  readonly auth?: string;
  /** Whether clients have to name a data partition. */
  readonly partitions: boolean;
  /** Milliseconds by which each answer comes later. */
  readonly latency: number;
}

/** @param end is told the exit code */
export function addServe(program: Command, end: (exitCode: number) => void): void {
  program
    .command("serve")
    .description(
      "run the reference server alone, an emulator of a DICOM service; what it holds is gone when it ends",
    )
    .option("--port <number>", "TCP port", port, 63838)
    .option(
      "--host <address>",
      "interface; 0.0.0.0 for all, where others may store and delete too",
      "127.0.0.1",
    )
    .addOption(
      new Option(
        "--auth [folder]",
        "ask for tokens, of an authority that is started as well; what gets one in is written to the folder",
      ).preset("secured"),
    )
    .option("--fault <name>", "make it break a rule, as --faults lists them; repeatable", collect, [])
    .option(
      "--faults",
      "list the ways in which it can be faulty, with the requirements that notice each",
      false,
    )
    .option("--partitions", "with data partitions: its data routes lie below /partitions/NAME", false)
    .addOption(
      new Option("--latency <milliseconds>", "send each answer that much later, as from far away")
        .argParser(numberOf("milliseconds", 0, 60_000))
        .default(0),
    )
    .allowExcessArguments(false)
    .action(async (options: ServeOptions) => {
      const { serve } = await import("./serve.ts");
      end(await serve(options));
    });
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return value;
}
