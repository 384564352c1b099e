import { onMounted, onScopeDispose } from 'vue'
import type { RollMetrics, Point } from './geometry.ts'
import { createHandPoints } from './hand-points.ts'
import type { RollStage } from './roll-stage.ts'
import type { RollHand } from './useRollHand.ts'
import { middleOf, spread, zoomedAbout } from './zoom.ts'
import type { Fingers } from './zoom.ts'

interface Pinch {
  readonly fingers: Fingers
  readonly metrics: RollMetrics
  readonly scroll: Point
}

/**
 * Fingers on the roll: one that does something keeps the browser from scrolling, two scroll and zoom. The browser scrolls
 * with all others by itself.
 */
export function useRollTouch(
  stage: RollStage,
  hand: Pick<RollHand, 'callOff' | 'holdsFinger'>,
): { readonly isPinching: () => boolean } {
  const listening = new AbortController()
  const { viewPoint } = createHandPoints(stage)
  let pinch: Pinch | undefined

  function fingersOf({ touches }: TouchEvent): Fingers | undefined {
    const [one, other] = touches
    return one && other && [viewPoint(one), viewPoint(other)]
  }
  function onStart(event: TouchEvent): void {
    const fingers = fingersOf(event)
    if (fingers !== undefined) {
      hand.callOff()
      stage.hold()
      pinch = { fingers, metrics: stage.metrics.value, scroll: stage.scroll.value }
    }
    if (fingers !== undefined || hand.holdsFinger()) event.preventDefault()
  }
  function onMove(event: TouchEvent): void {
    const fingers = fingersOf(event)
    if (pinch !== undefined && fingers !== undefined) follow(pinch, fingers)
    if ((pinch !== undefined || hand.holdsFinger()) && event.cancelable) event.preventDefault()
  }
  function follow({ fingers: before, metrics, scroll }: Pinch, fingers: Fingers): void {
    const [from, to] = [middleOf(before), middleOf(fingers)]
    const sight = zoomedAbout(metrics, scroll, spread(before, fingers), from)
    void stage.resize(sight, {
      x: sight.scroll.x + from.x - to.x,
      y: sight.scroll.y + from.y - to.y,
    })
  }
  function onEnd(event: TouchEvent): void {
    if (event.touches.length === 0) pinch = undefined
  }

  onMounted(() => {
    const surface = stage.surface.value
    const options = { passive: false, signal: listening.signal }
    surface?.addEventListener('touchstart', onStart, options)
    surface?.addEventListener('touchmove', onMove, options)
    surface?.addEventListener('touchend', onEnd, options)
    surface?.addEventListener('touchcancel', onEnd, options)
  })
  onScopeDispose(() => listening.abort())
  return { isPinching: () => pinch !== undefined }
}
