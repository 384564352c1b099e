import type { MidiChannel, MidiTrack } from './smf.ts'

/** A note of a file, from its stroke to its end. */
export interface FileNote {
  readonly tick: number
  /** Never before `tick`. */
  readonly endTick: number
  readonly pitch: number
  /** 1 to 127. */
  readonly velocity: number
  readonly channel: MidiChannel
  /** Never let go of: it lasts until the track ends. */
  readonly isHanging?: boolean
}

const PITCHES = 128

/**
 * Finds where each note ends. Of notes of one pitch that sound at once the one that was struck first is let go of
 * first: the file does not say which.
 *
 * @returns by tick, then by pitch
 */
export function pairedNotes({ events, endTick }: MidiTrack): readonly FileNote[] {
  const notes: FileNote[] = []
  /** By channel and pitch: all that were struck, and how many of them were let go of. */
  const struck = new Map<number, { readonly notes: FileNote[]; ended: number }>()
  for (const event of events) {
    if (event.kind !== 'note-on' && event.kind !== 'note-off') continue
    const { tick, channel, pitch } = event
    const key = channel * PITCHES + pitch
    const queue = struck.get(key) ?? { notes: [], ended: 0 }
    if (event.kind === 'note-on') {
      queue.notes.push({ tick, endTick: tick, pitch, velocity: event.velocity, channel })
      struck.set(key, queue)
      continue
    }
    const begun = queue.notes[queue.ended]
    if (begun === undefined) continue
    queue.ended++
    notes.push({ ...begun, endTick: tick })
  }
  for (const queue of struck.values()) {
    for (const note of queue.notes.slice(queue.ended)) {
      notes.push({ ...note, endTick: Math.max(note.tick, endTick), isHanging: true })
    }
  }
  return notes.sort((one, other) => one.tick - other.tick || one.pitch - other.pitch)
}
