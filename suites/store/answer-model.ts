import { show } from "../../fixtures/matchers/show.ts";
import type { Discrepancy } from "../../fixtures/matchers/violation.ts";
import { attribute, type Dataset, items } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { accept, holds, type ServiceResponse } from "../words.ts";

/** Value representations of the attributes of a store answer (PS3.6 6); a URL had UT before there was UR. */
const representations: Readonly<Record<string, readonly string[]>> = {
  ErrorComment: ["LO"],
  ReferencedSOPClassUID: ["UI"],
  ReferencedSOPInstanceUID: ["UI"],
  RetrieveURL: ["UR", "UT"],
  WarningReason: ["US"],
  FailureReason: ["US"],
  FailedSOPSequence: ["SQ"],
  ReferencedSOPSequence: ["SQ"],
  FailedAttributesSequence: ["SQ"],
};

/** Attributes of a store answer, at any depth, with another value representation than theirs. */
export function representationDiscrepancies(answer: Dataset): Discrepancy[] {
  const own = Object.entries(representations).flatMap(([keyword, expected]) => {
    const shown = attribute(answer, keyword);
    return shown === undefined || expected.includes(shown?.vr ?? "")
      ? []
      : [{ expected: `vr ${expected.join(" or ")} of ${nameOf(keyword)}`, received: show(shown?.vr) }];
  });
  return [
    ...own,
    ...Object.keys(answer).flatMap((tag) => items(answer, tag).flatMap(representationDiscrepancies)),
  ];
}

/** Elsewhere a refusal may carry its dataset without saying so: RFC 9110 8.3 only asks for a Content-Type. */
export function typeDiscrepancies(response: ServiceResponse) {
  const received = response.header("Content-Type");
  const isRefusal = holds(response).toAnswer({ status: 409 });
  if (received === undefined && isRefusal && response.profile === "dicomweb") {
    response.note("a refusal without Content-Type");
    return [];
  }
  const isRight = response.mediaType.essence === accept.dicomJson;
  return isRight ? [] : [{ expected: `Content-Type ${accept.dicomJson}`, received: received ?? "none" }];
}
