import { checkRows, expect, given, must, oneOf, statement, without, withoutStackTrace } from "../words.ts";
import { givenFindable, searchResourcesOf } from "./search-resources.ts";

/** One search of each kind that is refused: what the refusal names of it, and which requirement has it refused. */
const refused = {
  "an attribute that cannot be searched by": ["/studies?PatientSex=M", "PatientSex", "SEARCH-021"],
  "an unknown attribute": ["/studies?NotAnAttribute=x", "NotAnAttribute", "SEARCH-020"],
  "an attribute twice": ["/studies?PatientID=a&PatientID=b", "PatientID", "SEARCH-047"],
  "an attribute without a value": ["/studies?PatientName=", "PatientName", "SEARCH-045"],
  "no date": ["/series?StudyDate=20200230", "20200230", "SEARCH-035"],
  "a limit of nothing": ["/instances?limit=0", "limit", "SEARCH-081"],
  "a negative offset": ["/series?offset=-1", "offset", "SEARCH-084"],
  "fuzzy matching that is neither true nor false": [
    "/studies?fuzzymatching=yes",
    "fuzzymatching",
    "SEARCH-058",
  ],
  "an unknown field": ["/studies?includefield=something", "something", "SEARCH-070"],
  "a malformed UID in the path": ["/studies/abc.1234/series", "StudyInstanceUID", "SEARCH-018"],
} as const;

must(
  "SEARCH-092",
  {
    title: "a search that is refused with 400 gets a sentence that names what is wrong, and no markup",
    request: "Search-for-studies",
    clause: statement("Search Response Codes"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    await givenFindable(service, instance);
    const { path, level, keyword, uid } = searchResourcesOf(instance).studies;
    expect(await service.search(path, { [keyword]: uid })).toFind(level, [uid]);

    const ofText = oneOf("text/plain", "application/json");
    await checkRows(refused, async ([search, naming, coveredBy]) => {
      const response = await service.search(narrowed(search, uid));
      given(response, coveredBy).toAnswer({ status: 400 });
      expect(response).toAnswer({ status: 400, naming });
      expect(response).toHold("Content-Type", response.mediaType.essence, ofText);
      expect(response).toHold("the body", response.text, withoutStackTrace);
    });
    await checkRows(["PatientID", "NotAnAttribute"], async (id) => {
      const markup = "<script>alert(1)</script>";
      const response = await service.search("/studies", { [id]: markup, StudyInstanceUID: uid });
      expect(response).toAnswer({ status: 400 });
      expect(response).toHold("Content-Type", response.mediaType.essence, ofText);
      expect(response).toHold("the body", response.text, without("<script"));
    });
  },
);

/** A search within one study: whoever serves what must be refused shows nothing of others. */
function narrowed(search: string, study: string): string {
  return search.includes("?") ? `${search}&StudyInstanceUID=${study}` : search;
}
