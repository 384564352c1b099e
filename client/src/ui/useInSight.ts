import { onMounted, onScopeDispose, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'

/** Whether an element is in sight, or might be: what moves in it need not move while it is scrolled away. */
export function useInSight(
  element: Readonly<Ref<HTMLElement | null>>,
): Readonly<ShallowRef<boolean>> {
  const isInSight = shallowRef(true)
  const observer = new IntersectionObserver((entries) => {
    isInSight.value = entries.at(-1)?.isIntersecting ?? true
  })
  onMounted(() => {
    if (element.value !== null) observer.observe(element.value)
  })
  onScopeDispose(() => observer.disconnect())
  return isInSight
}
