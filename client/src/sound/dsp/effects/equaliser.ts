import { BLOCK, CHUNK } from '../strip.ts'
import {
  type Band,
  createBand,
  filterBand,
  filterBands,
  isFlat,
  isStill,
  moveBand,
  partBand,
  settleBand,
} from './eq-band.ts'
import { areAlike, copySide } from './sides.ts'
import { smoothingShare, within } from './smoothing.ts'

/** Raises and lowers three bands. */
export interface Equaliser {
  set(settings: EqualiserSettings): void
  /** Filters the first `count` samples of both sides in place. */
  process(left: Float64Array, right: Float64Array, count: number): void
  /** Whether silence in gives silence out from now on. */
  isSilent(): boolean
}

/** Decibels, -15 to 15. A band at 0 leaves samples untouched. */
export interface EqualiserSettings {
  /** Below 180 Hz, where half of it is reached. */
  readonly lowDb: number
  /** At 1 kHz. */
  readonly middleDb: number
  /** Above 5 kHz, where half of it is reached. */
  readonly highDb: number
}

const MOST_DB = 15
const LOW_HZ = 180
const MIDDLE_HZ = 1000
const HIGH_HZ = 5000

export function createEqualiser(sampleRate: number): Equaliser {
  const share = smoothingShare(CHUNK, sampleRate)
  const low = createBand('low shelf', LOW_HZ / sampleRate)
  const middle = createBand('peak', MIDDLE_HZ / sampleRate)
  const high = createBand('high shelf', HIGH_HZ / sampleRate)
  // Both sides are computed as one while they are the same since all was silent.
  const sides = { isMono: true }
  const isSilent = (): boolean => low.isSilent && middle.isSilent && high.isSilent

  return {
    set({ lowDb, middleDb, highDb }) {
      low.target = within(-MOST_DB, MOST_DB, lowDb)
      middle.target = within(-MOST_DB, MOST_DB, middleDb)
      high.target = within(-MOST_DB, MOST_DB, highDb)
    },
    process(left, right, count) {
      if (sides.isMono && !areAlike(left, right, count)) {
        sides.isMono = false
        partBand(low)
        partBand(middle)
        partBand(high)
      }
      const { isMono } = sides
      if (canShareLoop(low) && canShareLoop(middle) && canShareLoop(high)) {
        filterBands(low, middle, high, false, left, count)
        if (!isMono) filterBands(low, middle, high, true, right, count)
        settleBand(low, isMono)
        settleBand(middle, isMono)
        settleBand(high, isMono)
      } else {
        processBand(low, left, right, count, share, isMono)
        processBand(middle, left, right, count, share, isMono)
        processBand(high, left, right, count, share, isMono)
      }
      if (isMono) copySide(left, right, count)
      else if (isSilent()) sides.isMono = true
    },
    isSilent,
  }
}

const canShareLoop = (band: Band): boolean => isStill(band) && !isFlat(band)

function processBand(
  band: Band,
  left: Float64Array,
  right: Float64Array,
  count: number,
  share: number,
  isMono: boolean,
): void {
  if (isFlat(band)) return
  const stretch = isStill(band) ? BLOCK : CHUNK
  for (let from = 0; from < count; from += stretch) {
    const to = Math.min(count, from + stretch)
    moveBand(band, share, to - from)
    filterBand(band, band.left, left, from, to)
    if (!isMono) filterBand(band, band.right, right, from, to)
  }
  settleBand(band, isMono)
}
