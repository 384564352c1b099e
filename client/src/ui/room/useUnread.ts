import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** More than these are not counted out. */
const MOST_SHOWN = 99

/**
 * How many lines came while the chat was out of sight; those that were there on joining count as read.
 *
 * @param isShown whether the chat can be seen
 */
export function useUnread(isShown: () => boolean): ComputedRef<number> {
  const lines = useLive(useSession().chat)
  const lastRead = shallowRef(lines.value.at(-1)?.id)
  const isAnyRead = shallowRef(lines.value.length > 0)

  watch(
    [lines, isShown],
    () => {
      if (!isShown()) return
      lastRead.value = lines.value.at(-1)?.id
      isAnyRead.value = true
    },
    { immediate: true },
  )
  return computed(() => {
    if (!isAnyRead.value) return 0
    const index = lines.value.findIndex((line) => line.id === lastRead.value)
    return Math.min(MOST_SHOWN, lines.value.length - 1 - index)
  })
}
