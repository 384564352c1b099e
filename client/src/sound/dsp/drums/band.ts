import type { FilterMode } from '../../../sequence/synth-sound.ts'
import {
  createFilterShape,
  filter,
  settleFilter,
  type FilterShape,
  type FilterState,
} from '../filter.ts'
import { DECAYS_TO_SILENCE, fallIn, flush } from './arithmetic.ts'
import { shapeDrumFilter } from './drum-filter.ts'

/** Noise and metal through a filter, struck once or several times. */
export interface Band {
  readonly sampleRate: number
  readonly shape: FilterShape
  readonly state: FilterState
  /** Pairs of poles: 1 or 2. */
  passes: number
  /** How much of each is let in. */
  noise: number
  metal: number
  level: number
  fall: number
  /** What is missing while it sets in, and what is left of that after a sample. */
  lack: number
  lackFall: number
  /** Strikes to come, samples until the next one and between two. */
  strikes: number
  wait: number
  gap: number
  /** Samples that it is heard. */
  remaining: number
}

export const createBand = (sampleRate: number): Band => ({
  sampleRate,
  shape: createFilterShape(),
  state: new Float64Array(4),
  passes: 1,
  noise: 0,
  metal: 0,
  level: 0,
  fall: 0,
  lack: 0,
  lackFall: 0,
  strikes: 0,
  wait: Infinity,
  gap: 0,
  remaining: 0,
})

export function clearBand(band: Band): void {
  band.state.fill(0)
  band.level = 0
  band.lack = 0
  band.strikes = 0
  band.wait = Infinity
  band.remaining = 0
}

/** @param resonance  Q @param passes  1 for 12 dB an octave, 2 for 24 */
export function tuneBand(
  band: Band,
  mode: FilterMode,
  hz: number,
  resonance: number,
  passes: number,
): void {
  shapeDrumFilter(band.shape, mode, hz, resonance, band.sampleRate)
  band.passes = passes
}

/** @param seconds  in which the level falls by 60 dB */
export function strikeBand(band: Band, noise: number, metal: number, seconds: number): void {
  const samples = seconds * band.sampleRate
  band.noise = noise
  band.metal = metal
  band.fall = fallIn(samples)
  band.strikes = 1
  band.wait = 0
  band.remaining = Math.round(samples * DECAYS_TO_SILENCE)
}

/** Lets it set in softly. @param seconds  until a thousandth is missing */
export function softenBand(band: Band, seconds: number): void {
  if (seconds <= 0) return
  band.lack = 1
  band.lackFall = fallIn(seconds * band.sampleRate)
}

/** Strikes it several times, the first after a while. */
export function repeatBand(
  band: Band,
  strikes: number,
  gapSeconds: number,
  delaySeconds: number,
): void {
  band.strikes = strikes
  band.gap = Math.max(1, Math.round(gapSeconds * band.sampleRate))
  band.wait = Math.round(delaySeconds * band.sampleRate)
  band.remaining += band.wait + (strikes - 1) * band.gap
}

/** What bands are made of, for the coming samples, and room to work in. */
export interface BandSource {
  readonly noise: Float64Array
  readonly metal: Float64Array
  readonly scratch: Float64Array
}

/** Adds samples from `from` up to, not with, `to`. */
export function addBand(
  band: Band,
  source: BandSource,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const end = Math.min(to, from + band.remaining) | 0
  if (end <= from) return
  const { scratch } = source
  const { noise, metal } = band
  for (let i = from; i < end; i++) {
    scratch[i] = noise * (source.noise[i] ?? 0) + metal * (source.metal[i] ?? 0)
  }
  for (let pass = 0; pass < band.passes; pass++) {
    filter(band.shape, band.state, 2 * pass, scratch, from, end)
  }
  let at = from
  while (at < end) {
    if (band.wait <= 0) strike(band)
    const turn = Math.min(end, at + band.wait) | 0
    addStretch(band, scratch, out, at, turn)
    band.wait -= turn - at
    at = turn
  }
  band.level = flush(band.level)
  band.lack = flush(band.lack)
  band.remaining -= end - from
  settleFilter(band.state)
}

function strike(band: Band): void {
  band.level = 1
  band.strikes--
  band.wait = band.strikes > 0 ? band.gap : Infinity
}

function addStretch(
  band: Band,
  samples: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const { fall, lackFall } = band
  let { level, lack } = band
  for (let i = from; i < to; i++) {
    lack *= lackFall
    out[i] = (out[i] ?? 0) + (samples[i] ?? 0) * level * (1 - lack)
    level *= fall
  }
  band.level = level
  band.lack = lack
}
