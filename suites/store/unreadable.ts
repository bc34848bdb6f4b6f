import { failuresOf, reasonDiscrepancies } from "../../fixtures/matchers/store.ts";
import { type Dataset, values } from "../../fixtures/wire/dicom-json.ts";
import { expect, type ServiceResponse } from "../words.ts";

/** A store refuses everything with 409, and reports one instance as failed because its file cannot be read. */
export function expectUnreadable(response: ServiceResponse): void {
  expect(response).toAnswer({ status: 409 });
  expect(response).toConfirm([]);
  const failed = failuresOf(response);
  expect(response).toHold("failed items", failed.length, 1);
  expectReasonOfUnreadable(response, failed[0]);
}

/** @param failed item of the file that cannot be read */
export function expectReasonOfUnreadable(response: ServiceResponse, failed: Dataset | undefined): void {
  const notUnderstood = values(failed, "FailureReason")
    .filter((reason) => typeof reason === "number" && reason >= 0xc000 && reason <= 0xcfff)
    .map((reason) => ({ reason: Number(reason), because: "C000 to CFFF say that a file is not understood" }));
  expect(response).toHaveNo(
    reasonDiscrepancies(response, failed, 43264, [
      { reason: 272, because: "the documents call an unreadable file a general failure" },
      ...notUnderstood,
    ]),
  );
}

/** @param failed item of a file of which nothing is known */
export function expectNoUids(response: ServiceResponse, failed: Dataset | undefined): void {
  for (const keyword of ["ReferencedSOPInstanceUID", "ReferencedSOPClassUID"]) {
    expect(response).toHold(`${keyword} of what cannot be read`, values(failed, keyword), []);
  }
}
