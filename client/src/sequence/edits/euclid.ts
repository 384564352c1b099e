import { DEFAULT_VELOCITY, type Note, type Pitch } from '../pattern.ts'
import { inLoop, wrapped } from './loop-notes.ts'

/**
 * Spreads pulses over steps as evenly as can be. (Bjorklund's algorithm, as in Toussaint, "The Euclidean Algorithm
 * Generates Traditional Musical Rhythms", 2005.)
 *
 * @param pulses   0 up to `steps`
 * @param rotation steps by which all comes later; below 0 earlier
 * @returns of each step whether it is struck
 */
export function euclid(pulses: number, steps: number, rotation = 0): readonly boolean[] {
  const struck = Math.max(0, Math.min(steps, pulses))
  let heads: boolean[][] = Array.from({ length: struck }, () => [true])
  let tails: boolean[][] = Array.from({ length: steps - struck }, () => [false])
  while (heads.length > 0 && tails.length > 0) {
    const pairs = Math.min(heads.length, tails.length)
    const left = [...heads.slice(pairs), ...tails.slice(pairs)]
    heads = heads.slice(0, pairs).map((head, at) => [...head, ...(tails[at] ?? [])])
    tails = left
    if (tails.length <= 1) break
  }
  const even = [...heads, ...tails].flat()
  return even.map((_, step) => even[wrapped(step - rotation, steps)] ?? false)
}

export interface EuclidOptions {
  readonly pulses: number
  /** Over how many steps they are spread, 1 to the steps of the loop; then it begins anew. */
  readonly steps: number
  readonly rotation: number
  readonly stepCount: number
  /** Under which new strokes are written. */
  readonly pitch: Pitch
}

/** Strikes one row in an even rhythm. Where it was struck before the loudest stroke stays as it was. */
export function euclidRow(row: readonly Note[], options: EuclidOptions): readonly Note[] {
  const { pulses, steps, rotation, stepCount, pitch } = options
  const rhythm = euclid(pulses, steps, rotation)
  return inLoop(row, stepCount, (playing) =>
    Array.from({ length: stepCount }, (_, step) => step)
      .filter((step) => rhythm[step % steps] === true)
      .map((step) => loudestAt(playing, step) ?? newStroke(step, pitch)),
  )
}

const loudestAt = (playing: readonly Note[], step: number): Note | undefined =>
  playing
    .filter((note) => note.step === step)
    .reduce<Note | undefined>(
      (loudest, note) => (note.velocity > (loudest?.velocity ?? 0) ? note : loudest),
      undefined,
    )

const newStroke = (step: number, pitch: Pitch): Note => ({
  step,
  pitch,
  velocity: DEFAULT_VELOCITY,
  length: 1,
})
