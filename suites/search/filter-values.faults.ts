import { fault } from "../proof/fault.ts";
import { all, isSearch, outcomeOf, pathTo, queryTo, queryWithout } from "../proof/spoil.ts";

const plain = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

fault("takes an empty value for any", {
  noticedBy: ["SEARCH-045"],
  arrival: queryWithout(isSearch, (name, value) => /^[A-Z0]/.test(name) && value.trim() === ""),
});

fault("minds the case of texts", {
  noticedBy: ["SEARCH-040", "SEARCH-041"],
  behaviour: { sameText: (stored, wanted) => stored === wanted },
});

fault("shows a text as it was asked for", {
  noticedBy: ["SEARCH-040"],
  answer: (answer, request) => {
    const [, wanted] = /[?&](?:PatientID|StudyDescription)=(a[^&]*)/.exec(request.path) ?? [];
    if (wanted !== undefined && isSearch(request)) {
      answer.body = Buffer.from(answer.body.toString().replaceAll(new RegExp(wanted, "gi"), wanted));
    }
  },
});

fault("does not mind accents in texts", {
  noticedBy: ["SEARCH-041"],
  behaviour: outcomeOf("sameText", (is, stored, wanted) => is || plain(stored) === plain(wanted)),
});

fault("refuses a value with an asterisk", {
  noticedBy: ["SEARCH-042"],
  arrival: queryTo(isSearch, ([name, value]) => [value.includes("*") ? "asterisk" : name, value]),
});

fault("decodes a filter twice", {
  noticedBy: ["SEARCH-046"],
  arrival: pathTo(
    all(isSearch, ({ path }) => /%25[0-9A-F]{2}/.test(path)),
    (path) => path.replaceAll("%25", "%"),
  ),
});
