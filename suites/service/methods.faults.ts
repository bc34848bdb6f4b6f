import { fault } from "../proof/fault.ts";
import { all, answered, headersOf, route, statusOf } from "../proof/spoil.ts";

fault("does not say which methods it allows", {
  noticedBy: ["SERVICE-023"],
  answer: headersOf(answered(405), ({ allow: _, ...headers }) => headers),
});

fault("would delete all studies at once", {
  noticedBy: ["SERVICE-023"],
  answer: headersOf(
    all(({ path }) => path === "/studies", answered(405)),
    (headers) => ({ ...headers, allow: "DELETE, GET, POST" }),
  ),
});

fault("allows the method that it refuses", {
  noticedBy: ["SERVICE-023"],
  answer: headersOf(answered(405), (headers, { method }) => ({
    ...headers,
    allow: `${headers.allow}, ${method}`,
  })),
});

fault("takes what is put to a study", {
  noticedBy: ["SERVICE-023"],
  answer: statusOf(route("PUT", /^\/studies\/[^/]+$/), 200),
});

fault("takes what is posted to the change feed", {
  noticedBy: ["SERVICE-023", "CHANGEFEED-037"],
  answer: statusOf(route("POST", /^\/changefeed/), 200),
});
