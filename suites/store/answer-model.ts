import type { Discrepancy } from "../../fixtures/matchers/violation.ts";
import { type Dataset, items } from "../../fixtures/wire/dicom-json.ts";

/** Value representations of the attributes of a store answer (PS3.6 6); a URL had UT before there was UR. */
const representations: Readonly<Record<string, readonly string[]>> = {
  "00000902": ["LO"],
  "00081150": ["UI"],
  "00081155": ["UI"],
  "00081190": ["UR", "UT"],
  "00081196": ["US"],
  "00081197": ["US"],
  "00081198": ["SQ"],
  "00081199": ["SQ"],
  "00741048": ["SQ"],
};

/** Attributes of a store answer, at any depth, with another value representation than theirs. */
export function representationDiscrepancies(answer: Dataset): Discrepancy[] {
  return Object.keys(answer).flatMap((tag) => {
    const vr = String(answer[tag]?.vr);
    const expected = representations[tag] ?? [vr];
    const nested = items(answer, tag).flatMap(representationDiscrepancies);
    return expected.includes(vr)
      ? nested
      : [{ expected: `vr ${expected.join(" or ")} of (${tag})`, received: vr }, ...nested];
  });
}
