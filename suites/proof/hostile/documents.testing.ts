import { dicomJson, gateway, type Visit } from "./gateway.testing.ts";
import { judging, type Kind, rare } from "./kind.ts";
import { atOnce, json } from "./raw-service.testing.ts";

const isMetadata = ({ path }: Visit) => path.endsWith("/metadata");

/** Answers what the run asks about metadata with a text of its own, which is made once. */
function withMetadata(name: string, make: () => string, more: Partial<Kind> = {}): Kind {
  let body: Buffer | undefined;
  return {
    name,
    flags: judging("RETRIEVE-051"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      gateway((visit) => {
        if (!isMetadata(visit)) {
          return visit.pass();
        }
        body ??= Buffer.from(make());
        return dicomJson(visit, body);
      }),
    ...more,
  };
}

function nested(levels: number): string {
  return `[${'{"00081140":{"vr":"SQ","Value":['.repeat(levels)}${"]}}".repeat(levels)}]`;
}

function withParts(
  name: string,
  make: () => { boundary: string; body: string },
  more: Partial<Kind> = {},
): Kind {
  let made: ReturnType<typeof make> | undefined;
  return {
    name,
    flags: judging("RETRIEVE-001"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      gateway(({ method, path, pass, answer }) => {
        if (method !== "GET" || path.includes("?")) {
          return pass();
        }
        made ??= make();
        const type = `multipart/related; type="application/dicom"; boundary="${made.boundary}"`;
        return answer(200, { "Content-Type": type }, made.body);
      }),
    ...more,
  };
}

/** Bodies that are made to keep a reader busy. */
export const documentKinds: readonly Kind[] = [
  atOnce(
    "answers with 100,000 arrays in each other",
    (socket) => {
      const body = "[".repeat(100_000) + "]".repeat(100_000);
      socket.end(`${json}Content-Length: ${body.length}\r\n\r\n${body}`);
    },
    /is not a DICOMweb service/,
  ),
  withMetadata("answers with 100,000 objects in each other", () => nested(100_000)),
  withMetadata("answers with 60 MB of JSON that keeps every rule", () => {
    const dataset = JSON.stringify({ "00100020": { vr: "LO", Value: ["hostile"] } });
    return `[${Array.from({ length: Math.floor(60_000_000 / (dataset.length + 1)) }, () => dataset).join(",")}]`;
  }),
  rare(
    withMetadata("answers with 400,000 breaches of DICOM JSON", () => {
      const broken = Array.from({ length: 400_000 }, (_, index) => `{"${index}":1}`);
      return `[${broken.join(",")}]`;
    }),
  ),
  rare(
    withMetadata("answers with one attribute that has a million wrong values", () => {
      const values = Array.from({ length: 1_000_000 }, (_, index) => `"${index}x"`);
      return `[{"00280010":{"vr":"US","Value":[${values.join(",")}]}}]`;
    }),
  ),
  rare(
    withMetadata(
      "answers with a member name of ten million characters",
      () => `[{"${"\\u001b".repeat(1_000)}${"n".repeat(10_000_000)}":{"vr":"LO"}}]`,
    ),
  ),
  rare(
    withMetadata(
      "answers with a number of ten million digits",
      () => `[{"00200013":{"vr":"IS","Value":[${"9".repeat(10_000_000)}]}}]`,
    ),
  ),
  withParts("sends a million parts", () => ({
    boundary: "b",
    body: `${"--b\r\nContent-Type: application/dicom\r\n\r\nx\r\n".repeat(1_000_000)}--b--`,
  })),
  rare(
    withParts("sends a part with a million header lines", () => ({
      boundary: "b",
      body: `--b\r\n${"X: y\r\n".repeat(1_000_000)}\r\nx\r\n--b--`,
    })),
  ),
  rare(
    withParts("sends ten million dashes behind a boundary of seventy", () => ({
      boundary: `${"-".repeat(69)}b`,
      body: `--${"-".repeat(69)}b\r\n\r\n${"-".repeat(10_000_000)}`,
    })),
  ),
  rare(
    withParts("sends ten million line ends between boundaries that never come", () => ({
      boundary: "b",
      body: `--b\r\n${"\r\n--".repeat(2_500_000)}`,
    })),
  ),
];
