import { ref } from 'vue'
import type { Ref } from 'vue'

/** With Shift held the hand has to go five times as far. */
const FINE = 5

/** What the hand moves, and how. */
export interface MixHands {
  isVertical(): boolean
  /** Pixels from one end to the other. */
  wayPixels(): number
  /** Where it stands, 0 to 1. */
  turn(): number
  setTurn(turn: number): void
}

/** Moves a slider from where it stands, wherever it is taken hold of: nothing jumps under a finger. */
export function useMixDrag(hands: MixHands) {
  const dragging: Ref<boolean> = ref(false)
  let held = { pointer: 0, x: 0, y: 0, turn: 0 }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || dragging.value) return
    dragging.value = true
    const { pointerId: pointer, clientX: x, clientY: y } = event
    held = { pointer, x, y, turn: hands.turn() }
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId)
    }
  }
  function onMove(event: PointerEvent): void {
    if (!dragging.value || event.pointerId !== held.pointer) return
    const pixels = hands.isVertical() ? held.y - event.clientY : event.clientX - held.x
    if (pixels === 0) return
    const moved = pixels / (Math.max(1, hands.wayPixels()) * (event.shiftKey ? FINE : 1))
    const turn = Math.max(0, Math.min(1, held.turn + moved))
    held = { pointer: held.pointer, x: event.clientX, y: event.clientY, turn }
    hands.setTurn(turn)
  }
  function onUp(event: PointerEvent): void {
    if (event.pointerId === held.pointer) dragging.value = false
  }
  return { dragging, onDown, onMove, onUp }
}
