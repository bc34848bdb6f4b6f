import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { headerOf, sentBodyOf } from "../../fixtures/wire/exchange.ts";
import { secretRemoved } from "../../fixtures/wire/secrets.ts";
import { thumbnailsOf } from "../../fixtures/wire/thumbnail.ts";
import { fileNameOf, type Result } from "./result.ts";

/** Bytes of one body; what is larger is sent again by the run itself only. */
const largestKept = 256 * 1024 * 1024;

/**
 * Saves what was sent up to the request that proved a verdict, so that all of it can be sent again as it was.
 * @param folder made where it is needed
 */
export function saveSentBodies(result: Result, folder: string): void {
  const { decisive, exchanges } = result;
  const sent = decisive === undefined ? [] : exchanges.slice(0, decisive + 1);
  for (const [index, exchange] of sent.entries()) {
    const body = sentBodyOf(exchange);
    // One with a secret, such as what asks for a token, is nobody's to find.
    const isSecret = exchange.request.body?.text.includes(secretRemoved);
    if (exchange.request.body !== undefined && body !== undefined && !isSecret) {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${fileNameOf(result)}-${index + 1}.body`);
      exchange.request.body.file = isSaved(body, file) ? file : undefined;
    }
  }
}

/**
 * Shows what the files look like that were sent up to the request that proved a verdict: beside their attributes a person
 * sees at once whether the wrong picture was rendered or the wrong one stored.
 */
export async function drawSentBodies({ decisive, exchanges }: Result): Promise<void> {
  const sent = decisive === undefined ? [] : exchanges.slice(0, decisive + 1);
  for (const exchange of sent) {
    const { body: recorded, headers } = exchange.request;
    const pieces = recorded?.isDump ? [...(sentBodyOf(exchange) ?? [])] : [];
    if (recorded !== undefined && pieces.length > 0) {
      recorded.thumbnails = await thumbnailsOf(Buffer.concat(pieces), headerOf(headers, "Content-Type"));
    }
  }
}

function isSaved(body: Iterable<Buffer>, file: string): boolean {
  const descriptor = openSync(file, "w");
  let size = 0;
  try {
    for (const piece of body) {
      size += piece.length;
      if (size > largestKept) {
        break;
      }
      writeSync(descriptor, piece);
    }
  } finally {
    closeSync(descriptor);
  }
  const isKept = size > 0 && size <= largestKept;
  if (!isKept) {
    rmSync(file);
  }
  return isKept;
}
