import { DEFAULT_VELOCITY, type Note, type Pitch } from '../pattern.ts'

/** Strikes every `every`th step of a row that is not struck yet; 1 is whatever is empty. What is there stays. */
export function fillEvery(
  row: readonly Note[],
  every: number,
  stepCount: number,
  pitch: Pitch,
): readonly Note[] {
  const taken = new Set(row.map(({ step }) => step))
  const empty = Array.from({ length: Math.ceil(stepCount / every) }, (_, at) => at * every).filter(
    (step) => !taken.has(step),
  )
  return [...row, ...empty.map((step) => ({ step, pitch, velocity: DEFAULT_VELOCITY, length: 1 }))]
}
