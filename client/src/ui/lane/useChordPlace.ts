import { ref, type Ref } from 'vue'
import { chordEnds, type ChordLane } from '../../sequence/chord-lane.ts'
import { chordPlaceAt } from '../../sequence/chord-place.ts'
import { usePlayhead } from '../grid/usePlayhead.ts'

/** Which of the chords is heard now, from 0; undefined while the song stands, or without chords. */
export function useChordPlace(chords: () => ChordLane): Readonly<Ref<number | undefined>> {
  const place = ref<number>()
  usePlayhead((beat) => {
    const ends = chordEnds(chords())
    const isHeard = beat !== undefined && beat >= 0 && ends.length > 0
    place.value = isHeard ? chordPlaceAt(ends, beat) : undefined
  })
  return place
}
