import { onMounted, onScopeDispose } from 'vue'
import type { Ref } from 'vue'

/** Closes what is open when somebody presses outside of it, or Escape. */
export function useDismiss(root: Readonly<Ref<HTMLElement | null>>, isOpen: Ref<boolean>): void {
  const listening = new AbortController()
  const { signal } = listening
  onMounted(() => {
    document.addEventListener(
      'pointerdown',
      (event) => {
        const isInside = event.target instanceof Node && root.value?.contains(event.target)
        if (isInside !== true) isOpen.value = false
      },
      { signal, capture: true },
    )
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || !isOpen.value) return
        isOpen.value = false
        // What is open below it stays so.
        event.preventDefault()
      },
      { signal },
    )
  })
  onScopeDispose(() => listening.abort())
}
