import { gateway, type Visit } from "./gateway.testing.ts";
import { type Kind, rare, smokeOnly } from "./kind.ts";

const many = ["--timeout", "2", "--suite", "retrieve"];

/** Behaves until so many requests came, and then does something else for ever: nothing that is HTTP. */
function dying(name: string, after: number, then: (visit: Visit) => unknown, more: Partial<Kind> = {}): Kind {
  return {
    name,
    flags: many,
    exitCode: 2,
    says: /^The service has stopped answering: no violation so far/m,
    open: async () => {
      let diedAt: number | undefined;
      const scene = await gateway((visit) => {
        if (visit.number <= after) {
          return visit.pass();
        }
        diedAt ??= Date.now();
        return then(visit);
      });
      return { ...scene, diedAt: () => diedAt };
    },
    ...more,
  };
}

/** Behaves for sixty requests, and goes on to answer after that. */
function turning(
  name: string,
  then: (visit: Visit) => unknown,
  says: RegExp,
  more: Partial<Kind> = {},
): Kind {
  const open = () => gateway((visit) => (visit.number <= 60 ? visit.pass() : then(visit)));
  return { name, flags: many, exitCode: 2, says, open, ...more };
}

const busy = (seconds: string | number) => (visit: Visit) =>
  visit.answer(503, { "Retry-After": String(seconds) });
const overtime = /^The time of the run \(--max-time\) was over: no violation so far/m;

/** Services that do well for a while. */
export const dyingKinds: readonly Kind[] = [
  dying("falls silent half-way", 60, () => {}),
  rare(dying("hangs up on everybody half-way", 60, ({ request }) => request.socket.destroy())),
  rare(dying("resets every connection half-way", 60, ({ request }) => request.socket.resetAndDestroy())),
  rare(
    dying("speaks no HTTP any more half-way", 60, ({ request }) => request.socket.end("+OK POP3 ready\r\n")),
  ),
  dying("falls silent while query tags are judged", 25, () => {}, {
    flags: ["--timeout", "2", "--suite", "extended-query-tags"],
  }),
  rare(
    dying("falls silent in the middle of the story", 15, () => {}, {
      flags: ["--timeout", "2", "--requirement", "COLLECTION-001"],
      says: /^(The service has stopped answering|Nothing was judged; the first reason: .*no response within 2 s)/m,
    }),
  ),
  {
    name: "closes its port half-way",
    isRare: true,
    flags: many,
    exitCode: 2,
    says: /^The service has stopped answering: no violation so far/m,
    open: async () => {
      let diedAt: number | undefined;
      const scene = await gateway(async (visit) => {
        if (visit.number === 60) {
          diedAt = Date.now();
          await scene.close();
        }
        return diedAt === undefined ? visit.pass() : visit.request.socket.destroy();
      });
      return { ...scene, diedAt: () => diedAt, close: async () => {} };
    },
  },
  turning("asks to wait a second for ever", busy(1), overtime, {
    maxTime: 10,
    saysAlso: [/answered 503 and asks to wait/],
  }),
  rare(
    turning(
      "asks to wait until next year",
      busy("Fri, 31 Dec 2199 23:59:59 GMT"),
      /could not be judged; the first reason: .*too busy/,
    ),
  ),
  rare({
    name: "is too busy from the begin",
    flags: smokeOnly,
    exitCode: 2,
    says: /cannot answer now \(status 503/,
    saysAlso: [/answered 503 and asks to wait: 1 s/],
    open: () => gateway(busy(1)),
  }),
  rare({
    name: "is too busy from the begin, longer than the run may take",
    flags: smokeOnly,
    maxTime: 3,
    exitCode: 2,
    says: /cannot answer now \(status 503|--max-time/,
    open: () => gateway(busy(2)),
  }),
  rare({
    name: "answers every second request only",
    flags: many,
    maxTime: 10,
    exitCode: 2,
    says: /^(The time of the run \(--max-time\) was over|The service has stopped answering): no violation/m,
    open: () => gateway(({ number, pass }) => (number > 20 && number % 2 === 0 ? undefined : pass())),
  }),
  rare({
    name: "falls silent when something is to be deleted, and the person does not mind",
    flags: ["--timeout", "2", "--suite", "search", "--keep"],
    exitCode: 0,
    says: /^Conforms: .* Warning: \d+ resource\(s\) of this run are left in the service/m,
    saysAlso: [/LEFT BEHIND/],
    open: () => gateway(({ method, pass }) => (method === "DELETE" ? undefined : pass())),
  }),
  {
    name: "falls silent when something is to be deleted",
    flags: ["--timeout", "2", "--suite", "search"],
    exitCode: 2,
    says: /does not give back what is stored: .*no response within 2 s.*--keep/,
    open: () => gateway(({ method, pass }) => (method === "DELETE" ? undefined : pass())),
  },
  {
    name: "falls silent, and the person loses patience",
    flags: ["--timeout", "30", "--suite", "search"],
    exitCode: 143,
    says: /Finishing the checks that run/,
    open: async ({ signal }) =>
      gateway(({ number, pass }) => {
        if (number === 20) {
          setTimeout(() => signal("SIGTERM"), 500);
          setTimeout(() => signal("SIGTERM"), 1_500);
        }
        return number < 20 ? pass() : undefined;
      }),
  },
];
