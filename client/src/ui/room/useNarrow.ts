import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'

/** Narrower than this the parts of a jam take turns; the same figure as in the style sheets. */
const NARROW = '(max-width: 899px)'

export function useNarrow(): Readonly<ShallowRef<boolean>> {
  const query = matchMedia(NARROW)
  const isNarrow = shallowRef(query.matches)
  const onChange = (): void => {
    isNarrow.value = query.matches
  }
  query.addEventListener('change', onChange)
  onScopeDispose(() => query.removeEventListener('change', onChange))
  return isNarrow
}
