import { onMounted, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** With Shift held the hand has to go five times as far. */
export const FINE = 5

export interface DragHands {
  /** Takes hold where the hand comes down. @returns whether there was anything to hold */
  grab(event: PointerEvent): boolean
  /** Pixels since the last move, to the right and down; a fifth of them with Shift held. */
  move(right: number, down: number): void
}

/** Follows a hand from where it takes hold of something until it lets go, by mouse, pen or finger: nothing jumps. */
export function useDrag(
  element: Readonly<Ref<HTMLElement | null>>,
  hands: DragHands,
): { readonly dragging: Ref<boolean> } {
  const dragging = ref(false)
  const listening = new AbortController()
  /** Another finger meanwhile is none of its business. */
  let pointer = 0
  let held = { x: 0, y: 0 }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || dragging.value || !hands.grab(event)) return
    dragging.value = true
    pointer = event.pointerId
    held = { x: event.clientX, y: event.clientY }
    element.value?.setPointerCapture(event.pointerId)
  }
  function onMove(event: PointerEvent): void {
    if (!dragging.value || event.pointerId !== pointer) return
    const share = event.shiftKey ? 1 / FINE : 1
    const right = (event.clientX - held.x) * share
    const down = (event.clientY - held.y) * share
    held = { x: event.clientX, y: event.clientY }
    if (right !== 0 || down !== 0) hands.move(right, down)
  }
  function onUp(event: PointerEvent): void {
    if (event.pointerId === pointer) dragging.value = false
  }

  onMounted(() => {
    const { signal } = listening
    element.value?.addEventListener('pointerdown', onDown, { signal })
    element.value?.addEventListener('pointermove', onMove, { signal })
    element.value?.addEventListener('pointerup', onUp, { signal })
    element.value?.addEventListener('pointercancel', onUp, { signal })
  })
  onScopeDispose(() => listening.abort())
  return { dragging }
}
