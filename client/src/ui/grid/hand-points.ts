import { placeAt } from './geometry.ts'
import type { Place, Point } from './geometry.ts'
import { hitAt } from './hit-test.ts'
import type { Hit } from './hit-test.ts'
import type { HandField } from './roll-hand.ts'
import { heardPitch } from './roll-picture.ts'
import type { RollStage } from './roll-stage.ts'

/** Where on a roll a pointer is. */
export interface HandPoints {
  /** From the left upper corner of what is visible. */
  viewPoint(event: Pick<PointerEvent, 'clientX' | 'clientY'>): Point
  /** From where the grid begins, unscrolled. */
  gridPoint(event: PointerEvent): Point
  placeOf(event: PointerEvent): Place
  hitOf(event: PointerEvent): Hit
  field(): HandField
}

export const isTouch = (event: PointerEvent): boolean => event.pointerType === 'touch'

export function createHandPoints(stage: RollStage): HandPoints {
  const viewPoint: HandPoints['viewPoint'] = ({ clientX, clientY }) => {
    const box = stage.surface.value?.getBoundingClientRect()
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) }
  }
  const placeOf: HandPoints['placeOf'] = (event) =>
    placeAt(stage.metrics.value, stage.scroll.value, viewPoint(event))
  return {
    viewPoint,
    gridPoint(event) {
      const { x, y } = viewPoint(event)
      const { keysWidth, headerHeight } = stage.metrics.value
      const scroll = stage.scroll.value
      return { x: x - keysWidth + scroll.x, y: y - headerHeight + scroll.y }
    },
    placeOf,
    hitOf: (event) => hitAt(stage.shown.value, stage.metrics.value, placeOf(event), isTouch(event)),
    field() {
      const { root, scale } = stage.song
      const metrics = stage.metrics.value
      return {
        metrics,
        shown: stage.shown.value,
        heard: (pitch) => heardPitch({ metrics, root, scale }, pitch),
      }
    },
  }
}
