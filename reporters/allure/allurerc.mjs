/** How Allure groups and names what this suite writes; loaded by the Allure command itself. */
const label =
  (name, value) =>
  ({ labels }) =>
    labels.some((candidate) => candidate.name === name && candidate.value === value);

const name = process.env.DICOMWEB_REPORT_NAME;
/** Empty for a run without a past. */
const historyPath = process.env.DICOMWEB_REPORT_HISTORY;

/** How the verdicts changed; the other charts show percentages, which are no verdict, or need more runs than two. */
const charts = [{ type: "statusDynamics", title: "Verdicts of each run" }];

export default {
  name,
  ...(historyPath ? { historyPath, appendHistory: false } : {}),
  categories: [
    { name: "Violations of what the service must do", matchers: [label("verdict", "violates")] },
    { name: "Deviations from what it should do", matchers: [label("verdict", "warns")] },
    { name: "Could not be judged", matchers: [label("verdict", "inconclusive")] },
    { name: "Optional and not supported", matchers: [label("verdict", "not supported")] },
    { name: "Does not apply", matchers: [label("verdict", "skipped")] },
    { name: "Not met", matchers: [label("verdict", "not met")] },
    { name: "To be asked", matchers: [label("verdict", "ask")] },
    { name: "Could not be looked at", matchers: [label("verdict", "not seen")] },
  ],
  environments: {
    v1: { matcher: label("api", "v1") },
    v2: { matcher: label("api", "v2") },
  },
  plugins: {
    awesome: {
      options: {
        reportName: name,
        singleFile: true,
        groupBy: ["epic", "feature"],
        reportLanguage: "en",
        ...(historyPath ? { charts, sections: ["charts", "timeline"] } : { sections: ["timeline"] }),
      },
    },
  },
};
