import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Live } from '../lib/live.ts'

/** Shows a `Live` to a component, for as long as the component lives. */
export function useLive<T>(live: Live<T>): Readonly<ShallowRef<T>> {
  const value = shallowRef(live.read())
  onScopeDispose(
    live.subscribe((next) => {
      value.value = next
    }),
  )
  return value
}
