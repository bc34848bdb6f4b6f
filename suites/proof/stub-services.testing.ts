import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A service of a few lines that is no DICOMweb service at all: nothing may conform there. */
export interface StubService {
  readonly url: string;
  close(): Promise<void>;
}

const dicomJson = { "Content-Type": "application/dicom+json" };
const oneDataset = JSON.stringify([
  {
    "0020000D": { vr: "UI", Value: ["1.2.3"] },
    "0020000E": { vr: "UI", Value: ["1.2.4"] },
    "00080018": { vr: "UI", Value: ["1.2.5"] },
  },
]);

const always =
  (status: number, headers: Record<string, string> = {}, body = ""): RequestListener =>
  (request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(body));
  };

/** By what they do, to every request alike. */
export const stubBehaviours: Readonly<Record<string, RequestListener>> = {
  "answers 404": always(404),
  "answers 200 without a body": always(200),
  "answers 200 with an empty list": always(200, dicomJson, "[]"),
  "answers 200 with one fixed dataset": always(200, dicomJson, oneDataset),
  "answers 200 with a web page": always(
    200,
    { "Content-Type": "text/html" },
    "<!doctype html><p>It works!</p>",
  ),
  "answers 204": always(204),
  "answers 400": always(400, { "Content-Type": "text/plain" }, "Bad Request"),
  "answers 405": always(405),
  "answers 406": always(406),
  "answers 409": always(409, dicomJson, "{}"),
  "answers 500": always(500, { "Content-Type": "text/plain" }, "Internal Server Error"),
  "closes the connection": (request) => void request.socket.destroy(),
  "never answers": () => {},
};

export async function startStub(behaviour: RequestListener): Promise<StubService> {
  const server = createServer(behaviour);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
