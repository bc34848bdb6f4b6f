import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  anywhere,
  headersOf,
  type Route,
  requestTo,
  statusOf,
} from "../proof/spoil.ts";

const resources = ["studies", "series", "instances", "changefeed", "extendedquerytags", "operations"];
const isUnknownRoute: Route = ({ version, path }) =>
  version.startsWith("v") && !resources.includes(path.split(/[/?]/)[1] ?? "");

fault("answers 200 below routes without a version", {
  noticedBy: ["SERVICE-016", "STORE-006"],
  answer: statusOf(({ version }) => resources.includes(version), 200),
});

fault("takes an unknown version for the newest one", {
  noticedBy: ["SERVICE-017", "STORE-006"],
  arrival: requestTo(({ version }) => /^v(?![12]\b)/.test(version), { version: "v2" }),
});

fault("names only the version that was called", {
  noticedBy: ["SERVICE-019", "STORE-006"],
  answer: headersOf(anywhere, (headers, { api }) => ({ ...headers, "api-supported-versions": api.slice(1) })),
});

fault("answers an unknown route with a web page", {
  noticedBy: ["SERVICE-022"],
  answer: answerOf(all(isUnknownRoute, answered(404)), { status: 200, type: "text/html", body: "<p>Hello" }),
});

fault("calls routes without a version a bad request", {
  noticedBy: ["SERVICE-016", "STORE-006"],
  answer: statusOf(({ version }) => resources.includes(version), 400),
});
