import { computed, watch } from 'vue'
import type { NotePlace } from '../../jam/look-frame.ts'
import type { PatternName } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useSession } from '../useServices.ts'
import { useTogether } from './useTogether.ts'

/** Tells the others which track and pattern are open here, and what is selected there. */
export function useTellLook(
  open: () => { readonly id: TrackId; readonly patternName: PatternName },
  selected: () => readonly NotePlace[],
): void {
  const { together } = useSession()
  const followed = useTogether((all) => all.followed)
  /** Equal for what looks equal. */
  const look = computed(() => {
    const places = selected().map(({ step, pitch }) => `${step}/${pitch}`)
    return [open().id, open().patternName, ...places].join()
  })
  watch(
    [followed, look],
    () => {
      if (followed.value !== undefined) {
        together.lookAway()
        return
      }
      const places = selected().map(({ step, pitch }) => ({ step, pitch }))
      together.lookAt(open().id, open().patternName, places)
    },
    { immediate: true },
  )
}
