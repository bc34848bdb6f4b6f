import { nameOf } from "../../fixtures/wire/dictionary.ts";
import type { ServiceResponse } from "../words.ts";

/** The attributes of the first match, in ascending order. */
export function tagsIn({ dicomJson: { datasets } }: ServiceResponse): string[] {
  return Object.keys(datasets[0] ?? {}).sort();
}

/** A member of a match for a person; what is written there may be no tag. */
export function wordFor(member: string): string {
  return /^[0-9A-F]{8}$/.test(member) ? nameOf(member) : member;
}
