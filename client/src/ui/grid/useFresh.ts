import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'

/** Something that has a name and stands somewhere. */
export interface Placed {
  readonly id: string
  /** Equal for equal places. */
  readonly place: string
}

/**
 * Who came or moved lately.
 *
 * @param freshMs how long one counts as having just moved
 */
export function useFresh(
  all: () => readonly Placed[],
  freshMs: number,
): Readonly<ShallowRef<ReadonlySet<string>>> {
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const places = new Map<string, string>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function wilt(id: string): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    fresh.value = new Set(timers.keys())
  }
  function moved({ id, place }: Placed): void {
    if (places.get(id) === place) return
    places.set(id, place)
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => wilt(id), freshMs),
    )
    fresh.value = new Set(timers.keys())
  }
  watch(
    all,
    (now) => {
      now.forEach(moved)
      const ids = new Set(now.map(({ id }) => id))
      for (const id of [...places.keys()].filter((known) => !ids.has(known))) {
        places.delete(id)
        wilt(id)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => [...timers.values()].forEach(clearTimeout))
  return fresh
}
