import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { Kind, Scene } from "./kind.ts";
import { smokeOnly } from "./kind.ts";

/** Answers one request with whatever bytes it likes. */
export type Reply = (socket: Socket, head: string) => unknown;

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens at any free port; its open connections end with it. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

/** A service that writes its bytes itself, below every HTTP library. */
export async function rawService(reply: Reply): Promise<Scene> {
  const { port, close } = await listen(createServer((socket) => answerEach(socket, reply)));
  return { url: `http://127.0.0.1:${port}/v2`, close };
}

export async function tlsService(options: TlsOptions, reply: Reply): Promise<Scene> {
  const server = createTlsServer(options, (socket) => answerEach(socket, reply));
  server.on("tlsClientError", () => {});
  const { port, close } = await listen(server);
  return { url: `https://127.0.0.1:${port}/v2`, close };
}

function answerEach(socket: Socket, reply: Reply): void {
  let received = "";
  socket.on("error", () => {});
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    for (let end = received.indexOf("\r\n\r\n"); end >= 0; end = received.indexOf("\r\n\r\n")) {
      const head = received.slice(0, end);
      received = received.slice(end + 4);
      reply(socket, head);
    }
  });
}

/** A port where nobody may ever knock. */
export async function trap(): Promise<Listening & { readonly objections: () => string[] }> {
  const heard: string[] = [];
  const { port, close } = await listen(
    createServer((socket) => {
      heard.push("a connection");
      socket.on("error", () => {}).on("data", (data) => heard.push(data.toString("latin1").slice(0, 300)));
    }),
  );
  return { port, close, objections: () => heard.map((text) => `the trap heard: ${text}`) };
}

/** Ends in the smoke step. */
export function atOnce(name: string, reply: Reply, says: RegExp, more: Partial<Kind> = {}): Kind {
  return { name, flags: smokeOnly, exitCode: 2, says, open: () => rawService(reply), ...more };
}

export const json = "HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\n";

/** Writes what does not end until the other side hangs up. */
export function flood(socket: Socket, piece: string | Buffer): void {
  const fill = () => {
    while (!socket.destroyed && socket.write(piece)) {}
  };
  socket.on("drain", fill);
  fill();
}

/** Writes a piece again and again. @param every milliseconds */
export function drip(socket: Socket, piece: string, every: number): void {
  const timer = setInterval(() => socket.write(piece), every);
  socket.on("close", () => clearInterval(timer));
}
