import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { Together } from '../../app/together-types.ts'
import type { Live } from '../../lib/live.ts'
import type { Undo } from '../../lib/scope.ts'
import { useSession } from '../useServices.ts'

/** Shows one part of what makes a jam of people; `none` until it is here. */
export function useTogether<T>(
  pick: (together: Together) => Live<T>,
  none: T,
): Readonly<ShallowRef<T>> {
  const { together } = useSession()
  const value = shallowRef(none) as ShallowRef<T>
  let undo: Undo | undefined

  function follow(made: Together | undefined): void {
    undo?.()
    const live = made && pick(made)
    value.value = live === undefined ? none : live.read()
    undo = live?.subscribe((next) => {
      value.value = next
    })
  }
  onScopeDispose(together.subscribe(follow))
  onScopeDispose(() => undo?.())
  follow(together.read())
  return value
}
