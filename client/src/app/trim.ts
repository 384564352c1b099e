import { createLive, type Live } from '../lib/live.ts'
import type { Drawer } from './storage.ts'

export const MIN_TRIM_MS = -50
export const MAX_TRIM_MS = 300

const KEY = 'trim-ms'

/** How much later this device sounds than its browser says, by the ear of who sits there. */
export interface Trim {
  /** Whole ms, -50 to 300; positive: later than the browser says, so everything is played that much earlier. */
  readonly trimMs: Live<number>
  /** Brought within the range; what is no number changes nothing. */
  setTrim(ms: number): void
}

/** Remembered on this device; what cannot have been stored by us counts as 0. */
export function createTrim(drawer: Drawer): Trim {
  const trimMs = createLive(parseTrim(drawer.read(KEY)))
  return {
    trimMs,
    setTrim(ms) {
      if (!Number.isFinite(ms)) return
      trimMs.set(Math.max(MIN_TRIM_MS, Math.min(MAX_TRIM_MS, Math.round(ms))))
      drawer.write(KEY, String(trimMs.read()))
    },
  }
}

function parseTrim(text: string | undefined): number {
  const ms = Number(text ?? 0)
  return Number.isInteger(ms) && ms >= MIN_TRIM_MS && ms <= MAX_TRIM_MS ? ms : 0
}
