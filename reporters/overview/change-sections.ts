import { changesByDate } from "../history/changes.ts";
import { html, type Markup } from "../page/markup.ts";
import type { RunRecord } from "../record.ts";
import { item, section } from "./rest-sections.ts";

/** What the history says is new, and what is mended. */
export function changeSections({ changes = [] }: RunRecord): Markup {
  const tones = [
    ["new", "violates"],
    ["mended", "conforms"],
  ] as const;
  return html`${tones.flatMap(([kind, tone]) =>
    changesByDate(changes, kind).flatMap(
      ([date, lines]) => section(tone, `${kind} since ${date}`, lines.map(item)) ?? [],
    ),
  )}`;
}
