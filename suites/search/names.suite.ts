import { checkRows, expect, must, ps3_18 } from "../words.ts";
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
