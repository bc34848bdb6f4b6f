import { createServer } from "node:net";
import { type Kind, rare, smokeOnly } from "./kind.ts";
import { atOnce, drip, flood, json, listen } from "./raw-service.testing.ts";

const quick = { flags: ["--timeout", "0.5"] };

/** What can become of a connection before an answer is whole. */
export const connectionKinds: readonly Kind[] = [
  atOnce("takes the connection and says nothing", () => {}, /no response within 1 s/, {
    flags: ["--timeout", "1"],
  }),
  rare(
    atOnce(
      "drips the head of its answer",
      (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        drip(socket, "X: y\r\n", 100);
      },
      /no response within 0\.5 s|not complete after 5 s|breaks the rules of HTTP/,
      quick,
    ),
  ),
  atOnce(
    "drips the body of its answer",
    (socket) => {
      socket.write(`${json}Content-Length: 100000\r\n\r\n`);
      drip(socket, " ", 100);
    },
    /the response was not complete after 5 s/,
    quick,
  ),
  rare(
    atOnce(
      "stops in the middle of the body",
      (socket) => socket.write(`${json}Content-Length: 1000\r\n\r\n[`),
      /stopped in the middle for more than 1 s/,
      { flags: ["--timeout", "1"] },
    ),
  ),
  rare(atOnce("hangs up without a word", (socket) => socket.end(), /the connection was closed/)),
  rare(
    atOnce(
      "resets the connection in the middle of the head",
      (socket) => socket.write("HTTP/1.1 200 O", () => socket.resetAndDestroy()),
      /the connection was closed/,
    ),
  ),
  atOnce(
    "resets the connection in the middle of the body",
    (socket) => {
      socket.write(`${json}Content-Length: 1000\r\n\r\n[{`);
      setTimeout(() => socket.resetAndDestroy(), 100);
    },
    /the response was cut off: 2 of 1000 bytes came/,
  ),
  atOnce(
    "cuts a chunked body off",
    (socket) => socket.end(`${json}Transfer-Encoding: chunked\r\n\r\n5\r\n[{},{\r\n`),
    /the response was cut off: 5 bytes came/,
  ),
  rare(
    atOnce(
      "answers in another protocol",
      (socket) => socket.end("220 mail.example ESMTP\r\n"),
      /is not HTTP/,
    ),
  ),
  {
    name: "speaks first, and not HTTP",
    flags: smokeOnly,
    exitCode: 2,
    says: /is not HTTP|the connection was closed/,
    open: async () => {
      const server = createServer((socket) => {
        socket.on("error", () => {}).write("SSH-2.0-OpenSSH_9.6\r\n");
      });
      const { port, close } = await listen(server);
      return { url: `http://127.0.0.1:${port}/v2`, close };
    },
  },
  rare(
    atOnce(
      "sends random bytes without end",
      (socket) =>
        flood(socket, Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 251))),
      /is not HTTP/,
    ),
  ),
];
