import { onMounted, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** Pixels of the hand for the whole way of a knob; with Shift held it is five times finer. */
const FULL_TURN_PIXELS = 180
const FINE = 5
const WHEEL_TURN = 0.02

export interface KnobHand {
  /** Where the knob stands, 0 to 1. */
  turn(): number
  setTurn(turn: number): void
  /** From where it stands. */
  turnBy(turn: number): void
}

/** Turns a knob by dragging it up or right, or by the wheel. */
export function useKnobDrag(
  dial: Readonly<Ref<HTMLElement | null>>,
  hand: KnobHand,
): { readonly dragging: Ref<boolean> } {
  const dragging = ref(false)
  const listening = new AbortController()
  let held = { x: 0, y: 0, turn: 0 }

  function onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    dragging.value = true
    held = { x: event.clientX, y: event.clientY, turn: hand.turn() }
    dial.value?.setPointerCapture(event.pointerId)
  }
  function onMove(event: PointerEvent): void {
    if (!dragging.value) return
    const pixels = event.clientX - held.x - (event.clientY - held.y)
    if (pixels === 0) return
    const next = held.turn + pixels / (FULL_TURN_PIXELS * (event.shiftKey ? FINE : 1))
    held = { x: event.clientX, y: event.clientY, turn: Math.max(0, Math.min(1, next)) }
    hand.setTurn(held.turn)
  }
  function onUp(): void {
    dragging.value = false
  }
  function onWheel(event: WheelEvent): void {
    event.preventDefault()
    // With Shift some browsers turn the wheel sideways.
    const way = event.deltaY === 0 ? event.deltaX : event.deltaY
    if (way !== 0) hand.turnBy((-Math.sign(way) * WHEEL_TURN) / (event.shiftKey ? FINE : 1))
  }

  onMounted(() => {
    const element = dial.value
    const { signal } = listening
    element?.addEventListener('pointerdown', onDown, { signal })
    element?.addEventListener('pointermove', onMove, { signal })
    element?.addEventListener('pointerup', onUp, { signal })
    element?.addEventListener('pointercancel', onUp, { signal })
    // Vue's own listener for the wheel would be passive, and the page would scroll along.
    element?.addEventListener('wheel', onWheel, { signal, passive: false })
  })
  onScopeDispose(() => listening.abort())
  return { dragging }
}
