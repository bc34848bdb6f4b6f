import { exitCodeAfter } from "../../fixtures/targets/exit-code.ts";

/** Ctrl-C, and what else asks the command to end: the first time the run comes to its end, the second time at once. */
export class Interruption {
  readonly #controller = new AbortController();
  #isJudging = true;
  #exitCode: number | undefined;

  /**
   * Takes the signals over from whoever would end the process and lose what was judged so far; until the process ends,
   * because reports are still to be written after the last check.
   * @returns what asks the run to end
   */
  listen(): AbortSignal {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.removeAllListeners(signal).on(signal, () => this.#interrupt(exitCodeAfter(signal)));
    }
    return this.#controller.signal;
  }

  /**
   * Nothing is left that could be ended sooner.
   * @returns the exit code of the signal, where one came before
   */
  judged(): number | undefined {
    this.#isJudging = false;
    return this.#exitCode;
  }

  #interrupt(exitCode: number): void {
    if (this.#controller.signal.aborted) {
      process.exit(exitCode);
    }
    this.#controller.abort();
    if (this.#isJudging) {
      this.#exitCode = exitCode;
      console.error(
        "Finishing the checks that run; Ctrl-C again stops at once, and --clean-up removes what is left.",
      );
    } else {
      console.error("All is judged, and the report is being written; Ctrl-C again stops at once.");
    }
  }
}
