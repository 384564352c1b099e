import { onMounted, onScopeDispose } from 'vue'
import type { Ref } from 'vue'
import { FINE, useDrag } from '../useDrag.ts'

/** Pixels of the hand for the whole way of a knob. */
const FULL_TURN_PIXELS = 180
/** Of one notch of a wheel, which is so many pixels or lines. */
const WHEEL_TURN = 0.02
const NOTCH_PIXELS = 100
const NOTCH_LINES = 3
/** What a touchpad tells in many small parts is taken in parts of this size. */
const LEAST_WHEEL_TURN = WHEEL_TURN / 4

export interface KnobHand {
  /** Whether it may be turned at all. */
  isFree(): boolean
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
  let wheeled = 0

  function onWheel(event: WheelEvent): void {
    // With Ctrl the page is zoomed.
    if (!hand.isFree() || event.ctrlKey) return
    const notches = notchesOf(event)
    if (notches === 0) return
    event.preventDefault()
    const fine = event.shiftKey ? FINE : 1
    const by = (-notches * WHEEL_TURN) / fine
    wheeled = Math.sign(by) === Math.sign(wheeled) ? wheeled + by : by
    if (Math.abs(wheeled) < LEAST_WHEEL_TURN / fine) return
    hand.turnBy(wheeled)
    wheeled = 0
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

/** How far a wheel went up or down: 0 where it went sideways, which is for the page. */
function notchesOf({ deltaX, deltaY, deltaMode, shiftKey }: WheelEvent): number {
  // With Shift some browsers turn the wheel sideways.
  const way = shiftKey && deltaY === 0 ? deltaX : deltaY
  if (!shiftKey && Math.abs(deltaX) > Math.abs(deltaY)) return 0
  if (deltaMode === WheelEvent.DOM_DELTA_LINE) return way / NOTCH_LINES
  return deltaMode === WheelEvent.DOM_DELTA_PAGE ? Math.sign(way) : way / NOTCH_PIXELS
}
