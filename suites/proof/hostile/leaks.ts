import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a run has written. */
export interface Text {
  readonly name: string;
  readonly text: string;
}

/** Nothing where there is no such folder. */
export function filesBelow(folder: string): (Text & { readonly size: number })[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return { name: entry.name, size: statSync(file).size, text: readFileSync(file, "utf8") };
      });
  } catch {
    return [];
  }
}

/** Halves of the secret in the forms that a server can give it: each of them would tell the rest. */
function betrayalsOf(secret: string): ReadonlyMap<string, string> {
  const half = Math.floor(secret.length / 2);
  const halves = [secret.slice(0, half), secret.slice(half).replace(/=+$/, "")];
  const found = new Map<string, string>();
  for (const text of halves) {
    found.set(text.toLowerCase(), "as it is");
    found.set(encodeURIComponent(text).toLowerCase(), "URL-encoded");
    found.set(inJson(text).toLowerCase(), "escaped for JSON");
    found.set(Buffer.from(text).toString("hex"), "in hexadecimal digits");
  }
  for (const before of ["", "u:", "user:", "Bearer "]) {
    const base64 = Buffer.from(before + secret).toString("base64");
    found.set(base64.slice(-20, -4).toLowerCase(), "in base64");
    found.set(base64.slice(Math.ceil((before.length * 4) / 3), 24).toLowerCase(), "in base64");
  }
  return found;
}

/** @returns finds the secret in texts, as sentences of a person */
export function leaksOf(secret: string): (texts: readonly Text[]) => string[] {
  const looked = betrayalsOf(secret);
  return (texts) =>
    texts.flatMap(({ name, text }) => {
      const readable = [text, ...embedded(text)].join("\n").toLowerCase().replaceAll(/\s+/g, "");
      const forms = [...looked].filter(([form]) => readable.includes(form.replaceAll(/\s+/g, "")));
      return [...new Set(forms.map(([, how]) => `${name} tells the secret, ${how}`))];
    });
}

/** What the page carries in base64. */
function embedded(text: string): string[] {
  return [...text.matchAll(/"([A-Za-z0-9+/]{200,}={0,2})"/g)].map(([, code = ""]) =>
    Buffer.from(code, "base64").toString("utf8"),
  );
}

/** Every character that is no letter or digit as JSON may write it. */
export function inJson(text: string): string {
  return text.replaceAll(
    /[^A-Za-z0-9]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
