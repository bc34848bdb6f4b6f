import { gzipSync } from "node:zlib";
import { gateway } from "./gateway.testing.ts";
import { judging, type Kind, rare } from "./kind.ts";
import { atOnce, flood, json } from "./raw-service.testing.ts";

const mebibyte = 1024 * 1024;
const piece = Buffer.alloc(mebibyte, " ");
/** 256 MiB of blanks in 256 KiB; packed again in less than one. */
const bomb = gzipSync(Buffer.alloc(256 * mebibyte, " "));
const bombInBomb = gzipSync(bomb);
const tooLong = /the response is longer than (\d+) MiB/;

function bombed(coding: string, body: Buffer) {
  return (socket: { write(bytes: string | Buffer): unknown }) => {
    socket.write(`${json}Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };
}

/** More than anybody asked for. */
export const floodKinds: readonly Kind[] = [
  atOnce(
    "sends a body without end",
    (socket) => {
      socket.write(`${json}Connection: close\r\n\r\n`);
      flood(socket, piece);
    },
    tooLong,
  ),
  rare(
    atOnce(
      "sends a body in one-byte chunks without end",
      (socket) => {
        socket.write(`${json}Transfer-Encoding: chunked\r\n\r\n`);
        flood(socket, "1\r\n[\r\n".repeat(10_000));
      },
      /longer than 1 MiB|not complete after 5 s/,
      { flags: ["--timeout", "0.5", "--max-body", "1"] },
    ),
  ),
  rare(
    atOnce(
      "sends a header without end",
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nX: ");
        flood(socket, "y".repeat(65_536));
      },
      /its headers are longer than any that are read/,
    ),
  ),
  atOnce(
    "sends header lines without end",
    (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      flood(socket, "X: y\r\n".repeat(10_000));
    },
    /its headers are longer than any that are read/,
  ),
  atOnce(
    "sends 100 Continue without end",
    (socket) => flood(socket, "HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000)),
    /no response within 0\.5 s|not complete after 5 s|breaks the rules of HTTP/,
    { flags: ["--timeout", "0.5"] },
  ),
  rare(
    atOnce(
      "sends 102 Processing without end",
      (socket) => flood(socket, "HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000)),
      /no response within 0\.5 s|not complete after 5 s|breaks the rules of HTTP/,
      { flags: ["--timeout", "0.5"] },
    ),
  ),
  rare(atOnce("sends a gzip bomb", bombed("gzip", bomb), tooLong)),
  atOnce("sends a gzip bomb packed in gzip", bombed("gzip, gzip", bombInBomb), tooLong),
  rare(
    atOnce(
      "names gzip a thousand times",
      bombed(Array.from({ length: 1_000 }, () => "gzip").join(", "), bomb),
      /is not a DICOMweb service/,
    ),
  ),
  {
    name: "sends gzip bombs for all that it holds",
    flags: [...judging("RETRIEVE-001", "RETRIEVE-051", "RETRIEVE-003", "RETRIEVE-048")],
    exitCode: 2,
    says: /the first reason: .*longer than 64 MiB/,
    open: () =>
      gateway((visit) => {
        const { method, path, pass, answer } = visit;
        const headers = { "Content-Type": "application/dicom+json", "Content-Encoding": "gzip" };
        return method === "GET" && !path.includes("limit=1") ? answer(200, headers, bomb) : pass();
      }),
  },
  rare({
    name: "sends bodies without end for all that it holds",
    flags: [...judging("RETRIEVE-001", "RETRIEVE-051", "RETRIEVE-003", "RETRIEVE-048"), "--max-body", "16"],
    exitCode: 2,
    says: /the first reason: .*(longer than 16 MiB|not complete)/,
    open: () =>
      gateway(({ method, path, pass, response }) => {
        if (method !== "GET" || path.includes("limit=1") || response.socket === null) {
          return pass();
        }
        response.socket.write(`${json}Connection: close\r\n\r\n`);
        return flood(response.socket, piece);
      }),
  }),
];
