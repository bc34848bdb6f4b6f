/** Loaded before Vitest, which colours its output for a pipe and a file as well: those get none, unless they ask for it. */
if (!process.stdout.isTTY && process.env.FORCE_COLOR === undefined) {
  process.env.NO_COLOR ??= "1";
}
