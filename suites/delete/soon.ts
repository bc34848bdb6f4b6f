import type { QueryParameters } from "../../fixtures/client/resources.ts";
import type { Matchers } from "../../fixtures/matchers/matchers.ts";
import { text } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { expect, holds, type Service, type ServiceResponse } from "../words.ts";

/** What a search must show; it is asked of a response again and again, and of the last one for good. */
export type Judge = <Outcome>(found: Matchers<Outcome>, response: ServiceResponse) => Outcome;

export const nothing: Judge = (found) => found.toFindNothing();

/** An attribute of the first dataset that is found. */
export function shows(keyword: string, value: string): Judge {
  return (found, { dicomJson }) => found.toHold(nameOf(keyword), text(dicomJson.datasets[0], keyword), value);
}

/** Microsoft's managed service does not promise when its searches follow a store or a delete. */
export async function expectSoon(
  service: Service,
  resource: string,
  query: QueryParameters,
  judge: Judge,
  limit?: number,
): Promise<void> {
  const isShown = (response: ServiceResponse) => judge(holds(response), response);
  const response = await service.searchUntil(resource, query, isShown, limit);
  judge(expect(response), response);
}
