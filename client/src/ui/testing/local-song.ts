import type { NoteTouch } from '../../sequence/note-code.ts'
import { DEFAULT_VELOCITY, noteKey } from '../../sequence/pattern.ts'
import type { Note, NoteKey, Pattern, PatternName, Pitch } from '../../sequence/pattern.ts'
import { EMPTY_SONG, patternOf as patternNamed } from '../../sequence/song.ts'
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
export const withToggled = (
  track: Track,
  step: number,
  pitch: Pitch,
  pattern: PatternName = 'a',
): Track =>
  withPattern(track, pattern, (notes) => {
    const key = noteKey(step, pitch)
    if (!notes.delete(key)) notes.set(key, { step, pitch, velocity: DEFAULT_VELOCITY, length: 1 })
  })

/** Changes a note that is there; else nothing. */
export const withNote = (
  track: Track,
  step: number,
  pitch: Pitch,
  change: Partial<NoteTouch>,
  pattern: PatternName = 'a',
): Track =>
  withPattern(track, pattern, (notes) => {
    const note = notes.get(noteKey(step, pitch))
    if (note !== undefined) notes.set(noteKey(step, pitch), { ...note, ...change })
  })

export const withoutNote = (
  track: Track,
  step: number,
  pitch: Pitch,
  pattern: PatternName = 'a',
): Track =>
  withPattern(track, pattern, (notes) => {
    notes.delete(noteKey(step, pitch))
  })

export const withoutNotes = (track: Track, pattern: PatternName): Track =>
  withPattern(track, pattern, (notes) => {
    notes.clear()
  })

function withPattern(
  track: Track,
  pattern: PatternName,
  change: (notes: Map<NoteKey, Note>) => void,
): Track {
  const notes = new Map(patternNamed(track, pattern))
  change(notes)
  return { ...track, patterns: { ...track.patterns, [pattern]: notes } }
}
