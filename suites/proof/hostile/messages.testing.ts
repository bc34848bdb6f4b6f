import { gzipSync } from "node:zlib";
import { gateway } from "./gateway.testing.ts";
import { judging, type Kind, rare } from "./kind.ts";
import { atOnce, json } from "./raw-service.testing.ts";

const brokenRules = /the response breaks the rules of HTTP: (?!.*https)/;
const wrongLength = /the response breaks the rules of HTTP(?!.*https).*Content-Length/;
const gzipped = gzipSync("[]");

/** Lengths, headers, interim responses and content codings, lawful and not. */
export const messageKinds: readonly Kind[] = [
  atOnce(
    "promises more bytes than it sends",
    (socket) => socket.end(`${json}Content-Length: 50\r\n\r\n[]`),
    /the response was cut off: 2 of 50 bytes came/,
  ),
  rare(
    atOnce(
      "gives two lengths",
      (socket) => socket.end(`${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]`),
      wrongLength,
    ),
  ),
  atOnce(
    "gives a length and chunks together",
    (socket) =>
      socket.end(`${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`),
    /the response breaks the rules of HTTP(?!.*https).*Content-Length.* Transfer-Encoding/,
  ),
  rare(
    atOnce(
      "gives a length below zero",
      (socket) => socket.end(`${json}Content-Length: -5\r\n\r\n[]`),
      brokenRules,
    ),
  ),
  rare(
    atOnce(
      "gives a length of thirty digits",
      (socket) => socket.end(`${json}Content-Length: ${"9".repeat(30)}\r\n\r\n[]`),
      wrongLength,
    ),
  ),
  rare(
    atOnce(
      "gives chunk sizes that are no numbers",
      (socket) => socket.end(`${json}Transfer-Encoding: chunked\r\n\r\nlots\r\n[]\r\n0\r\n\r\n`),
      brokenRules,
    ),
  ),
  atOnce(
    "sends a header line without a colon",
    (socket) => socket.end("HTTP/1.1 200 OK\r\nthis is no header\r\n\r\n"),
    brokenRules,
  ),
  rare(
    atOnce(
      "sends a status of four digits",
      (socket) => socket.end("HTTP/1.1 2000 OK\r\n\r\n"),
      /is not HTTP|breaks the rules of HTTP/,
    ),
  ),
  atOnce(
    "names a coding that the body is not in",
    (socket) => socket.end(`${json}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n[]`),
    /not in the Content-Encoding that its header names/,
  ),
  rare(
    atOnce(
      "cuts a gzip body off",
      (socket) => {
        const half = gzipped.subarray(0, 15);
        socket.write(`${json}Content-Encoding: gzip\r\nContent-Length: ${half.length}\r\n\r\n`);
        socket.end(half);
      },
      /the response was cut off: 2 bytes came|ends in the middle of its Content-Encoding/,
    ),
  ),
  {
    name: "sends 100 Continue and 103 Early Hints before every answer, as it may",
    flags: judging("STORE-001", "RETRIEVE-001"),
    exitCode: 0,
    says: /^Conforms: 2 requirement\(s\) judged/m,
    open: () =>
      gateway(({ response, pass }) => {
        response.writeContinue();
        response.writeEarlyHints({ link: "</style.css>; rel=preload" });
        return pass();
      }),
  },
  rare({
    name: "packs every answer twice with gzip, and says so",
    flags: judging("STORE-001", "RETRIEVE-051"),
    exitCode: 0,
    says: /^Conforms: 2 requirement\(s\) judged/m,
    open: () =>
      gateway(({ pass }) =>
        pass((answer) => {
          if (answer.body.length > 0) {
            answer.body = gzipSync(gzipSync(answer.body));
            answer.headers.push("Content-Encoding", "gzip, gzip");
          }
        }),
      ),
  }),
  rare({
    name: "names a coding that nobody knows on plain bodies",
    flags: [...judging("STORE-001"), "--notes"],
    exitCode: 0,
    says: /^Conforms: 1 requirement/m,
    saysAlso: [/Content-Encoding "x-secret-sauce" is not known/],
    open: () =>
      gateway(({ pass }) => pass((answer) => void answer.headers.push("Content-Encoding", "x-secret-sauce"))),
  }),
  rare({
    name: "sends more bytes than it promises",
    flags: judging("RETRIEVE-051"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      gateway(({ path, response, pass }) =>
        path.endsWith("/metadata")
          ? response.socket?.write(`${json}Content-Length: 2\r\n\r\n[]${"x".repeat(100)}`)
          : pass(),
      ),
  }),
];
