import { createLive, type Live } from '../lib/live.ts'
import type { Drawer } from './storage.ts'

/** Over how many bars a tempo may glide; 0 is at once. */
export const GLIDE_BARS = [0, 1, 2, 4, 8] as const

const KEY = 'glide-bars'

/** Over how many bars the tempos that this person asks for glide, remembered. */
export function createGlideBars(drawer: Drawer): {
  readonly bars: Live<number>
  set(bars: number): void
} {
  const bars = createLive<number>(known(Number(drawer.read(KEY))) ?? GLIDE_BARS[0])
  return {
    bars,
    set(next) {
      bars.set(known(next) ?? bars.read())
      drawer.write(KEY, String(bars.read()))
    },
  }
}

const known = (bars: number): number | undefined => GLIDE_BARS.find((each) => each === bars)
