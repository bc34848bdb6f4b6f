import { foundUids } from "../../fixtures/matchers/search.ts";
import {
  checkRows,
  expect,
  type Instance,
  type Instances,
  may,
  must,
  named,
  type Service,
  should,
  statement,
} from "../words.ts";
import { givenFindable, type SearchResource, searchResourcesOf } from "./search-resources.ts";

/** Attributes that fuzzy matching is documented for. */
const keywords = ["PatientName", "ReferringPhysicianName"] as const;
const fuzzymatching = "true";

/** How many times the usual patience the full text index of the real service may need. */
const slowness = 6;

/** Letters that begin no name of anybody. */
function letters(instances: Instances): string {
  const digits = instances.uid().slice(-8);
  return `q${[...digits].map((digit) => "bcdfghjklm"[Number(digit)]).join("")}`;
}

/** An instance of these names is stored, and fuzzy matching has come to know it: its index may lag behind. */
async function givenIndexed(
  service: Service,
  { name, instance }: { name: string; instance: Instance },
): Promise<void> {
  await givenFindable(service, instance);
  const { studyInstanceUid: StudyInstanceUID } = instance;
  for (const keyword of keywords) {
    const filters = { StudyInstanceUID, [keyword]: name, fuzzymatching };
    await service.searchUntil(
      "/studies",
      filters,
      (response) => foundUids(response, "study").includes(StudyInstanceUID),
      slowness * service.patience,
    );
  }
}

/** An instance of which both names are this one. */
function havingNames(instances: Instances, name: string): Instance {
  return instances.minimal({
    SpecificCharacterSet: "ISO_IR 192",
    ...Object.fromEntries(keywords.map((keyword) => [keyword, name])),
  });
}

/** Searches at the three resources that have the names, each with what it must find of an instance. */
function searchedAt(instance: Instance): Readonly<Record<string, SearchResource>> {
  const { studies, series, instances } = searchResourcesOf(instance);
  return { studies, series, instances };
}

/** One of the names is found by the start of any of its words, and by nothing else. */
function startsOfWords(keyword: (typeof keywords)[number]) {
  return async ({ service, instances }: { service: Service; instances: Instances }) => {
    const word = letters(instances);
    const instance = havingNames(instances, `${word}john^${word}doe^Stone Hall`);
    await givenIndexed(service, { name: `${word}john`, instance });
    const StudyInstanceUID = instance.studyInstanceUid;
    const found = {
      "the start of the first word": `${word}jo`,
      "the start of another word": `${word}do`,
      "starts of two words": `${word}jo ${word}do`,
      "a whole word in capitals": `${word}DOE`,
      "both words": `${word}john ${word}doe`,
      "the start of a word behind a blank": "hal",
    };
    const notFound = {
      "a word without its first letter": `${word}john`.slice(1),
      "the end of a word": "ohn",
      "a word and more": `${word}johnny`,
    };
    await checkRows(searchedAt(instance), async ({ path, level, uid }) => {
      const search = (value: string) =>
        service.search(path, { StudyInstanceUID, fuzzymatching, [keyword]: value });
      await checkRows(found, async (value) => {
        expect(await search(value)).toFind(level, [uid]);
      });
      await checkRows(notFound, async (value) => {
        expect(await search(value)).toFindNothing();
      });
    });
  };
}

must(
  "SEARCH-054",
  {
    title: "fuzzymatching=true matches the start of any word of PatientName",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Search Matching")],
  },
  startsOfWords("PatientName"),
);

must(
  "SEARCH-055",
  {
    title: "fuzzymatching=true matches ReferringPhysicianName in the same way",
    request: "Search-for-studies",
    clause: statement("Search Matching"),
  },
  startsOfWords("ReferringPhysicianName"),
);

should(
  "SEARCH-056",
  {
    title: "several words of a fuzzy value must all match",
    request: "Search-for-studies",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const PatientID = instances.patientId();
    const word = letters(instances);
    const [wanted, ...decoys] = [
      ["john", "doe"],
      ["john", "ray"],
      ["mary", "doe"],
    ].map(([first, last]) => ({
      name: `${word}${first}`,
      instance: instances.with(havingNames(instances, `${word}${first}^${word}${last}`), { PatientID }),
    }));
    for (const study of [wanted, ...decoys]) {
      if (study) {
        await givenIndexed(service, study);
      }
    }
    const response = await service.search("/studies", {
      PatientID,
      fuzzymatching,
      PatientName: `${word}jo ${word}do`,
    });
    expect(response).toFind("study", wanted ? [wanted.instance.studyInstanceUid] : []);
  },
);

must(
  "SEARCH-057",
  {
    title: "without fuzzymatching, or with false, names match as a whole",
    request: "Search-for-studies",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const name = `${letters(instances)}john^Doe`;
    const instance = havingNames(instances, name);
    await givenFindable(service, instance);
    const StudyInstanceUID = instance.studyInstanceUid;

    await checkRows({ "without it": {}, "with false": { fuzzymatching: "false" } }, (asked) =>
      checkRows(searchedAt(instance), ({ path, level, uid }) =>
        checkRows([...keywords], async (keyword) => {
          const search = (value: string) =>
            service.search(path, {
              StudyInstanceUID,
              ...(asked as Record<string, string>),
              [keyword]: value,
            });
          expect(await search(name)).toFind(level, [uid]);
          expect(await search(name.slice(0, 12))).toFindNothing();
        }),
      ),
    );
  },
);

must(
  "SEARCH-058",
  {
    title: "a fuzzymatching value other than true or false is refused with 400",
    request: "Search-for-studies",
    clause: statement("Supported Search Parameters"),
  },
  async ({ service, instances }) => {
    const instance = instances.minimal();
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);
    const asked = (value: string) => service.search("/studies", { StudyInstanceUID, fuzzymatching: value });

    await checkRows(["true", "false", "True", "FALSE"], async (value) => {
      expect(await asked(value)).toFind("study", [StudyInstanceUID]);
    });
    await checkRows(
      named(["yes", "1", "0", "t", ""], (value) => `fuzzymatching=${value}`),
      async (value) => {
        expect(await asked(value)).toAnswer({ status: 400, naming: "fuzzymatching" });
      },
    );
  },
);

must(
  "SEARCH-059",
  {
    title: "fuzzy matching ignores case and accents, and leaves other attributes exact",
    request: "Search-for-studies",
    clause: [statement("Supported Search Parameters"), statement("Additional Notes")],
  },
  async ({ service, instances }) => {
    const word = letters(instances);
    const PatientID = `${instances.patientId()}-PID`;
    const texts = { PatientID, StudyDescription: `Kneescan ${word}`, AccessionNumber: `ACC${word}` };
    const instance = instances.with(havingNames(instances, `${word}álvarez^Ánna`), texts);
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenIndexed(service, { name: `${word}álvarez`, instance });
    const search = (filters: Record<string, string>) =>
      service.search("/studies", { StudyInstanceUID, fuzzymatching, ...filters });

    await checkRows([`${word}alv`.toUpperCase(), `${word}álv`, "ann", "ÁNN"], async (value) => {
      await checkRows([...keywords], async (keyword) => {
        expect(await search({ [keyword]: value })).toFind("study", [StudyInstanceUID]);
      });
    });
    await checkRows(texts, async (value, keyword) => {
      expect(await search({ [keyword]: value })).toFind("study", [StudyInstanceUID]);
      expect(await search({ [keyword]: value.slice(0, -2) })).toFindNothing();
    });
  },
);

may(
  "SEARCH-060",
  {
    title: "a double quote in a fuzzy name is refused with 400 and breaks nothing",
    request: "Search-for-studies",
    clause: statement("Search Response Codes"),
  },
  async ({ service, instances }) => {
    const instance = havingNames(instances, "Doe^Jane");
    const StudyInstanceUID = instance.studyInstanceUid;
    await givenFindable(service, instance);

    const tolerate = [{ status: [200, 204], because: "no document says that a name has no double quote" }];
    await checkRows([...keywords], async (keyword) => {
      const filters = { StudyInstanceUID, [keyword]: 'joe"s' };
      expect(await service.search("/studies", filters)).toFindNothing();
      const fuzzy = await service.search("/studies", { ...filters, fuzzymatching });
      expect(fuzzy).toAnswer({ status: 400, naming: keyword, tolerate });
    });
  },
);
