import { describe, expect, test } from "vitest";
import type { Answer, Arrival, Fault } from "../../fixtures/reference-server/fault.ts";
import { all, faultNamed, judgeUnder, type Peculiarity } from "./peculiar-server.testing.ts";
import { isStore } from "./spoil.ts";

type Change = ReturnType<NonNullable<Fault["arrival"]>>;

/** The members of every object, the last first. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      )
    : value;
}

/** Answers multipart/related to whoever asks for a bare file. */
function alwaysMultipart({ method, path, headers }: Arrival): Change {
  const isBare =
    method === "GET" && headers.accept?.startsWith("application/dicom;") && !path.includes("frames");
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  return isBare ? { headers: { ...headers, accept } } : {};
}

/** Takes the delimiter of the checks for granted, where the Content-Type announces none. */
function inferBoundary(request: Arrival): Change {
  const type = request.headers["content-type"] ?? "";
  const isWithout = isStore(request) && type.startsWith("multipart/related") && !/boundary="?[^"]/.test(type);
  const inferred = 'multipart/related; type="application/dicom"; boundary=B';
  return isWithout ? { headers: { ...request.headers, "content-type": inferred } } : {};
}

/** Sends the file of a resource of one bare, as was asked for, and refuses to do so for several. */
function bareWhereOnlyOne(answer: Answer, request: Arrival) {
  if (alwaysMultipart(request).headers === undefined) {
    return;
  }
  if (answer.body.toString("latin1").split("DICM").length > 2) {
    answer.status = 406;
  } else {
    answer.headers["content-type"] = "application/dicom";
    answer.body = answer.body.subarray(
      answer.body.indexOf("\r\n\r\n") + 4,
      answer.body.lastIndexOf("\r\n--"),
    );
  }
}

interface Case {
  readonly server: Peculiarity;
  readonly ids: readonly string[];
  /** What the report says of it. */
  readonly note: RegExp;
}

const fair: Readonly<Record<string, Case>> = {
  "orders the attributes otherwise": {
    server: {
      answer: (answer) => {
        if (answer.headers["content-type"]?.includes("dicom+json") && answer.body.length > 0) {
          answer.body = Buffer.from(JSON.stringify(reversed(JSON.parse(answer.body.toString()))));
        }
      },
    },
    ids: ["STORE-005", "RETRIEVE-051", "SEARCH-009"],
    note: /do not depend on the order/,
  },
  "infers a boundary that was not announced, and stores the file": {
    server: { arrival: inferBoundary },
    ids: ["STORE-046"],
    note: /no clause forbids/,
  },
  "cannot offer frames of what has none": {
    server: {
      answer: (answer, { path }) => {
        if (answer.body.includes("no pixel data") && path.endsWith("/frames/1")) {
          answer.status = 406;
        }
      },
    },
    ids: ["RETRIEVE-046"],
    note: /406 instead of 404/,
  },
  "sends the frames of a list in the order of the image": {
    server: faultNamed("sorts the frames of a list"),
    ids: ["RETRIEVE-037"],
    note: /order of the parts/,
  },
  "sees no instance in a part without bytes": {
    server: faultNamed("passes over parts without bytes"),
    ids: ["STORE-053"],
    note: /part without bytes/,
  },
};

describe("in the dicomweb profile nobody accuses a server that", () => {
  test.concurrent.each(Object.entries(fair))("%s", async (_, { server, ids, note }) => {
    const { verdicts, notes } = await judgeUnder(server, ids, "dicomweb");
    expect(verdicts).toEqual(all(ids, "conforms"));
    expect(notes.join("\n")).toMatch(note);
  });

  test.concurrent.each(Object.entries(fair))("though Microsoft's may not: %s", async (_, { server, ids }) => {
    const { verdicts } = await judgeUnder(server, ids, "azure");
    expect(verdicts).toEqual(all(ids, "violates"));
  });
});

const unfair: Readonly<Record<string, Omit<Case, "note"> & { readonly reason: RegExp }>> = {
  "calls a store whole whose other part it reports as failed": {
    server: faultNamed("answers 200 as soon as one part was stored"),
    ids: ["STORE-053"],
    reason: /the bad part first: failed items beside status 200/,
  },
  "sends frame 2 for frame 1": {
    server: faultNamed("counts frames from 0"),
    ids: ["RETRIEVE-037"],
    reason: /1,2: the frame in part 1/,
  },
  "infers a boundary and stores the file, but confirms nothing": {
    server: {
      arrival: inferBoundary,
      answer: (answer, request) => {
        if (inferBoundary(request).headers) {
          answer.body = Buffer.from(answer.body.toString().replaceAll("00081199", "00081198"));
        }
      },
    },
    ids: ["STORE-046"],
    reason: /no boundary: ReferencedSOPSequence/,
  },
  "sends the only instance of a study as a bare file": {
    server: {
      arrival: alwaysMultipart,
      answer: bareWhereOnlyOne,
    },
    ids: ["RETRIEVE-022"],
    reason: /^expected a study of one: status 406; received 200\nexpected a series of one: [^\n]*$/,
  },
};

describe("in the dicomweb profile as well it is noticed that a server", () => {
  test.concurrent.each(Object.entries(unfair))("%s", async (_, { server, ids, reason }) => {
    const { verdicts, reasons } = await judgeUnder(server, ids, "dicomweb");
    expect(verdicts).toEqual(all(ids, "violates"));
    expect(reasons.join("\n")).toMatch(reason);
  });
});

test("RFC 9110 says what 404 means and does not demand it: a server that answers otherwise is warned", async () => {
  const server = faultNamed("answers an unknown route with a web page");
  const { verdicts, reasons } = await judgeUnder(server, ["SERVICE-022"], "dicomweb");
  expect(verdicts).toEqual({ "SERVICE-022": "warns" });
  expect(reasons.join()).toMatch(/below the root: status 404; received 200/);
});

test("PS3.18 contradicts itself: a server that sends multipart where a bare file was asked for is warned", async () => {
  const ids = ["RETRIEVE-003", "RETRIEVE-022"];
  const { verdicts, reasons } = await judgeUnder({ arrival: alwaysMultipart }, ids, "dicomweb");
  expect(verdicts).toEqual(all(ids, "warns"));
  expect(reasons.join()).toMatch(/Table 8\.7\.3-1/);
  expect((await judgeUnder({ arrival: alwaysMultipart }, ids, "azure")).verdicts).toEqual(
    all(ids, "violates"),
  );
});

test("PS3.4 has an unknown value match whatever C-FIND asks for: a server that searches so is passed over", async () => {
  const server = faultNamed("has what it does not know match whatever is asked for");
  const { verdicts, reasons } = await judgeUnder(server, ["SEARCH-037"], "dicomweb");
  expect(verdicts).toEqual({ "SEARCH-037": "skipped" });
  expect(reasons.join()).toMatch(/PS3\.4 C\.2\.2\.1/);
});
