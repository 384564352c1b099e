import { chordPitches } from '../../sequence/lane-loops.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useSession } from '../useServices.ts'
import type { KeyChord } from './key-chords.ts'

const MIDDLE_C = 60

/** In no song: sounds as a new track would. */
const PLAIN = 'plainsynth' as TrackId

/** Lets this person alone hear a chord: with their own track's sound, else that of the first that has pitches. */
export function useHearChord(): (chord: KeyChord) => void {
  const session = useSession()
  const instrument = (): TrackId => {
    const mine = session.myTrackId.read()
    const synths = session.song.read().tracks.filter(({ sound }) => sound.instrument === 'synth')
    return (synths.find(({ id }) => id === mine) ?? synths[0])?.id ?? PLAIN
  }
  return (chord) => {
    const track = instrument()
    for (const pitch of chordPitches(chord, MIDDLE_C)) session.audition(track, pitch)
  }
}
