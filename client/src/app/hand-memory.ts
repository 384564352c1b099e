import type { PlayedNote } from '../sequence/catch-notes.ts'
import type { Pitch } from '../sequence/pattern.ts'
import { MS_PER_MINUTE, type Bpm } from '../sequence/time.ts'
import type { TrackId } from '../sequence/song.ts'

/** A note that this person played by hand. */
export interface RememberedNote {
  readonly track: TrackId
  readonly pitch: Pitch
  readonly velocity: number
  /** Shared time, ms. */
  readonly fromMs: number
  /** Undefined while it is held. */
  readonly untilMs: number | undefined
  /** Where the song was, if it played. */
  readonly beat: number | undefined
  readonly bpm: Bpm
}

/** What this person played in the last minutes, so that nothing good is lost. */
export interface HandMemory {
  press(note: Omit<RememberedNote, 'untilMs'>): void
  /** @returns the note that ends */
  letGo(track: TrackId, pitch: Pitch, atMs: number): RememberedNote | undefined
  /** What was played last on a track: with the song, or since the last pause without it. */
  phrase(track: TrackId, nowMs: number): readonly PlayedNote[]
}

const MOST_NOTES = 4000
const REMEMBERED_MS = 180_000
/** So long a pause begins another phrase, while the song stands. */
const PAUSE_MS = 2000

export function createHandMemory(): HandMemory {
  let notes: readonly RememberedNote[] = []

  return {
    press(note) {
      const since = note.fromMs - REMEMBERED_MS
      const kept = notes.filter(({ fromMs }) => fromMs > since)
      notes = [...kept, { ...note, untilMs: undefined }].slice(-MOST_NOTES)
    },
    letGo(track, pitch, atMs) {
      const isIt = (note: RememberedNote): boolean =>
        note.track === track && note.pitch === pitch && note.untilMs === undefined
      const found = notes.find(isIt)
      if (found === undefined) return undefined
      const ended = { ...found, untilMs: Math.max(found.fromMs, atMs) }
      notes = notes.map((note) => (note === found ? ended : note))
      return ended
    },
    phrase(track, nowMs) {
      const played = notes.filter(
        (note) => note.track === track && note.fromMs > nowMs - REMEMBERED_MS,
      )
      const last = played.at(-1)
      if (last === undefined) return []
      const isFree = last.beat === undefined
      const alike = played.filter(({ beat }) => (beat === undefined) === isFree)
      return isFree ? freely(alike, nowMs) : alike.map((note) => inSong(note, nowMs))
    },
  }
}

/** As long as it was held; until now while it is. */
export const inSong = (note: RememberedNote, nowMs: number): PlayedNote => ({
  pitch: note.pitch,
  velocity: note.velocity,
  beat: note.beat ?? 0,
  beats: (((note.untilMs ?? nowMs) - note.fromMs) * note.bpm) / MS_PER_MINUTE,
})

/** Without the song the first note is its beginning, at the tempo of that time. */
function freely(notes: readonly RememberedNote[], nowMs: number): readonly PlayedNote[] {
  let first = notes.length - 1
  const pauseBefore = (index: number): number =>
    (notes[index]?.fromMs ?? 0) -
    (notes[index - 1]?.untilMs ?? notes[index - 1]?.fromMs ?? -Infinity)
  while (first > 0 && pauseBefore(first) < PAUSE_MS) first -= 1
  const startMs = notes[first]?.fromMs ?? 0
  return notes.slice(first).map((note) => ({
    ...inSong(note, nowMs),
    beat: ((note.fromMs - startMs) * note.bpm) / MS_PER_MINUTE,
  }))
}
