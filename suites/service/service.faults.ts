import { fault } from "../proof/fault.ts";
import {
  all,
  answered,
  answerOf,
  anywhere,
  headersOf,
  type Route,
  requestTo,
  route,
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

fault("stores without a version", {
  noticedBy: ["SERVICE-016", "STORE-006"],
  arrival: requestTo(({ method, version }) => method === "POST" && version === "studies", {
    version: "v2",
    path: "/studies",
  }),
});

fault("gives metadata without a version", {
  noticedBy: ["SERVICE-016"],
  arrival: requestTo(
    ({ version, path }) => version === "studies" && path.endsWith("/metadata"),
    ({ path }) => ({ version: "v2", path: `/studies${path}` }),
  ),
});

fault("reads of a version its first digit only", {
  noticedBy: ["SERVICE-017"],
  arrival: requestTo(
    ({ version }) => /^v?[12]\b/.test(version) && !/^v[12]$|^v1\.0-/.test(version),
    ({ version }) => ({ version: `v${/[12]/.exec(version)}` }),
  ),
});

fault("does not name its versions where it finds nothing", {
  noticedBy: ["SERVICE-019"],
  answer: headersOf(answered(404), ({ "api-supported-versions": _, ...headers }) => headers),
});

fault("does not name its versions in the change feed", {
  noticedBy: ["SERVICE-019"],
  answer: headersOf(
    ({ path }) => path.startsWith("/changefeed"),
    ({ "api-supported-versions": _, ...headers }) => headers,
  ),
});

fault("calls a version deprecated that it does not serve any more", {
  noticedBy: ["SERVICE-019"],
  answer: headersOf(anywhere, (headers) => ({ ...headers, "api-deprecated-versions": "0.9" })),
});

fault("answers an unknown route with a stack trace", {
  noticedBy: ["SERVICE-022"],
  answer: answerOf(all(isUnknownRoute, answered(404)), {
    type: "text/plain",
    body: "System.InvalidOperationException: no such route\n   at Dicom.Web.Router.Route(String path)",
  }),
});

fault("takes what is posted to the series", {
  noticedBy: ["SERVICE-022"],
  answer: statusOf(route("POST", /^\/series$/), 202),
});
