/** The words that the page shows for the statuses of Allure. */
export type StatusWords = Readonly<Record<"passed" | "failed" | "broken" | "skipped" | "unknown", string>>;

export interface PageOptions {
  readonly words: StatusWords;
  /** Whether anything is attached to the run as a whole. */
  readonly hasLogs?: boolean;
  /** Whether runs of the past are known. */
  readonly hasHistory?: boolean;
}

/** Scripts of the generated page that would load a tracker from outside; clinical networks forbid that. */
const tracker = /<script\b(?:(?!<\/script>)[\s\S])*?(?:googletagmanager|gtag\()[\s\S]*?<\/script>/g;
/** The page declares its data behind the script that reads it, which then may ask a server that is not there. */
const declaration = "<script>window.allureReportDataReady = false; window.allureReportData = {};</script>";
/** The program of the page. */
const program = /(src="data:text\/javascript;base64,)([A-Za-z0-9+/=]+)"/;
/** The English names of the statuses in it, from which all of its texts are made. */
const names = /(?<='\{"statuses":\{)"passed":"passed",[^}]*?"unknown":"unknown"/;

/** Ids of what says nothing of a single run: tabs without content, and filters for what a run never has. */
const emptyFurniture = [
  "nav-tab-qualityGate",
  "nav-tab-globalErrors",
  "retry-filter",
  "flaky-filter",
  "resolution-filter",
  "test-result-tab-retries",
];
const furnitureOfHistory = ["transition-filter", "test-result-tab-history"];
const furnitureOfLogs = ["nav-tab-globalAttachments"];

/**
 * The page that Allure made, as this project shows it: it loads nothing from outside, has the words of the verdicts, no
 * furniture that is empty, and no ring, which says 100 % of a run that could not judge a tenth.
 */
export function dressed(page: string, options: PageOptions): string {
  return page
    .replaceAll(tracker, "")
    .replace("<head>", `<head>${declaration}<style>${styleOf(options)}</style>`)
    .replace(program, (_, before: string, code: string) => `${before}${reworded(code, options.words)}"`);
}

function reworded(code: string, words: StatusWords): string {
  const text = Buffer.from(code, "base64").toString("utf8");
  const own = JSON.stringify(words).slice(1, -1);
  return Buffer.from(text.replace(names, own)).toString("base64");
}

function styleOf({ hasLogs = false, hasHistory = false }: PageOptions): string {
  const empty = [
    ...emptyFurniture,
    ...(hasLogs ? [] : furnitureOfLogs),
    ...(hasHistory ? [] : furnitureOfHistory),
  ];
  const ring = 'article:has(> [aria-label^="Success rate"])';
  return `${[...empty.map((id) => `[data-testid="${id}"]`), ring].join(", ")} { display: none !important; }`;
}
