import { onMounted, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** A place on a drawing: shares of its width and height, from the left and the upper edge. */
export interface FieldPoint {
  readonly x: number
  readonly y: number
}

export interface FieldHand {
  /** @returns where that stands which is grabbed there; undefined when nothing is */
  grab(at: FieldPoint): FieldPoint | undefined
  /** Moves what was grabbed. */
  move(to: FieldPoint): void
}

/** With Shift held a hand moves things five times less. */
const FINE = 5

/** Drags what is drawn on a field, by mouse, pen or finger. */
export function useFieldDrag(
  field: Readonly<Ref<HTMLElement | null>>,
  hand: FieldHand,
): { readonly dragging: Ref<boolean> } {
  const dragging = ref(false)
  const listening = new AbortController()
  let pointer = 0
  let stands: FieldPoint = { x: 0, y: 0 }
  let held: FieldPoint = { x: 0, y: 0 }

  function placeOf(event: PointerEvent): FieldPoint {
    const box = field.value?.getBoundingClientRect()
    if (box === undefined) return { x: 0, y: 0 }
    return {
      x: (event.clientX - box.left) / Math.max(1, box.width),
      y: (event.clientY - box.top) / Math.max(1, box.height),
    }
  }
  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || dragging.value) return
    held = placeOf(event)
    const grabbed = hand.grab(held)
    if (grabbed === undefined) return
    stands = grabbed
    pointer = event.pointerId
    dragging.value = true
    field.value?.setPointerCapture(event.pointerId)
  }
  function onMove(event: PointerEvent): void {
    if (!dragging.value || event.pointerId !== pointer) return
    const now = placeOf(event)
    const part = event.shiftKey ? 1 / FINE : 1
    stands = { x: stands.x + (now.x - held.x) * part, y: stands.y + (now.y - held.y) * part }
    held = now
    hand.move(stands)
  }
  function onUp(event: PointerEvent): void {
    if (event.pointerId === pointer) dragging.value = false
  }

  onMounted(() => {
    const element = field.value
    const { signal } = listening
    element?.addEventListener('pointerdown', onDown, { signal })
    element?.addEventListener('pointermove', onMove, { signal })
    element?.addEventListener('pointerup', onUp, { signal })
    element?.addEventListener('pointercancel', onUp, { signal })
  })
  onScopeDispose(() => listening.abort())
  return { dragging }
}
