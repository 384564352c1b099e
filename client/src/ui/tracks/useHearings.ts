import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { TrackId } from '../../sequence/song.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { AS_THE_ROOM, hearings } from './hearing.ts'
import type { Hearing } from './hearing.ts'
import type { ShownTrack } from './shown-tracks.ts'

/** How each of these tracks is heard. */
export function useHearings(
  tracks: () => readonly ShownTrack[],
): ComputedRef<(id: TrackId) => Hearing> {
  const mix = useLive(useSession().mix)
  const all = computed(() => hearings(tracks(), mix.value))
  return computed(() => {
    const found = all.value
    return (id) => found.get(id) ?? AS_THE_ROOM
  })
}
