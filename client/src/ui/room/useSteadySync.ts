import { shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { SyncState } from '../../app/session-types.ts'

/** A figure that wavers by less says nothing new, ms; the page would be drawn for it every second. */
const WAVER_MS = 1

/** How near to each other people are, told anew only when it has become otherwise. */
export function useSteadySync(sync: Readonly<Ref<SyncState>>): Readonly<ShallowRef<SyncState>> {
  const shown = shallowRef(sync.value)
  watch(sync, (now) => {
    if (!isNear(now, shown.value)) shown.value = now
  })
  return shown
}

function isNear(one: SyncState, other: SyncState): boolean {
  if (one.status !== other.status) return false
  return (
    !('errorMs' in one && 'errorMs' in other) || Math.abs(one.errorMs - other.errorMs) < WAVER_MS
  )
}
