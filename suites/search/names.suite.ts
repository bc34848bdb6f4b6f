import { tagOf } from "../../fixtures/wire/dictionary.ts";
import {
  checkRows,
  dicom,
  doesNotApply,
  expect,
  type Instance,
  must,
  ps3_18,
  type Scenario,
  type Service,
  should,
  statement,
} from "../words.ts";
import {
  givenFindable,
  type SearchResource,
  searchResourcesOf,
  skipWhereLeftOut,
} from "./search-resources.ts";

/** Names by what is special of them: the character set of the file, what it says, and how DICOM JSON has it. */
const namesOfTheWorld = {
  "three component groups": {
    characterSet: "ISO_IR 192",
    stored: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    shown: { Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" },
  },
  "an accent, stored in UTF-8": {
    characterSet: "ISO_IR 192",
    stored: "Hall^Zoë^Tá",
    shown: { Alphabetic: "Hall^Zoë^Tá" },
  },
  "an accent, stored in Latin-1": {
    characterSet: "ISO_IR 100",
    stored: "Müller^Tá",
    shown: { Alphabetic: "Müller^Tá" },
  },
} as const;

must(
  "SEARCH-010",
  {
    title: "names with non-ASCII characters and several component groups come back unharmed",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [ps3_18("F.2.2"), ps3_18("8.3.3.2")],
  },
  async ({ service, instances }) => {
    const studies = Object.entries(namesOfTheWorld).map(([name, { characterSet, stored, shown }]) => {
      const names = { PatientName: stored, ReferringPhysicianName: stored };
      return { name, shown, instance: instances.minimal({ SpecificCharacterSet: characterSet, ...names }) };
    });
    await givenFindable(service, ...studies.map(({ instance }) => instance));

    await checkRows(
      Object.fromEntries(studies.map(({ name, ...study }) => [name, study])),
      async ({ instance, shown }) => {
        const { studies, series, instances: images } = searchResourcesOf(instance);
        const showing = { studies, ...(service.isAzure && { series, instances: images }) };
        await checkRows<SearchResource>(showing, async ({ path, level, keyword, uid, isOptional }) => {
          const response = await service.search(path, { [keyword]: uid });
          skipWhereLeftOut(response, isOptional);
          expect(response).toFind(level, [uid]);
          expect(response).toShow(level, uid, { PatientName: [shown], ReferringPhysicianName: [shown] });
        });
      },
    );
  },
);

const names = ["PatientName", "ReferringPhysicianName"] as const;

/** A study with a name of its own that begins so. */
async function givenNamed(
  { service, instances }: Pick<Scenario, "service" | "instances">,
  begin: string,
): Promise<{ instance: Instance; end: string }> {
  const end = instances.uid().slice(-8);
  const named = Object.fromEntries(names.map((keyword) => [keyword, `${begin}${end}`]));
  const instance = instances.minimal({ SpecificCharacterSet: "ISO_IR 192", ...named });
  await givenFindable(service, instance);
  return { instance, end };
}

/** A name is found at each resource that knows it, however it is written, and is shown as it was stored. */
async function expectFound(
  service: Service,
  instance: Instance,
  spellings: readonly string[],
): Promise<void> {
  const { studies, series, instances } = searchResourcesOf(instance);
  const showing = { studies, ...(service.isAzure && { series, instances }) };
  await checkRows([...names], (keyword) =>
    checkRows([...spellings], (spelling) =>
      checkRows<SearchResource>(showing, async ({ path, level, uid }) => {
        const StudyInstanceUID = instance.studyInstanceUid;
        const response = await service.search(path, { StudyInstanceUID, [keyword]: spelling });
        if (response.coerced.has(tagOf(keyword))) {
          throw doesNotApply(`the service keeps another ${keyword} than it was sent, and says so`);
        }
        expect(response).toFind(level, [uid]);
        const Alphabetic = String(instance.attributes[keyword]);
        expect(response).toShow(level, uid, { [keyword]: [{ Alphabetic }] });
      }),
    ),
  );
}

should(
  "SEARCH-038",
  {
    title: "PatientName and ReferringPhysicianName are matched without regard to case",
    request: "Search-for-studies",
    profile: "dicomweb",
    clause: [statement("Additional Notes"), dicom("PS3.4", "C.2.2.2.1")],
  },
  async (scenario) => {
    const { service } = scenario;
    const { instance, end } = await givenNamed(scenario, "Hall^Xqzrtvw^Ta");
    await expectFound(service, instance, [
      `Hall^Xqzrtvw^Ta${end}`,
      `hall^xqzrtvw^ta${end}`,
      `HALL^XQZRTVW^TA${end}`,
    ]);
  },
);

must(
  "SEARCH-039",
  {
    title: "PatientName and ReferringPhysicianName are matched without regard to accents",
    request: "Search-for-studies",
    clause: statement("Additional Notes"),
  },
  async (scenario) => {
    const { service } = scenario;
    const accented = await givenNamed(scenario, "Hall^Zoë^Tá");
    const plain = await givenNamed(scenario, "Hall^Zoe^Ta");
    await checkRows({ "stored with accents": accented, "stored without": plain }, ({ instance, end }) =>
      expectFound(service, instance, [`Hall^Zoe^Ta${end}`, `Hall^Zoë^Tá${end}`, `hall^zoë^tá${end}`]),
    );
  },
);
