import { onMounted, onScopeDispose } from 'vue'
import type { Ref } from 'vue'
import { FINE, useDrag } from '../useDrag.ts'

/** Pixels of the hand for the whole way of a knob. */
const FULL_TURN_PIXELS = 180
const WHEEL_TURN = 0.02

export interface KnobHand {
  /** Where the knob stands, 0 to 1. */
  turn(): number
  setTurn(turn: number): void
  /** From where it stands. */
  turnBy(turn: number): void
}

/** Turns a knob by dragging it up or right, or by the wheel; five times finer with Shift held. */
export function useKnobDrag(
  dial: Readonly<Ref<HTMLElement | null>>,
  hand: KnobHand,
): { readonly dragging: Ref<boolean> } {
  const listening = new AbortController()
  let turn = 0

  function onWheel(event: WheelEvent): void {
    event.preventDefault()
    // With Shift some browsers turn the wheel sideways.
    const way = event.deltaY === 0 ? event.deltaX : event.deltaY
    if (way !== 0) hand.turnBy((-Math.sign(way) * WHEEL_TURN) / (event.shiftKey ? FINE : 1))
  }

  onMounted(() => {
    // Vue's own listener for the wheel would be passive, and the page would scroll along.
    dial.value?.addEventListener('wheel', onWheel, { signal: listening.signal, passive: false })
  })
  onScopeDispose(() => listening.abort())
  return useDrag(dial, {
    grab() {
      turn = hand.turn()
      return true
    },
    move(right, down) {
      if (right === down) return
      turn = Math.max(0, Math.min(1, turn + (right - down) / FULL_TURN_PIXELS))
      hand.setTurn(turn)
    },
  })
}
