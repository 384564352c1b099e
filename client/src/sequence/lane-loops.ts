import { isArpeggiated } from './arp-settings.ts'
import { CHORD_TONES, HALF_BAR_BEATS, isSameChord } from './chord-lane.ts'
import type { ChordLane, LaneChord } from './chord-lane.ts'
import { flatLoop, wholeNote, type TrackLoop, type WholeNote } from './compile.ts'
import { intervalTo } from './follow-chords.ts'
import { DEFAULT_VELOCITY, HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from './pattern.ts'
import { MIN_SWING, type Song, type Track } from './song.ts'

/** Without notes of its own an arpeggiator that plays the chords does so from about here on. */
const MIDDLE_C: Pitch = 60

/**
 * The chords as a loop of their own, for an arpeggiator: a step is half a bar, and each chord stands there from its root
 * up, as near to `about` as it can; a chord that goes on is one note, of 64 steps at most.
 */
export function chordLoop(
  lane: ChordLane,
  track: Pick<Track, 'sound'>,
  about: Pitch = MIDDLE_C,
): TrackLoop {
  const notes: WholeNote[] = []
  let steps = 0
  let place = 0
  while (place < lane.length) {
    const step = steps
    const [chord] = lane.slice(place)
    do steps += lane[place++]?.halfBars ?? 1
    while (chord !== undefined && isSameChord(chord, lane[place]))
    for (const pitch of chord === undefined ? [] : chordPitches(chord, about))
      notes.push(wholeNote({ step, pitch, velocity: DEFAULT_VELOCITY, length: steps - step }))
  }
  const subdivision = 1 / HALF_BAR_BEATS
  return flatLoop(notes, { ...track, subdivision, steps, swing: MIN_SWING }, {}, steps)
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

/** Whether its arpeggiator plays the song's chords, whatever notes it has. */
export const playsChords = (
  { sound }: Pick<Track, 'sound'>,
  { chords }: Pick<Song, 'chords'>,
): boolean => chords !== undefined && sound.arpSource === 'chords' && isArpeggiated(sound)
