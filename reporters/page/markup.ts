/** HTML that is written with {@link html}, and only so: text in it is never taken for tags. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = string | number | Markup | readonly Markup[] | undefined;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template in which every value is text, unless it is markup itself; undefined is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.map((part, index) => part + written(values[index])).join(""));
}

function written(value: Content): string {
  if (value instanceof Markup) {
    return value.text;
  }
  if (typeof value === "object") {
    return value.map(({ text }) => text).join("");
  }
  return String(value ?? "").replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
