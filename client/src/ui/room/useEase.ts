import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { useSession } from '../useServices.ts'
import type { Ease } from './ease-words.ts'

/** What the sound goes without just now; changes far less often than the levels it comes with. */
export function useEase(): Readonly<ShallowRef<Ease>> {
  const { levels } = useSession()
  const ease = shallowRef(levels.read().ease)
  onScopeDispose(
    levels.subscribe((next) => {
      ease.value = next.ease
    }),
  )
  return ease
}
