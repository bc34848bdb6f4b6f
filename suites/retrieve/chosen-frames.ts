/** Frames by their numbers, from 1; a number that none has gives none. */
export function framesOf(frames: readonly Buffer[], ...numbers: readonly number[]): readonly Buffer[] {
  return numbers.flatMap((number) => frames.slice(number - 1, number));
}
