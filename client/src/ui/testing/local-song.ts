import type { NoteTouch } from '../../sequence/note-code.ts'
import { DEFAULT_VELOCITY, noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteEdits, Pattern, Pitch } from '../../sequence/pattern.ts'
import { EMPTY_SONG } from '../../sequence/song.ts'
import type { Song, Track, TrackId } from '../../sequence/song.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'

/** A track with nothing in it. */
export const emptyTrack = (id: string, owner: string, name: string, colour: number): Track => ({
  id: id as TrackId,
  owner,
  home: 'home',
  name,
  colour,
  subdivision: 4,
  sound: INITIAL_SOUND,
  patterns: { a: new Map() },
})

export const patternOf = (notes: readonly Note[]): Pattern =>
  new Map(notes.map((note) => [noteKey(note.step, note.pitch), note]))

export const withNotes = (track: Track, notes: readonly Note[]): Track => ({
  ...track,
  patterns: { a: patternOf(notes) },
})

export const songOf = (tracks: readonly Track[]): Song => ({ ...EMPTY_SONG, tracks })

/** The song with one of its tracks changed. */
export const withTrack = (song: Song, id: TrackId, change: (track: Track) => Track): Song => ({
  ...song,
  tracks: song.tracks.map((track) => (track.id === id ? change(track) : track)),
})

/** Writes the note, or takes it away when it is there. */
export function withToggled(track: Track, step: number, pitch: Pitch): Track {
  const pattern = new Map(track.patterns.a)
  const key = noteKey(step, pitch)
  if (!pattern.delete(key)) {
    pattern.set(key, { step, pitch, velocity: DEFAULT_VELOCITY, length: 1 })
  }
  return { ...track, patterns: { a: pattern } }
}

/** Changes a note that is there; else nothing. */
export function withNote(
  track: Track,
  step: number,
  pitch: Pitch,
  change: Partial<NoteTouch>,
): Track {
  const key = noteKey(step, pitch)
  const note = track.patterns.a.get(key)
  if (note === undefined) return track
  return { ...track, patterns: { a: new Map(track.patterns.a).set(key, { ...note, ...change }) } }
}

export function withoutNote(track: Track, step: number, pitch: Pitch): Track {
  const pattern = new Map(track.patterns.a)
  pattern.delete(noteKey(step, pitch))
  return { ...track, patterns: { a: pattern } }
}

/** Takes notes away, then writes others. */
export function withEdits(track: Track, { remove, write }: NoteEdits): Track {
  const pattern = new Map(track.patterns.a)
  for (const { step, pitch } of remove) pattern.delete(noteKey(step, pitch))
  for (const note of write) pattern.set(noteKey(note.step, note.pitch), note)
  return { ...track, patterns: { a: pattern } }
}
