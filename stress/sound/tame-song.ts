import type { Note } from '../../client/src/sequence/pattern.ts'
import type { Song, Track } from '../../client/src/sequence/song.ts'
import type { Dice } from '../random.ts'

/** Fewer than there are voices, so that none makes room: whose turn that is depends on what somebody heard before. */
const MOST_NOTES = 10
const LONGEST_NOTE = 3

/**
 * The song without what needs minutes to be the same for one who came later, or never is (SND1): echoes of echoes, long
 * releases, voices that make room, notes of a mono track that go on into the next loop.
 */
export const tamed = (dice: Dice, song: Song, steps: number): Song => ({
  ...song,
  tracks: song.tracks.map((track) => tamedTrack(dice, track, steps)),
})

function tamedTrack(dice: Dice, track: Track, steps: number): Track {
  const { sound } = track
  const isPoly = sound.playMode !== 'mono' && sound.playMode !== 'legato'
  const notes = [...track.patterns.a]
    .filter(([, note]) => Number.isInteger(note.step) && note.step >= 0 && note.step < steps)
    .map(([key, note]) => [key, tamedNote(note)] as const)
    .filter(([, note]) => isPoly || note.step + note.length < steps - 2)
    .slice(0, MOST_NOTES)
  return {
    ...track,
    subdivision: dice.chance(0.5) ? 4 : 2,
    patterns: { a: new Map(notes) },
    sound: {
      ...sound,
      glideSeconds: isPoly ? 0 : sound.glideSeconds,
      releaseSeconds: 0.1 * dice.next(),
      echoFeedback: 0,
      muted: 'off',
      soloed: 'off',
    },
  }
}

const tamedNote = (note: Note): Note => ({
  ...note,
  length: Number.isFinite(note.length) ? Math.min(LONGEST_NOTE, note.length) : 1,
})
