import type { AttributeValue } from "../../fixtures/instances/instance.ts";
import { isCoerced } from "../../fixtures/matchers/coercion.ts";
import { isByReference } from "../../fixtures/matchers/metadata.ts";
import { show } from "../../fixtures/matchers/show.ts";
import { type Attribute, attribute, type Dataset } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { type Attributes, checkRows, expect, isAsExpected, type ServiceResponse } from "../words.ts";

/** How an attribute is shown when this is stored. */
export interface Showing {
  readonly keyword: string;
  readonly stored: AttributeValue;
  readonly shown: Attribute;
  /** What any server but Microsoft's may show instead. */
  readonly tolerate?: { readonly shown: Attribute; readonly because: string };
}

export type Showings = Readonly<Record<string, Showing>>;

export function attributesOf(showings: Showings): Attributes {
  return Object.fromEntries(Object.values(showings).map(({ keyword, stored }) => [keyword, stored]));
}

/**
 * A dataset shows every attribute as it was stored, or by reference or coerced where that is permitted.
 * @param dataset the first one of the answer, or an item of it
 * @param judging what becomes of it where it does not
 */
export async function expectShown(
  response: ServiceResponse,
  showings: Showings,
  dataset = response.dicomJson.datasets[0],
  judging: typeof expect = expect,
): Promise<void> {
  expect(response).toAnswer({ status: 200 });
  await checkRows(showings, async ({ keyword, shown, tolerate }) => {
    const received = attribute(dataset, keyword);
    if (!isAsExpected(received, shown) && isChangedFairly(response, dataset, keyword)) {
      return;
    }
    if (tolerate && response.profile === "dicomweb" && isAsExpected(received, tolerate.shown)) {
      response.note(`${nameOf(keyword)}: ${tolerate.because}`);
    } else {
      expectAttribute(response, nameOf(keyword), received, [received, shown], judging);
    }
  });
}

function isChangedFairly(response: ServiceResponse, dataset: Dataset | undefined, keyword: string): boolean {
  const isReferred = isByReference(response, attribute(dataset, keyword));
  if (isReferred) {
    response.note(`${nameOf(keyword)} is shown by reference, as PS3.18 F.2.2 permits`);
  }
  return isReferred || isCoerced(response, dataset, keyword);
}

/** Numbers in text are JSON numbers or strings (PS3.18 F.2.3). */
export async function expectNumbersShown(
  response: ServiceResponse,
  { keyword, shown }: Showing,
): Promise<void> {
  expect(response).toAnswer({ status: 200 });
  const [dataset] = response.dicomJson.datasets;
  const received = attribute(dataset, keyword);
  if (isChangedFairly(response, dataset, keyword)) {
    return;
  }
  const read = received?.Value?.map((value) => (value === null ? null : Number(value)));
  expectAttribute(response, nameOf(keyword), received, [{ vr: received?.vr, Value: read }, shown]);
}

/** An attribute is there, and what of it is judged is as expected. */
export function expectAttribute(
  response: ServiceResponse,
  what: string,
  shown: Attribute | null | undefined,
  [received, expected]: readonly [received: unknown, expected: unknown],
  judging: typeof expect = expect,
): void {
  if (shown === undefined) {
    judging(response).toHaveNo([{ expected: `${what}: ${show(expected)}`, received: "no such attribute" }]);
  }
  judging(response).toHold(what, received, expected);
}
