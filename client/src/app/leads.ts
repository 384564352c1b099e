import type { ClockSync } from '../jam/clock-sync.ts'

/** How far ahead something is agreed, so that everybody has heard of it when it comes. */
export interface Leads {
  /** Whether there is nobody to agree with. */
  isAlone(): boolean
  /** Before the song begins, ms. */
  playMs(): number
  /** Before tempo or step count changes, ms. */
  changeMs(): number
  /** Before the song stops, ms; 0 when alone: whoever hears of it late only stops late. */
  stopMs(): number
}

export interface LeadsOptions {
  readonly clock: Pick<ClockSync, 'p95OneWayMs'>
  /** How many links are open. */
  readonly links: () => number
  /** From the worklet to the loudspeaker, ms: nothing can be heard sooner. */
  readonly latencyMs: () => number
}

/** At least, for a lost message is sent again after some 200 ms. */
const PLAY_FLOOR_MS = 300
const CHANGE_FLOOR_MS = 250
/** A stop is wanted now; a copy of what is lost comes at once, and whoever still hears of it late stops late. */
const STOP_FLOOR_MS = 80
/** Of what most messages take, to what all but the lost ones do. */
const PLAY_PER_P95 = 2.5
const CHANGE_PER_P95 = 2
/** Until the audio thread has it. */
const SOLO_MS = 60

export function createLeads({ clock, links, latencyMs }: LeadsOptions): Leads {
  const isAlone = (): boolean => links() === 0
  const audible = (floorMs: number, perP95: number): number =>
    latencyMs() + (isAlone() ? SOLO_MS : Math.max(floorMs, perP95 * clock.p95OneWayMs()))
  return {
    isAlone,
    playMs: () => audible(PLAY_FLOOR_MS, PLAY_PER_P95),
    changeMs: () => audible(CHANGE_FLOOR_MS, CHANGE_PER_P95),
    stopMs: () => (isAlone() ? 0 : audible(STOP_FLOOR_MS, CHANGE_PER_P95)),
  }
}
