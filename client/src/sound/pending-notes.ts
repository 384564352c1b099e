import type { Bus } from './dsp/bus.ts'

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
export interface PendingNotes {
  /** Dropped when there are too many. */
  add(bus: Bus, beat: number, endBeat: number, pitch: number, velocity: number, seed: number): void
  /** Hands over and forgets those that begin before `beat`. */
  take(beat: number, onNote: (note: PendingNote) => void): void
  /** Forgets all of one track, or everything. */
  drop(bus?: Bus): void
}

/** Of 20 tracks with chords of six, struck four times. */
const MOST = 1024

export function createPendingNotes(): PendingNotes {
  const notes = Array.from({ length: MOST }, (): PendingNote => ({
    bus: undefined,
    beat: 0,
    endBeat: 0,
    pitch: 0,
    velocity: 0,
    seed: 0,
  }))
  // Kept in a record: a number that changes inside a closure becomes a new object with each change.
  const queue = { length: 0 }

  const forget = (at: number): void => {
    queue.length--
    const gone = notes[at]
    const last = notes[queue.length]
    if (gone === undefined || last === undefined) return
    gone.bus = undefined
    notes[at] = last
    notes[queue.length] = gone
  }

  return {
    add(bus, beat, endBeat, pitch, velocity, seed) {
      const note = notes[queue.length]
      if (note === undefined) return
      queue.length++
      note.bus = bus
      note.beat = beat
      note.endBeat = endBeat
      note.pitch = pitch
      note.velocity = velocity
      note.seed = seed
    },
    take(beat, onNote) {
      for (let at = 0; at < queue.length;) {
        const note = notes[at]
        if (note === undefined || note.beat >= beat) {
          at++
          continue
        }
        onNote(note)
        forget(at)
      }
    },
    drop(bus) {
      for (let at = queue.length - 1; at >= 0; at--) {
        if (bus === undefined || notes[at]?.bus === bus) forget(at)
      }
    },
  }
}
