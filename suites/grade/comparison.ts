import {
  type Facts,
  type FactValue,
  factsOf,
  type Original,
  sha256,
  spokenNameOf,
} from "../../fixtures/grading/original.ts";
import type { Dataset } from "../../fixtures/wire/dicom-json.ts";
import { nameOf } from "../../fixtures/wire/dictionary.ts";
import { readPart10 } from "../../fixtures/wire/part10.ts";

/**
 * - `same`: the original, whatever the service did to its file meta information or its encoding
 * - `changed`: the original, changed on the way
 * - `another`: another file under its UID
 * - `unclear`: its pixels came in another encoding, and cannot be compared
 */
export type Likeness = "same" | "changed" | "another" | "unclear";

export interface Comparison {
  readonly likeness: Likeness;
  /** In words, for "the file is …". */
  readonly words: string;
}

/** What a transfer syntax has a say in. */
const pixelDescription = new Set([
  "PhotometricInterpretation",
  "PlanarConfiguration",
  "LossyImageCompression",
  "LossyImageCompressionRatio",
  "LossyImageCompressionMethod",
]);

/**
 * Compares a retrieved file with an original by digest; the first that agrees gives the word: that of the file, of the
 * dataset, of the pixel data.
 * @param others whose picture it may be instead
 */
export function compare(original: Original, file: Buffer, others: readonly Original[] = []): Comparison {
  const { sha256: digests } = original;
  if (sha256(file) === digests.file) {
    return { likeness: "same", words: "the original, byte for byte" };
  }
  const { dataset, datasetBytes, pixelData, transferSyntaxUid, isPart10 } = readPart10(file);
  if (!isPart10) {
    return { likeness: "another", words: "no DICOM file" };
  }
  if (sha256(datasetBytes) === digests.dataset) {
    return { likeness: "same", words: "the original; the service wrote its file meta information anew" };
  }
  const changed = differences(original, dataset);
  const pixels = pixelData === undefined ? "" : sha256(pixelData);
  if (pixels === digests.pixelData) {
    return withSamePixels(original, changed, transferSyntaxUid);
  }
  const isEncodedAnew = transferSyntaxUid !== original.transferSyntaxUid;
  const foreign = changed.filter((keyword) => !(isEncodedAnew && pixelDescription.has(keyword)));
  if (foreign.length === 0) {
    return isEncodedAnew
      ? { likeness: "unclear", words: `in another transfer syntax than the original: ${transferSyntaxUid}` }
      : { likeness: "changed", words: "changed on the way: PixelData differ" };
  }
  const twin = others.find((other) => other !== original && other.sha256.pixelData === pixels);
  const picture = twin === undefined ? "PixelData" : `PixelData (the picture of ${spokenNameOf(twin)})`;
  return {
    likeness: "another",
    words: `another file under this UID: ${listed([picture, ...foreign])} differ`,
  };
}

function withSamePixels(
  { transferSyntaxUid: own }: Original,
  changed: readonly string[],
  transferSyntaxUid: string | undefined,
): Comparison {
  if (changed.length > 0) {
    const verb = changed.length === 1 ? "differs" : "differ";
    return { likeness: "changed", words: `changed on the way: ${listed(changed)} ${verb}` };
  }
  return transferSyntaxUid === own
    ? { likeness: "same", words: "the original in all attributes and pixels, written in another way" }
    : { likeness: "same", words: `the original, in transfer syntax ${transferSyntaxUid}` };
}

/** Keywords of the attributes in which a dataset is not as the original; values of it are not said. */
export function differences({ attributes, isComplete }: Original, dataset: Dataset): readonly string[] {
  const changed = Object.keys(attributes).filter(
    (keyword) => !isSame(attributes, keyword, factsOf(dataset, keyword)),
  );
  const known = new Set(Object.keys(attributes));
  const added = Object.keys(dataset)
    .filter((tag) => !tag.endsWith("0000") && !/^(0002|7FE0|FFFC)/.test(tag))
    .map((tag) => nameOf(tag).split(" ")[0] ?? tag)
    .filter((keyword) => !known.has(keyword));
  return isComplete ? [...changed, ...added] : changed;
}

/** A service may write numbers as text, and leave an empty attribute out. */
function isSame(attributes: Facts, keyword: string, received: readonly FactValue[]): boolean {
  const expected = [attributes[keyword] ?? []].flat();
  return (
    expected.length === received.length &&
    expected.every((value, index) => {
      const other = received[index];
      return value === other || (typeof value === "number" && Number(other) === value);
    })
  );
}

const mostListed = 6;

function listed(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return rest > 0 ? `${names.slice(0, mostListed).join(", ")} and ${rest} more` : names.join(", ");
}
