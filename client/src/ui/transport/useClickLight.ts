import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { CLICK_PERIOD_MS } from '../../app/line-up.ts'

/** Long enough to be seen, short enough to have a beginning. */
const GLOW_MS = 160
/** A display shows what it was given when its next frame begins; 60 Hz until measured. */
const USUAL_FRAME_MS = 1000 / 60
const LONGEST_FRAME_MS = 50

/**
 * How bright the light is, 0 to 1: at its brightest when a click ought to be heard, by when the display will show it.
 *
 * @param phase  how far from one click to the next it is now, 0 to 1; undefined while there are none
 */
export function useClickLight(phase: () => number | undefined): Readonly<ShallowRef<number>> {
  const brightness = shallowRef(0)
  let frameMs = USUAL_FRAME_MS
  let lastMs = 0
  const draw = (nowMs: number): void => {
    if (lastMs > 0 && nowMs - lastMs < LONGEST_FRAME_MS) frameMs += (nowMs - lastMs - frameMs) / 8
    lastMs = nowMs
    const now = phase()
    const sinceMs =
      now === undefined ? GLOW_MS : ((now + frameMs / CLICK_PERIOD_MS) % 1) * CLICK_PERIOD_MS
    brightness.value = Math.max(0, 1 - sinceMs / GLOW_MS)
    request = requestAnimationFrame(draw)
  }
  let request = requestAnimationFrame(draw)
  onScopeDispose(() => {
    cancelAnimationFrame(request)
  })
  return brightness
}
