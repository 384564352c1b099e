/** 60 dB above full scale. What is louder is a mistake of somebody's, not sound. */
const LOUDEST = 1000
/** States below this are silence; processors slow down on numbers near the smallest. */
const SILENT = 1e-15
const ABSURD = 1e15

/** Only of one type of array: a function that reads several is slow with each. */
export const valueAt = (values: Float64Array, at: number): number => values[at] ?? 0

/** The sample, or 0 where it is no number or absurdly loud. */
export const sane = (sample: number): number => (Math.abs(sample) <= LOUDEST ? sample : 0)

/** Takes states that are too small to be heard, or no numbers, for silence. @returns whether all are 0 now */
export function settle(states: Float64Array): boolean {
  let isSilent = true
  for (let at = 0; at < states.length; at++) {
    const size = Math.abs(valueAt(states, at))
    if (size >= SILENT && size <= ABSURD) isSilent = false
    else states[at] = 0
  }
  return isSilent
}
