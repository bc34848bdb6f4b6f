/** Ctrl-C, and what else asks the command to end: the first time the run comes to its end, the second time at once. */
export class Interruption {
  readonly #controller = new AbortController();
  #isJudging = true;

  /**
   * Takes the signals over from whoever would end the process and lose what was judged so far; until the process ends,
   * because reports are still to be written after the last check.
   * @returns what asks the run to end
   */
  listen(): AbortSignal {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.removeAllListeners(signal).on(signal, () => this.#interrupt());
    }
    return this.#controller.signal;
  }

  /** Nothing is left that could be ended sooner. */
  judged(): void {
    this.#isJudging = false;
  }

  #interrupt(): void {
    const { signal } = this.#controller;
    if (signal.aborted) {
      process.exit(2);
    }
    this.#controller.abort();
    console.error(
      this.#isJudging
        ? "Finishing the checks that run; Ctrl-C again stops at once, and --clean-up removes what is left."
        : "All is judged, and the report is being written; Ctrl-C again stops at once.",
    );
  }
}
