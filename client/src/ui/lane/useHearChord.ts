import { chordPitches } from '../../sequence/lane-loops.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useSession } from '../useServices.ts'
import type { KeyChord } from './key-chords.ts'

const MIDDLE_C = 60

/** Lets this person alone hear a chord: with their own track's sound, else with that of the first that has pitches. */
export function useHearChord(): (chord: KeyChord) => void {
  const session = useSession()
  const instrument = (): TrackId => {
    const mine = session.myTrackId.read()
    const { tracks } = session.song.read()
    const synths = tracks.filter(({ sound }) => sound.instrument === 'synth')
    const isMineOne = synths.some(({ id }) => id === mine)
    const isMineUnwritten = tracks.every(({ id }) => id !== mine)
    return isMineOne || isMineUnwritten ? mine : (synths[0]?.id ?? mine)
  }
  return (chord) => {
    const track = instrument()
    for (const pitch of chordPitches(chord, MIDDLE_C)) session.audition(track, pitch)
  }
}
