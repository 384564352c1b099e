import { flatLoop, merged, soundingNotes } from './compile.ts'
import type { TrackLoop, WholeNote } from './compile.ts'
import { followedPitches } from './follow-chords.ts'
import { chordEnds } from './chord-lane.ts'
import { chordLoop, playsChords } from './lane-loops.ts'
import type { Pitch } from './pattern.ts'
import { FIRST, type Playing, type Song, type Track } from './song.ts'

/**
 * The loop that a track plays. Written notes that meet in one sounding pitch become one note, as loud as the loudest
 * and as long as the longest. The order in which notes were written has no part in the result. Of a kit, each piece is
 * one pitch, whatever the scale and the chords; what a kit has not is left out.
 */
export function compileTrack(
  track: Pick<Track, 'subdivision' | 'patterns' | 'sound' | 'steps' | 'swing' | 'follow'>,
  song: Pick<Song, 'root' | 'scale' | 'swing' | 'chords'>,
  playing: Playing = FIRST,
): TrackLoop {
  const { follow, sound } = track
  const { chords } = song
  const notes = soundingNotes(track, song, playing)
  const loop = flatLoop(notes, track, song)
  if (chords === undefined || playing.isOff || sound.instrument === 'drums') return loop
  return {
    ...loop,
    ...(follow && {
      lane: {
        ends: chordEnds(chords),
        loops: chords.map((chord) =>
          flatLoop(
            moved(notes, (pitches) => followedPitches(pitches, chord, follow, song)),
            track,
            song,
          ),
        ),
      },
    }),
    ...(playsChords(track, song) && {
      chords: chordLoop(chords, track, notes.length === 0 ? undefined : Math.min(...loop.pitches)),
    }),
  }
}

/** The same notes, those of each step moved together. */
function moved(
  notes: readonly WholeNote[],
  move: (pitches: readonly Pitch[]) => readonly Pitch[],
): readonly WholeNote[] {
  const steps = new Map<number, WholeNote[]>()
  for (const note of notes) steps.set(note.step, [...(steps.get(note.step) ?? []), note])
  const placed = [...steps.values()].flatMap((step) => {
    const pitches = move(step.map(({ pitch }) => pitch))
    return step.map((note, index) => ({ ...note, pitch: pitches[index] ?? note.pitch }))
  })
  return merged(placed, (pitch) => pitch)
}
