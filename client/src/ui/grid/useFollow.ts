import { shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { Point, RollMetrics } from './geometry.ts'
import type { RollStage } from './roll-stage.ts'
import { usePlayhead } from './usePlayhead.ts'

/** Farther than this from where it was put the roll was scrolled by a hand, CSS pixels. */
const HAND_PIXELS = 2

/** Where to scroll so that a step is in sight: turned like a page, so that it comes to the left; undefined when it is. */
export function pageTo(
  { keysWidth, stepWidth }: RollMetrics,
  scroll: Point,
  view: Point,
  steps: number,
): number | undefined {
  const x = steps * stepWidth
  const seen = view.x - keysWidth
  return x >= scroll.x && x < scroll.x + seen ? undefined : Math.floor(steps) * stepWidth
}

/** Keeps what plays in sight, until a hand scrolls away. */
export function useFollow(stage: RollStage): ShallowRef<boolean> {
  const isOn = shallowRef(false)
  /** Where the roll was scrolled to, and how wide its steps were then. */
  let put = { x: 0, stepWidth: 0 }

  function settle(): void {
    put = { x: stage.scroll.value.x, stepWidth: stage.metrics.value.stepWidth }
  }
  usePlayhead((beat) => {
    if (!isOn.value || beat === undefined || beat < 0) return
    const { subdivision, stepCount } = stage.song
    const steps = (beat * subdivision) % stepCount
    const { value: scroll } = stage.scroll
    const x = pageTo(stage.metrics.value, scroll, stage.view.value, steps)
    if (x === undefined) return
    stage.scrollTo({ x, y: scroll.y })
    settle()
  })
  watch(isOn, settle)
  watch(
    stage.scroll,
    ({ x }) => {
      const isZoomed = stage.metrics.value.stepWidth !== put.stepWidth
      if (isZoomed) settle()
      else if (Math.abs(x - put.x) > HAND_PIXELS) isOn.value = false
    },
    { flush: 'sync' },
  )
  return isOn
}
