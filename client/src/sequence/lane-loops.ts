import { isArpeggiated } from './arpeggio.ts'
import { CHORD_TONES, chordEnds, chordPlaceAt, HALF_BAR_BEATS, isSameChord } from './chord-lane.ts'
import { laneBeats, type ChordLane, type LaneChord } from './chord-lane.ts'
import type { LaneLoops, TrackLoop } from './compile.ts'
import { intervalTo } from './follow-chords.ts'
import { DEFAULT_VELOCITY, HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from './pattern.ts'
import { stepsOf, type Song, type Track } from './song.ts'

/** Without notes of its own an arpeggiator that plays the chords does so from about here on. */
const MIDDLE_C: Pitch = 60

/** @param loopFor  called once for each chord that is another */
export function laneLoops(lane: ChordLane, loopFor: (chord: LaneChord) => TrackLoop): LaneLoops {
  const made: { chord: LaneChord; loop: TrackLoop }[] = []
  const loops = lane.map((chord) => {
    const known = made.find((each) => isSameChord(each.chord, chord))
    const loop = known?.loop ?? loopFor(chord)
    made.push({ chord, loop })
    return loop
  })
  return { ends: chordEnds(lane), loops }
}

/** What a track plays on what begins at a beat: the step's own, however early or late its notes are. Makes no objects. */
export const loopOver = (loop: TrackLoop, beat: number): TrackLoop =>
  loop.lane === undefined ? loop : (loop.lane.loops[chordPlaceAt(loop.lane.ends, beat)] ?? loop)

/**
 * The chords as a loop of their own, for an arpeggiator: a step is half a bar, and each chord stands there from its root
 * up, as near to `about` as it can; a chord that goes on is one note.
 */
export function chordLoop(lane: ChordLane, about: Pitch = MIDDLE_C): TrackLoop {
  const notes: { step: number; pitch: Pitch; length: number }[] = []
  let stepCount = 0
  let standing: typeof notes = []
  for (const [place, chord] of lane.entries()) {
    if (isSameChord(chord, lane[place - 1])) {
      for (const note of standing) note.length += chord.halfBars
    } else {
      const [step, length] = [stepCount, chord.halfBars]
      standing = chordPitches(chord, about).map((pitch) => ({ step, pitch, length }))
      notes.push(...standing)
    }
    stepCount += chord.halfBars
  }
  const firstNote = Uint16Array.from({ length: stepCount + 1 }, (_, step) => {
    const first = notes.findIndex((note) => note.step >= step)
    return first < 0 ? notes.length : first
  })
  const each = (value: number): Uint8Array => new Uint8Array(notes.length).fill(value)
  return {
    subdivision: 1 / HALF_BAR_BEATS,
    stepCount,
    swing: 0,
    ahead: 0,
    firstNote,
    pitches: Uint8Array.from(notes, ({ pitch }) => pitch),
    velocities: each(DEFAULT_VELOCITY),
    lengths: Uint8Array.from(notes, ({ length }) => length),
    chances: each(100),
    ratchets: each(1),
    flams: each(0),
    nudges: new Int8Array(notes.length),
  }
}

/** Its tones from the root that is nearest to a pitch, of two the lower; within 24 to 108. */
export function chordPitches(
  { root, quality }: Omit<LaneChord, 'halfBars'>,
  about: Pitch,
): readonly Pitch[] {
  const nearest = about + intervalTo(root, about)
  const lowest = nearest < LOWEST_PITCH ? nearest + 12 : nearest
  return CHORD_TONES[quality].map((tone) => lowest + tone).filter((pitch) => pitch <= HIGHEST_PITCH)
}

type Heard = Pick<Track, 'sound' | 'follow'>

/** Whether its arpeggiator plays the song's chords, whatever notes it has. */
export const playsChords = ({ sound }: Pick<Track, 'sound'>, { chords }: Pick<Song, 'chords'>) =>
  chords !== undefined && sound.arpSource === 'chords' && isArpeggiated(sound)

/** Beats until what a track plays comes round, of loops and chords the longer. */
export function roundBeats(
  track: Heard & Pick<Track, 'steps' | 'subdivision'>,
  song: Pick<Song, 'chords' | 'stepCount'>,
): number {
  const isMoved = track.follow !== undefined && track.sound.instrument !== 'drums'
  const lane = isMoved || playsChords(track, song) ? laneBeats(song.chords) : 0
  return Math.max(stepsOf(track, song) / track.subdivision, lane)
}
