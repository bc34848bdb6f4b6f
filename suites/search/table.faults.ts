import { fault } from "../proof/fault.ts";
import { all, answered, answerOf, isSearch, pathTo, queryTo, queryWithout, route } from "../proof/spoil.ts";

fault("ignores the model name of the manufacturer at the series of a study", {
  noticedBy: ["SEARCH-024", "SEARCH-064"],
  arrival: queryWithout(
    route("GET", /^\/studies\/[^/]+\/series\?/),
    (name) => name === "ManufacturerModelName",
  ),
});

fault("does not know the tag of a referring physician among instances", {
  noticedBy: ["SEARCH-024", "SEARCH-019"],
  arrival: queryTo(route("GET", /^\/instances\?/), ([name, value]) => [
    name === "00080090" ? "00080091" : name,
    value,
  ]),
});

fault("prefers the study of the query to that of the path", {
  noticedBy: ["SEARCH-026", "SEARCH-025"],
  arrival: pathTo(isSearch, (path) => {
    const [, study] = /[?&](?:StudyInstanceUID|0020000D)=([\d.]+)/.exec(path) ?? [];
    return study === undefined || !path.startsWith("/studies/")
      ? path
      : path.replace(/^\/studies\/[\d.]+/, `/studies/${study}`).replace(/\?.*$/, "");
  }),
});

fault("drops what follows the dot of a path into a sequence", {
  noticedBy: ["SEARCH-022"],
  arrival: queryTo(isSearch, ([name, value]) => [
    name,
    name === "includefield" ? (value.split(".")[0] ?? "") : value,
  ]),
});

fault("ignores filters by attributes in sequences", {
  noticedBy: ["SEARCH-022"],
  arrival: queryWithout(isSearch, (name) => name.includes(".")),
});

fault("finds nothing below a malformed UID", {
  noticedBy: ["SEARCH-018"],
  answer: answerOf(all(route("GET", /^\/studies\/[^/?]*[a-z%][^/?]*\//), answered(400)), {
    status: 204,
    body: "",
  }),
});

fault("does not look at the UID of the series in a path", {
  noticedBy: ["SEARCH-018"],
  answer: answerOf(all(route("GET", /\/series\/[^/?]*[a-z%][^/?]*\/instances/), answered(400)), {
    status: 204,
    body: "",
  }),
});

fault("takes no UID of 64 characters in a path", {
  noticedBy: ["SEARCH-018"],
  answer: answerOf(
    all(isSearch, ({ path }) => /\/[\d.]{64}\//.test(path)),
    { status: 400, type: "text/plain", body: "The StudyInstanceUID or SeriesInstanceUID is too long." },
  ),
});
