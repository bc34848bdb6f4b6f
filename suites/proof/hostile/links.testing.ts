import { type Answer, gateway } from "./gateway.testing.ts";
import { judging, type Kind, rare, type Scene, smokeOnly } from "./kind.ts";
import { type Listening, rawService, trap } from "./raw-service.testing.ts";

/** Ways to name another host where a path is expected. */
function linksTo(port: number): string[] {
  return [
    `x:@127.0.0.1:${port}/v2/studies/1.2`,
    `x:.127.0.0.1:${port}/v2/studies/1.2`,
    `//127.0.0.1:${port}/v2/studies/1.2`,
    `http://127.0.0.1:${port}/v2/studies/1.2`,
    `http://user:pass@127.0.0.1:${port}/v2/studies/1.2`,
    `\\\\127.0.0.1:${port}\\v2\\studies\\1.2`,
    `http:127.0.0.1:${port}/v2/studies/1.2`,
    `/\\127.0.0.1:${port}/studies/1.2`,
    `http://127.0.0.1:${port}#@/v2/studies/1.2`,
    `ftp://127.0.0.1:${port}/studies/1.2`,
    `file:///etc/passwd`,
  ];
}

async function withTrap(open: (caught: Listening) => Promise<Scene>): Promise<Scene> {
  const caught = await trap();
  const scene = await open(caught);
  return {
    ...scene,
    objections: caught.objections,
    close: async () => {
      await scene.close();
      await caught.close();
    },
  };
}

/** Replaces all URLs of an answer. */
function relinked(answer: Answer, link: string): void {
  const written = JSON.stringify(link).slice(1, -1);
  answer.body = Buffer.from(answer.body.toString().replaceAll(/https?:\/\/[^"]+/g, () => written));
}

/** Links and redirects that lead away, or nowhere. */
export const linkKinds: readonly Kind[] = [
  {
    name: "gives links to another host, in eleven spellings",
    flags: judging("STORE-009", "STORE-002", "OPERATION-002", "OPERATION-005"),
    exitCode: 1,
    says: /Does not conform: \d violation/,
    open: () =>
      withTrap(({ port }) => {
        const links = linksTo(port);
        return gateway(({ method, number, pass }) =>
          pass((answer) => {
            const link = links[number % links.length] ?? "";
            if (method === "POST" || answer.status === 202) {
              relinked(answer, link);
            }
            answer.headers = answer.headers.map((value, index) =>
              /^location$/i.test(answer.headers[index - 1] ?? "") ? encodeURI(link) : value,
            );
          }),
        );
      }),
  },
  {
    name: "gives a link of one megabyte",
    flags: judging("STORE-009", "STORE-002"),
    exitCode: 1,
    says: /Does not conform: 2 violation/,
    open: () =>
      gateway(({ method, pass }) =>
        pass((answer) => {
          if (method === "POST") {
            relinked(answer, `http://127.0.0.1/v2/studies/${"1.".repeat(500_000)}`);
          }
        }),
      ),
  },
  rare({
    name: "gives links of twenty megabytes to its own address",
    flags: judging("STORE-002"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      gateway(({ method, path, request, pass }) =>
        method === "POST"
          ? pass((answer) =>
              relinked(answer, `http://${request.headers.host}/v2/studies/${"1.".repeat(10_000_000)}`),
            )
          : path.length > 10_000
            ? undefined
            : pass(),
      ),
  }),
  {
    name: "redirects the first search to another host",
    flags: smokeOnly,
    exitCode: 2,
    says: /redirects to .* \(status 302\): give the address itself/,
    open: () =>
      withTrap(({ port }) =>
        rawService((socket) =>
          socket.end(
            `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${port}/v2/studies\r\nContent-Length: 0\r\n\r\n`,
          ),
        ),
      ),
  },
  rare({
    name: "redirects all else to another host",
    flags: judging("STORE-001", "RETRIEVE-001", "DELETE-001"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      withTrap(({ port }) =>
        gateway(({ path, pass, answer }) =>
          path.includes("limit=1")
            ? pass()
            : answer(307, { Location: `http://127.0.0.1:${port}${path}`, "X-Accel-Redirect": "/etc/passwd" }),
        ),
      ),
  }),
  rare({
    name: "redirects to itself for ever",
    flags: judging("STORE-001"),
    exitCode: 1,
    says: /Does not conform: 1 violation/,
    open: () =>
      gateway(({ path, pass, answer }) =>
        path.includes("limit=1") ? pass() : answer(308, { Location: path, "Retry-After": "0" }),
      ),
  }),
];
