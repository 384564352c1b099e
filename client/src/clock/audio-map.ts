import { createCountedLine } from './counted-line.ts'
import { createOutputJudge, type OutputReading } from './output-reading.ts'
import { createToldLine } from './told-line.ts'

/** Our clock's ms to audio frames: which frame is heard when. */
export interface AudioMap {
  /** Takes a reading. When the audio stood still meanwhile, the map begins anew with it. */
  add(reading: OutputReading): void
  /** The audio stands still: what was known of its position holds no longer. */
  forget(nowMs: number): void
  /** The frame (fractional) that is at the loudspeaker at `localMs`; undefined before the first reading. */
  frameAt(localMs: number): number | undefined
}

/** What is told counts no longer when nothing plausible was for so long. */
const STALE_MS = 2500

/**
 * Two lines, both always kept: one by what the browser tells, followed while that can be trusted, and one counted from
 * `currentTime` and the latencies, so that it is good from the moment at which it is needed.
 */
export function createAudioMap(sampleRate: number): AudioMap {
  const judge = createOutputJudge(sampleRate)
  const toldLine = createToldLine()
  const countedLine = createCountedLine()
  let follows = false
  let toldMs = -Infinity

  return {
    add(reading) {
      const { told, isTrusted, counted } = judge(reading)
      if (counted === undefined) return
      const { nowMs } = reading
      // Whatever was told before the audio stopped is about another line.
      if (countedLine.add(counted)) toldLine.forget(toldMs)
      if (told !== undefined) {
        toldLine.add(told)
        toldMs = nowMs
        follows = isTrusted
      } else if (nowMs - toldMs > STALE_MS) {
        follows = false
      }
    },
    forget(nowMs) {
      toldLine.forget(nowMs)
      countedLine.forget()
    },
    frameAt(localMs) {
      const told = follows ? toldLine.contextMsAt(localMs) : undefined
      const contextMs = told ?? countedLine.contextMsAt(localMs)
      return contextMs === undefined ? undefined : (contextMs / 1000) * sampleRate
    },
  }
}
