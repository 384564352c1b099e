import { isFields } from '../lib/parse-json.ts'
import {
  CHORD_TONES,
  MOST_CHORDS,
  MOST_HALF_BARS,
  type ChordLane,
  type ChordQuality,
  type LaneChord,
} from './chord-lane.ts'
import { FOLLOWS, type Follow } from './follow-chords.ts'
import { parseRoot } from './parse-song.ts'

/** A chord out of a stranger's `{root, quality, halfBars}`, its length a whole number within 1 to 8. */
export function parseChord(value: unknown): LaneChord | undefined {
  if (!isFields(value)) return undefined
  const root = parseRoot(value['root'])
  const { quality, halfBars } = value
  if (root === undefined || typeof halfBars !== 'number' || !Number.isFinite(halfBars)) {
    return undefined
  }
  if (typeof quality !== 'string' || !Object.hasOwn(CHORD_TONES, quality)) return undefined
  return {
    root,
    quality: quality as ChordQuality,
    halfBars: Math.min(MOST_HALF_BARS, Math.max(1, Math.round(halfBars))),
  }
}

/**
 * The song's chords: what is none leaves its place out.
 *
 * @param read  gives what stands in a place, from 0 to 15
 */
export function parseLane(read: (place: number) => unknown): { readonly chords?: ChordLane } {
  const places = Array.from({ length: MOST_CHORDS }, (_, place) => place)
  const chords = places.flatMap((place) => parseChord(read(place)) ?? [])
  return chords.length === 0 ? {} : { chords }
}

export const parseFollow = (value: unknown): Follow | undefined =>
  FOLLOWS.find((follow) => follow === value)
