import { gzipSync } from "node:zlib";
import type { Answer, Arrival } from "../../../fixtures/reference-server/fault.ts";
import { tagOf } from "../../../fixtures/wire/dictionary.ts";
import type { Peculiarity } from "../peculiar-server.testing.ts";
import {
  all,
  answerOf,
  headersOf,
  honest,
  isStore,
  not,
  outcomeOf,
  type Route,
  requestTo,
  route,
} from "../spoil.ts";
import { convertsOnIngest } from "./converts.testing.ts";
import { pagesOfItsOwn } from "./pages.testing.ts";
import { fieldOf, replace, rewrite } from "./rewrite.testing.ts";

/** Has no such route, and answers 405 with what it has. */
function without(concerned: Route, allowed: string): Peculiarity {
  const refuse = answerOf(concerned, { status: 405, body: "" });
  const allow = headersOf(concerned, (headers) => ({ ...headers, allow: allowed }));
  return {
    arrival: requestTo(concerned, { path: "/nothing" }),
    answer: (answer, request) => {
      refuse(answer, request);
      allow(answer, request);
    },
  };
}

function gzipped(answer: Answer): void {
  if (answer.body.length > 0) {
    answer.headers["content-encoding"] = "gzip";
    answer.body = gzipSync(answer.body);
  }
}

/** Warning reason B000, Coercion of Data Elements (PS3.18 I.2.2). */
const coercion = 45056;
const fromRegistry = { PatientName: "Registry^Name", InstitutionName: "Fair Hospital" };

/** Takes the patient's name from its registry, adds where it is, and keeps in each file what it changed. */
async function coerce(path: string): Promise<void> {
  await rewrite(path, (elements) => {
    const original = {
      PatientName: fieldOf(elements, tagOf("PatientName")) ?? null,
      InstitutionName: fieldOf(elements, tagOf("InstitutionName")) ?? null,
    };
    replace(elements, {
      ...fromRegistry,
      OriginalAttributesSequence: [
        {
          SourceOfPreviousValues: null,
          AttributeModificationDateTime: "20240229101530",
          ModifyingSystem: "Fair archive",
          ReasonForTheAttributeModification: "COERCE",
          ModifiedAttributesSequence: [original],
        },
      ],
    });
    return "1.2.840.10008.1.2.1";
  });
}

const ofPatient = ["PatientName", "PatientID", "PatientBirthDate", "PatientSex"];
const ofStudy = ["StudyDate", "StudyTime", "StudyID", "AccessionNumber", "ReferringPhysicianName"];
const ofImage = ["InstanceNumber", "SamplesPerPixel", "PhotometricInterpretation", "Rows", "Columns"];
const ofPixels = ["BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation"];
const ofSecondaryCapture = ["ConversionType", "Modality", "SeriesNumber", ...ofImage, ...ofPixels];

/** By the beginning of the SOP Class UID, what its IOD asks to be there beside the UIDs (types 1 and 2 of PS3.3). */
const asked: Readonly<Record<string, readonly string[]>> = {
  "1.2.840.10008.5.1.4.1.1.7": [...ofPatient, ...ofStudy, ...ofSecondaryCapture],
  "1.2.840.10008.5.1.4.1.1.88": [...ofPatient, ...ofStudy, "CompletionFlag", "ContentDate", "Manufacturer"],
  "1.2.840.10008.5.1.4.1.1.104": [...ofPatient, ...ofStudy, "MIMETypeOfEncapsulatedDocument"],
};

/** Refuses, with A900 as what lacks its class, what does not have all that its IOD asks for. */
const refusesIncomplete: Peculiarity = {
  behaviour: {
    readIfDicom: async (path) => {
      const file = await honest.readIfDicom(path);
      if (file === undefined) {
        return undefined;
      }
      const { elements } = file;
      const present = new Map(elements.map((element) => [element.tag, element]));
      const classUid = String(present.get(tagOf("SOPClassUID"))?.value);
      const [, keywords] = Object.entries(asked).find(([begin]) => classUid.startsWith(begin)) ?? [];
      const isComplete = keywords?.every((keyword) => present.has(tagOf(keyword))) ?? false;
      return isComplete
        ? file
        : { ...file, elements: elements.filter(({ tag }) => tag !== tagOf("SOPClassUID")) };
    },
  },
};

/** By what they do otherwise than the reference server. */
export const fairServers: Readonly<Record<string, Peculiarity>> = {
  "only reads": without(not(route("GET", /./)), "GET"),
  "does not delete": without(route("DELETE", /./), "GET, POST"),
  "compresses its answers": { answer: gzipped },
  "converts images to RLE": convertsOnIngest,
  "coerces, and says so": {
    behaviour: {
      readIfDicom: async (path) => {
        await coerce(path);
        return honest.readIfDicom(path);
      },
      ...outcomeOf("confirmedItem", (item) => ({
        ...item,
        [tagOf("WarningReason")]: { vr: "US", Value: [coercion] },
      })),
      ...outcomeOf("storeStatus", (status) => (status === 200 ? 202 : status)),
    },
  },
  "refuses what its IOD does not allow": refusesIncomplete,
  "answers a store with a sentence": {
    answer: answerOf(
      all(isStore, (_: Arrival, { status }: Answer) => status === 200 || status === 202),
      {
        type: "text/plain",
        body: "Stored.",
      },
    ),
  },
  "has pages of its own size": pagesOfItsOwn,
};
