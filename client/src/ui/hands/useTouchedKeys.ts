import { onScopeDispose } from 'vue'
import type { Pitch } from '../../sequence/pattern.ts'

export interface TouchedKeys {
  press(pitch: Pitch, velocity: number, atMs: number): void
  letGo(pitch: Pitch, atMs: number): void
  /** Whether a finger that moves on plays the next key. */
  readonly slides: boolean
}

type Heard = (event: PointerEvent) => void

const SOFTEST = 40
const HARDEST = 127

/**
 * Fingers on keys that say their pitch in `data-pitch`: several at once, struck harder the lower they touch.
 *
 * @returns what the element around the keys is to listen with
 */
export function useTouchedKeys(
  keys: TouchedKeys,
): Readonly<Record<`pointer${'down' | 'move' | 'up' | 'cancel' | 'leave'}`, Heard>> {
  const held = new Map<number, Pitch>()

  const letGo = (pointer: number, atMs: number): void => {
    const pitch = held.get(pointer)
    held.delete(pointer)
    if (pitch !== undefined && ![...held.values()].includes(pitch)) keys.letGo(pitch, atMs)
  }
  const press = ({ pointerId, clientY, timeStamp }: PointerEvent, key: HTMLElement): void => {
    const pitch = Number(key.dataset['pitch'])
    const { top, height } = key.getBoundingClientRect()
    const share = height === 0 ? 1 : Math.min(1, Math.max(0, (clientY - top) / height))
    held.set(pointerId, pitch)
    keys.press(pitch, Math.round(SOFTEST + share * (HARDEST - SOFTEST)), timeStamp)
  }
  onScopeDispose(() => {
    for (const pointer of [...held.keys()]) letGo(pointer, performance.now())
  })

  const up: Heard = (event) => {
    letGo(event.pointerId, event.timeStamp)
  }

  return {
    pointerdown(event) {
      const key = keyAt(event)
      if (event.button !== 0 || key === undefined) return
      // Fingers go on to other keys, and no text is selected.
      event.preventDefault()
      if (key.hasPointerCapture(event.pointerId)) key.releasePointerCapture(event.pointerId)
      press(event, key)
    },
    pointermove(event) {
      const before = held.get(event.pointerId)
      if (before === undefined || !keys.slides) return
      const key = keyAt(event)
      if (key === undefined || Number(key.dataset['pitch']) === before) return
      letGo(event.pointerId, event.timeStamp)
      press(event, key)
    },
    pointerup: up,
    pointercancel: up,
    pointerleave: up,
  }
}

/** Where the finger is now: a touch belongs to the element that it began on. */
function keyAt({ clientX, clientY, target }: PointerEvent): HTMLElement | undefined {
  const there = document.elementFromPoint(clientX, clientY) ?? target
  const key = there instanceof Element ? there.closest<HTMLElement>('[data-pitch]') : null
  return key ?? undefined
}
