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
  /** Ids; lines of somebody who is hidden go, and come back as read as they were. */
  const read = shallowRef<ReadonlySet<string>>(new Set())
  const isAnyRead = shallowRef(false)
  const readAll = (): void => {
    read.value = new Set([...read.value, ...lines.value.map(({ id }) => id)])
    isAnyRead.value = true
  }
  if (lines.value.length > 0) readAll()

  watch(
    [lines, isShown],
    () => {
      if (isShown()) readAll()
    },
    { immediate: true },
  )
  return computed(() => {
    if (!isAnyRead.value) return 0
    return Math.min(MOST_SHOWN, lines.value.filter(({ id }) => !read.value.has(id)).length)
  })
}
