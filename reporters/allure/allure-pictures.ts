import type { RuntimeMessage } from "allure-js-commons/sdk";
import type { Exchange, Picture } from "../../fixtures/wire/exchange.ts";

/** Of one requirement; more tell a reader no more. */
const mostPictures = 4;
/** Characters in base64, where nothing is wrong with it: some 64 KiB. */
const largestInPassing = 90_000;

/** What the service rendered, where the exchanges themselves are not shown. */
export function pictureMessages(exchanges: readonly Exchange[]): RuntimeMessage[] {
  return exchanges
    .flatMap(({ response }) => response?.body.picture ?? [])
    .filter(({ base64 }) => base64.length <= largestInPassing)
    .slice(-mostPictures)
    .map((picture) => messageOf("rendered by the service", picture));
}

/** What the files that were sent look like. */
export function storedMessages(exchanges: readonly Exchange[]): RuntimeMessage[] {
  return exchanges
    .flatMap(({ request }) => request.body?.thumbnails ?? [])
    .slice(0, mostPictures)
    .map((picture) => messageOf("pixel data as it was sent", picture));
}

/** Expected and received picture beside each other, where one was not the other. */
export function comparisonMessages(exchanges: readonly Exchange[]): RuntimeMessage[] {
  return exchanges
    .flatMap(({ comparison }) => comparison ?? [])
    .slice(0, mostPictures)
    .map((picture) => messageOf("expected | received | difference", picture));
}

function messageOf(name: string, { mediaType, base64 }: Picture): RuntimeMessage {
  const fileExtension = `.${mediaType.slice("image/".length)}`;
  const data = { name, content: base64, encoding: "base64" as const, contentType: mediaType, fileExtension };
  return { type: "attachment_content", data };
}
