const events = ["SIGINT", "SIGTERM", "exit", "unhandledRejection"] as const;
const variables = ["NODE_ENV", "MODE", "DEV", "PROD", "BASE_URL", "SSR", "TEST", "VITEST"] as const;

/** The process as it was before Vitest came, which takes the one that it runs in for its own. */
export class HostProcess {
  readonly #listeners = new Map(events.map((event) => [event, new Set(process.rawListeners(event))]));
  readonly #variables = variables.map((name) => [name, process.env[name]] as const);
  readonly #exitCode = process.exitCode;

  /** Takes away who listens since: they would end the process at a signal, and at a rejection that nobody handles. */
  forgetListeners(): void {
    for (const [event, known] of this.#listeners) {
      for (const listener of process.rawListeners(event).filter((each) => !known.has(each))) {
        process.off(event, listener as () => void);
      }
    }
  }

  /** Gives back the variables of the environment and the exit code. */
  restore(): void {
    for (const [name, value] of this.#variables) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
    process.exitCode = this.#exitCode;
  }
}
