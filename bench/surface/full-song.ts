import { encodeSongFile } from '../../client/src/app/song-file.ts'
import { type Note, noteKey } from '../../client/src/sequence/pattern.ts'
import { EMPTY_SONG, type Song, type TrackId } from '../../client/src/sequence/song.ts'
import { INITIAL_SOUND } from '../../client/src/sequence/track-sound.ts'

export const TRACKS = 24
export const STEPS = 64
export const NOTES = 2000
/** Of the first track, which is the one in the roll. */
export const OWN_NOTES = 160
/** Four octaves, C2 to B5. */
const LOWEST = 36
const PITCHES = 48
const COLOURS = 12
const BPM = 120
/** Without a common factor with the steps, so that no two notes of a track meet before all steps have one. */
const STRIDE = 37
const VELOCITIES = 68

/** As much as a jam holds: a song file of 24 tracks of 64 steps and 2,000 notes, spread over four octaves. */
export function fullSongFile(): string {
  const others = Math.floor((NOTES - OWN_NOTES) / (TRACKS - 1))
  const rest = NOTES - OWN_NOTES - others * (TRACKS - 1)
  const song: Song = {
    ...EMPTY_SONG,
    stepCount: STEPS,
    tracks: Array.from({ length: TRACKS }, (_, index) =>
      trackOf(index, index === 0 ? OWN_NOTES : others + (index <= rest ? 1 : 0)),
    ),
  }
  return encodeSongFile(song, BPM)
}

const trackOf = (index: number, count: number): Song['tracks'][number] => ({
  id: `track${'a'.repeat(8)}` as TrackId,
  owner: '',
  home: `home ${index}`,
  name: `track ${index + 1}`,
  colour: index % COLOURS,
  subdivision: 4,
  sound: INITIAL_SOUND,
  patterns: {
    a: new Map(
      notesOf(index, count).map((note) => [noteKey(note.step, note.pitch), note] as const),
    ),
  },
})

/** Each round over all steps is at other pitches than the one before. */
const notesOf = (track: number, count: number): readonly Note[] =>
  Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / STEPS)
    const step = (index * STRIDE + track) % STEPS
    return {
      step,
      pitch: LOWEST + ((step * 5 + track * 7 + round * 11) % PITCHES),
      velocity: 60 + ((index * 13) % VELOCITIES),
      length: 1 + (index % 2),
    }
  })
