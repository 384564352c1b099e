import type { EngineCore } from '../../client/src/sound/core-types.ts'
import { CEILING } from '../../client/src/sound/dsp/limiter.ts'
import type { Stems } from '../../client/src/sound/dsp/master.ts'
import { must } from '../scenario.ts'

/** What leaves the engine is of single precision. */
const LOUDEST = Math.fround(CEILING)
/** 60 dB above full scale: louder is no track, by any sound there is. */
const LOUDEST_TRACK = 1000
/** What lasts below this slows processors down, and nobody hears it. */
const TINY = 1e-30
const MOST_TINY_BLOCKS = 200

/** The sound of one engine, or of two that are to be equal, judged block by block. */
export interface Listener {
  /** Processes so many frames with each. @throws Error when the sound is none */
  process(frame: number, count: number): void
  /** Highest absolute sample of the last stretch. */
  peak(): number
}

export function createListener(engines: readonly [EngineCore, EngineCore?]): Listener {
  const [one, other] = engines
  let tinyBlocks = 0
  let peak = 0
  const stems: Stems = {
    take(id, left, right, _at, count) {
      const loudest = loudestOf(left, right, count)
      must(loudest < LOUDEST_TRACK, `${id} must be a sound before the limiter, got ${loudest}`)
      tinyBlocks = loudest > 0 && loudest < TINY ? tinyBlocks + 1 : 0
      must(tinyBlocks < MOST_TINY_BLOCKS, `nothing must linger on in ${id}, got ${loudest}`)
    },
  }

  return {
    process(frame, count) {
      const [left, right] = [new Float32Array(count), new Float32Array(count)]
      one.process(left, right, frame, stems)
      peak = Math.max(judge(left), judge(right))
      if (other === undefined) return
      const [leftToo, rightToo] = [new Float32Array(count), new Float32Array(count)]
      other.process(leftToo, rightToo, frame)
      compare(left, leftToo)
      compare(right, rightToo)
    },
    peak: () => peak,
  }
}

/** NaN when any sample is. */
function loudestOf(left: Float64Array, right: Float64Array, count: number): number {
  let loudest = 0
  for (let i = 0; i < count; i++) {
    loudest = Math.max(loudest, Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
  }
  return loudest
}

function judge(samples: Float32Array): number {
  let peak = 0
  for (let i = 0; i < samples.length; i++) {
    const level = Math.abs(samples[i] ?? 0)
    // No number is no level either.
    if (!(level <= LOUDEST)) throw new Error(`the sound must stay below the ceiling, got ${level}`)
    if (level > peak) peak = level
  }
  return peak
}

function compare(samples: Float32Array, others: Float32Array): void {
  for (let i = 0; i < samples.length; i++) {
    if (samples[i] !== others[i])
      throw new Error(`two engines differ: ${samples[i] ?? NaN}, ${others[i] ?? NaN}`)
  }
}
