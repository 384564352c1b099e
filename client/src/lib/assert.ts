/**
 * Throws when a condition that only our own mistake can break does not hold.
 *
 * @param sentence what must be, then what was got
 */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new RangeError(sentence)
}
