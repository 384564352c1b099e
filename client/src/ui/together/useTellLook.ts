import { computed, watch } from 'vue'
import type { NotePlace } from '../../jam/look-frame.ts'
import type { PatternName } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { useTogether } from './useTogether.ts'

/** Tells the others which track and pattern are open here, and what is selected there. */
export function useTellLook(
  open: () => { readonly id: TrackId; readonly patternName: PatternName },
  selected: () => readonly NotePlace[],
): void {
  const together = useLive(useSession().together)
  const followed = useTogether((all) => all.followed, undefined)
  /** Equal for what looks equal. */
  const look = computed(() => {
    const places = selected().map(({ step, pitch }) => `${step}/${pitch}`)
    return [open().id, open().patternName, ...places].join()
  })
  watch(
    [together, followed, look],
    () => {
      if (followed.value !== undefined) {
        together.value?.lookAway()
        return
      }
      const places = selected().map(({ step, pitch }) => ({ step, pitch }))
      together.value?.lookAt(open().id, open().patternName, places)
    },
    { immediate: true },
  )
}
