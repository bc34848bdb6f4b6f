import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { buffer } from "node:stream/consumers";
import { startReferenceServer } from "../../../fixtures/reference-server/server.ts";
import type { Scene } from "./kind.ts";
import { listen } from "./raw-service.testing.ts";

export interface Answer {
  status: number;
  /** Name, value, name, value. */
  headers: string[];
  body: Buffer;
}

/** One request at the gateway. */
export interface Visit {
  readonly method: string;
  /** Below the root, version included. */
  readonly path: string;
  /** Of requests so far, this one included. */
  readonly number: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Lets the honest service answer. */
  pass(spoil?: (answer: Answer) => void): Promise<void>;
  /** Answers itself. */
  answer(status: number, headers?: Readonly<Record<string, string>>, body?: string | Buffer): void;
}

export type Hook = (visit: Visit) => unknown;

/** Stands before an honest service, and does to each request what it likes. */
export async function gateway(hook: Hook): Promise<Scene & { readonly honestUrl: string }> {
  const honest = await startReferenceServer();
  const agent = new Agent({ keepAlive: true });
  let number = 0;
  const server = createServer((request, response) => {
    number += 1;
    response.on("error", () => {});
    const visit = visitOf(request, response, { honestUrl: honest.url, agent, number });
    // What is still on its way when the run ends fails; nobody waits for it.
    Promise.resolve(hook(visit)).catch(() => response.destroy());
  });
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/v2`,
    honestUrl: honest.url,
    close: async () => {
      await close();
      agent.destroy();
      await honest.close();
    },
  };
}

function visitOf(
  request: IncomingMessage,
  response: ServerResponse,
  { honestUrl, agent, number }: { honestUrl: string; agent: Agent; number: number },
): Visit {
  const { method = "GET", url: path = "/" } = request;
  return {
    method,
    path,
    number,
    request,
    response,
    answer: (status, headers = {}, body = "") => {
      request.resume();
      response.writeHead(status, headers).end(body);
    },
    pass: async (spoil) => {
      const answer = await forward(request, `${honestUrl}${path}`, agent);
      spoil?.(answer);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    },
  };
}

async function forward(request: IncomingMessage, url: string, agent: Agent): Promise<Answer> {
  const body = await buffer(request);
  return new Promise((resolve, reject) => {
    const options = { method: request.method, headers: request.rawHeaders, agent };
    const sent = send(url, options, (came) => void wholeAnswer(came).then(resolve, reject));
    sent.on("error", reject).end(body);
  });
}

async function wholeAnswer(came: IncomingMessage): Promise<Answer> {
  const hopByHop = /^(content-length|transfer-encoding|connection|keep-alive)$/i;
  return {
    status: came.statusCode ?? 0,
    headers: without(came.rawHeaders, hopByHop),
    body: await buffer(came),
  };
}

function without(raw: readonly string[], names: RegExp): string[] {
  return raw.filter((_, index) => !names.test(raw[index - (index % 2)] ?? ""));
}

export const isSmoke = ({ path }: Visit) => path.endsWith("/studies?limit=1");

export function dicomJson(visit: Visit, body: string | Buffer): void {
  visit.answer(200, { "Content-Type": "application/dicom+json" }, body);
}
