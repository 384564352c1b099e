import { MAX_RATCHET } from '../sequence/pattern.ts'
import type { Bus } from './dsp/bus.ts'
import { MOST_NOTES_A_STEP, type Strokes } from './step-notes.ts'

/** With the soft one of a flam. */
const MOST_STROKES_A_STEP = MOST_NOTES_A_STEP * (MAX_RATCHET + 1)

/** One stroke that is decided and has not begun. */
export interface PendingNote {
  bus: Bus | undefined
  /** Beats of the song on which it begins and ends. */
  beat: number
  endBeat: number
  pitch: number
  velocity: number
  seed: number
}

/** Strokes on their way, by beat, so that a change of tempo moves them; makes no objects. */
export interface PendingNotes extends Strokes<Bus> {
  /** Dropped when there are too many of its track, whatever others have. */
  add: Strokes<Bus>['add']
  /**
   * Hands over and forgets those that begin before `beat`: by beat, then by the track's seed, then by pitch, so that
   * which of them sounds where not all can is the same for everybody. Holds on to none of them, nor may `onNote`.
   */
  take(beat: number, onNote: (note: PendingNote) => void): void
  /** Forgets all of one track, or everything. */
  drop(bus?: Bus): void
}

/** All strokes of four steps: more are never on their way, since no step is met earlier than one before its own. */
export const MOST_OF_TRACK = 4 * MOST_STROKES_A_STEP
/** As many as a song has. */
const TRACKS = 64
const MOST = TRACKS * MOST_OF_TRACK

export function createPendingNotes(): PendingNotes {
  const buses = new Array<Bus | undefined>(MOST).fill(undefined)
  const trackSeeds = new Int32Array(MOST)
  const beats = new Float64Array(MOST)
  const endBeats = new Float64Array(MOST)
  const pitches = new Uint8Array(MOST)
  const velocities = new Float64Array(MOST)
  const seeds = new Int32Array(MOST)
  /** Places of the above: first those in use, as a heap with the note that begins next at its top, then the free ones. */
  const order = new Uint16Array(MOST)
  for (let place = 0; place < MOST; place++) order[place] = place
  // Kept in a record: a number that changes inside a closure becomes a new object with each change.
  const queue = { length: 0 }
  const handed: PendingNote = {
    bus: undefined,
    beat: 0,
    endBeat: 0,
    pitch: 0,
    velocity: 0,
    seed: 0,
  }

  const placeAt = (at: number): number => order[at] ?? 0
  const difference = (one: number, other: number): number =>
    (beats[one] ?? 0) - (beats[other] ?? 0) ||
    (trackSeeds[one] ?? 0) - (trackSeeds[other] ?? 0) ||
    (pitches[one] ?? 0) - (pitches[other] ?? 0) ||
    (seeds[one] ?? 0) - (seeds[other] ?? 0)
  const isBefore = (at: number, than: number): boolean => difference(placeAt(at), placeAt(than)) < 0
  const swap = (at: number, other: number): void => {
    const place = placeAt(at)
    order[at] = placeAt(other)
    order[other] = place
  }
  const rise = (from: number): void => {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1
      if (!isBefore(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = (from: number): void => {
    for (let at = from; ;) {
      let first = at
      for (let child = 2 * at + 1; child <= 2 * at + 2 && child < queue.length; child++) {
        if (isBefore(child, first)) first = child
      }
      if (first === at) return
      swap(at, first)
      at = first
    }
  }
  const hand = (place: number): void => {
    handed.bus = buses[place]
    handed.beat = beats[place] ?? 0
    handed.endBeat = endBeats[place] ?? 0
    handed.pitch = pitches[place] ?? 0
    handed.velocity = velocities[place] ?? 0
    handed.seed = seeds[place] ?? 0
  }
  /** Leaves the heap in disorder from there on. */
  const forget = (at: number): void => {
    queue.length--
    const bus = buses[placeAt(at)]
    if (bus !== undefined) bus.pending--
    buses[placeAt(at)] = undefined
    swap(at, queue.length)
  }

  return {
    add(bus, beat, endBeat, pitch, velocity, seed) {
      if (queue.length === MOST || bus.pending === MOST_OF_TRACK) return
      bus.pending++
      const place = placeAt(queue.length)
      buses[place] = bus
      trackSeeds[place] = bus.strip.seed
      beats[place] = beat
      endBeats[place] = endBeat
      pitches[place] = pitch
      velocities[place] = velocity
      seeds[place] = seed
      rise(queue.length++)
    },
    take(beat, onNote) {
      while (queue.length > 0 && (beats[placeAt(0)] ?? 0) < beat) {
        hand(placeAt(0))
        forget(0)
        sink(0)
        onNote(handed)
      }
    },
    drop(bus) {
      for (let at = queue.length - 1; at >= 0; at--) {
        if (bus === undefined || buses[placeAt(at)] === bus) forget(at)
      }
      for (let at = (queue.length >> 1) - 1; at >= 0; at--) sink(at)
    },
  }
}
