import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { Archive } from "../../fixtures/reference-server/archive/archive.ts";

/**
 * A copy of plain data: objects, arrays, maps, sets and buffers, each of them once, however often it is met. What is
 * frozen or has a class of its own stays what it is, but that archives take nothing and lose nothing.
 * @param ofText what becomes of each text
 */
export function copyOf<Value>(value: Value, ofText: (text: string) => string = (text) => text): Value {
  const copies = new Map<object, unknown>();
  const copy = (part: unknown): unknown => {
    if (typeof part === "string") {
      return ofText(part);
    }
    if (typeof part !== "object" || part === null || Object.isFrozen(part)) {
      return part;
    }
    if (!copies.has(part)) {
      fill(part, (empty) => copies.set(part, empty), copy);
    }
    return copies.get(part);
  };
  return copy(value) as Value;
}

/** @param keep is given what will be the copy, before anything is in it */
function fill(part: object, keep: (copy: unknown) => void, copy: (value: unknown) => unknown): void {
  if (Buffer.isBuffer(part)) {
    keep(Buffer.from(part));
  } else if (Array.isArray(part)) {
    const parts: unknown[] = [];
    keep(parts);
    for (const each of part) {
      parts.push(copy(each));
    }
  } else if (part instanceof Map) {
    keep(new Map([...part].map(([key, each]) => [key, copy(each)])));
  } else if (part instanceof Set) {
    keep(new Set([...part].map(copy)));
  } else if (part instanceof Archive) {
    keep(readOnly(part));
  } else if (Object.getPrototypeOf(part) === Object.prototype) {
    const members: Record<string, unknown> = {};
    keep(members);
    for (const [name, each] of Object.entries(part)) {
      members[name] = copy(each);
    }
  } else {
    keep(part);
  }
}

/** An archive of which a fault sees copies only. */
function readOnly(archive: Archive): Archive {
  return new Proxy(archive, {
    get: (target, name) => {
      if (name === "add" || name === "remove") {
        throw new Error("a fault changes the archive");
      }
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function"
        ? (...given: unknown[]) => copyOf(member.apply(target, given))
        : copyOf(member);
    },
  });
}

interface FileCopy {
  readonly file: string;
  readonly path: string;
  readonly bytes: Buffer;
}

let made = 0;
let ownFolder: string | undefined;

/** Of this process alone, and gone with it. */
function folder(): string {
  if (ownFolder === undefined) {
    const made = mkdtempSync(join(tmpdir(), "dicomweb-proof-"));
    process.on("exit", () => rmSync(made, { recursive: true, force: true }));
    ownFolder = made;
  }
  return ownFolder;
}

/** Copies of the files that some data names, for somebody who may spoil them. */
export class FileCopies {
  readonly #copies: FileCopy[] = [];

  /** The data, naming the copies. */
  copied<Value>(value: Value): Value {
    return copyOf(value, (text) => (isAbsolute(text) && existsSync(text) ? this.#copy(text).path : text));
  }

  /** The data, naming the files themselves again. */
  named<Value>(value: Value): Value {
    return copyOf(value, (text) => this.#copies.find(({ path }) => path === text)?.file ?? text);
  }

  /** Whether a copy is not any more what it was. */
  areSpoiled(): boolean {
    return this.#copies.some(({ path, bytes }) => !existsSync(path) || !readFileSync(path).equals(bytes));
  }

  remove(): void {
    for (const { path } of this.#copies) {
      rmSync(path, { force: true });
    }
  }

  #copy(file: string): FileCopy {
    const path = join(folder(), String(made++));
    const copy = { file, path, bytes: readFileSync(file) };
    writeFileSync(copy.path, copy.bytes);
    this.#copies.push(copy);
    return copy;
  }
}
