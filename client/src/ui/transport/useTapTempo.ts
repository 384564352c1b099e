import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { bpmOfTaps, withTap, type Taps } from '../../app/tap-tempo.ts'
import type { Bpm } from '../../sequence/time.ts'

/** A tempo under somebody's finger. */
export interface TapTempo {
  /** What was tapped so far: undefined before the first tap, 'more' while it says too little. */
  readonly tapped: Readonly<ShallowRef<Bpm | 'more' | undefined>>
  /** @param atMs monotonic milliseconds */
  tap(atMs: number): void
}

/** @param setTempo called with each tap from the third on */
export function useTapTempo(setTempo: (bpm: Bpm) => void): TapTempo {
  const tapped = shallowRef<Bpm | 'more'>()
  let taps: Taps = []
  return {
    tapped,
    tap(atMs) {
      taps = withTap(taps, atMs)
      const bpm = bpmOfTaps(taps)
      tapped.value = bpm ?? 'more'
      if (bpm !== undefined) setTempo(bpm)
    },
  }
}
