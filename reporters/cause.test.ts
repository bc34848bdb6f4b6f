import { describe, expect, test } from "vitest";
import { groupByCause, resourceOf } from "./cause.ts";
import { recordOf, resultWith, sampleExchange } from "./sample-result.testing.ts";
import { scorecard } from "./scorecard.ts";

function getting(path: string, method = "GET") {
  const url = `http://127.0.0.1:8080/v2${path}`;
  return { ...sampleExchange, request: { ...sampleExchange.request, method, url } };
}

function violating(id: string, path: string, expected: string, received: string) {
  const discrepancies = [{ expected, received }];
  const exchanges = [getting(path)];
  return resultWith({
    id,
    verdict: "violates",
    discrepancies,
    exchanges,
    decisive: 0,
    title: `title of ${id}`,
  });
}

const label = "Content-Type application/dicom+json";

describe("requirements that one defect violates", () => {
  test("are those that received the same of the same kind of resource, whatever row and UID", () => {
    const groups = groupByCause([
      violating("SEARCH-001", "/studies?PatientID=CONF-abc", label, "application/json"),
      violating("SEARCH-002", "/studies/2.25.1/series", `by series: ${label}`, "application/json"),
      violating("RETRIEVE-048", "/studies/2.25.1/metadata", label, "application/json"),
      violating("SEARCH-003", "/studies", "2.25.12 once", "2.25.12 twice"),
      violating("SEARCH-004", "/studies", "2.25.34 once", "2.25.34 twice"),
      violating("SEARCH-005", "/studies", "status 200", '500 "trace 1"'),
      violating("SEARCH-006", "/studies", "status 200", '500 "trace 2"'),
    ]);
    expect(groups.map((group) => group.map(({ id }) => id))).toEqual([
      ["SEARCH-001", "SEARCH-002"],
      ["RETRIEVE-048"],
      ["SEARCH-003", "SEARCH-004"],
      ["SEARCH-005", "SEARCH-006"],
    ]);
  });

  test("are not those of which nothing was received, or something else", () => {
    const groups = groupByCause([
      resultWith({ id: "STORE-001", verdict: "violates" }),
      resultWith({ id: "STORE-002", verdict: "violates" }),
      violating("SEARCH-001", "/studies", label, "application/json"),
      violating("SEARCH-002", "/studies", label, "text/plain"),
    ]);
    expect(groups).toHaveLength(4);
  });

  test("are shown once in the scorecard, each with its name", () => {
    const text = scorecard(
      recordOf([
        { ...violating("SEARCH-001", "/studies", label, "application/json"), api: "v1" },
        violating("SEARCH-001", "/studies", label, "application/json"),
        violating("SEARCH-002", "/instances", label, "application/json"),
      ]),
    );
    expect(text).toContain(
      [
        "VIOLATES  2 requirements, for one reason",
        "  SEARCH-001 v1, v2 title of SEARCH-001",
        "  SEARCH-002 v2 title of SEARCH-002",
        `  expected  ${label}`,
        "  received  application/json",
        "  clause    PS3.18 10.5",
      ].join("\n"),
    );
    expect(text.split("received")).toHaveLength(2);
  });
});

test("one that hangs is one line that names what hangs", () => {
  const hanging = ["RETRIEVE-048", "RETRIEVE-049", "STORE-066", "STORE-067", "STORE-068"].map((id) =>
    resultWith({
      id,
      verdict: "inconclusive",
      reason: `GET http://127.0.0.1:8080/v2/studies/${id}/metadata: no response within 2 s`,
      exchanges: [
        { ...getting("/studies/2.25.1/metadata"), response: undefined, failure: "no response within 2 s" },
      ],
    }),
  );
  expect(scorecard(recordOf(hanging))).toContain(
    "INCONCLUSIVE\n  5 requirements, which the report names: no response within 2 s (metadata)\n",
  );
});

test.each([
  ["GET", "/studies/1.2/series/3.4/instances/5.6/frames/1", "frames"],
  ["GET", "/studies/1.2/instances", "search"],
  ["GET", "/studies/1.2", "retrieve"],
  ["GET", "/changefeed/latest", "changefeed"],
  ["POST", "/studies", "POST studies"],
  ["DELETE", "/extendedquerytags/00101010", "DELETE extendedquerytags"],
])("%s %s is about %s", (method, path, resource) => {
  expect(resourceOf(getting(path, method))).toBe(resource);
});
