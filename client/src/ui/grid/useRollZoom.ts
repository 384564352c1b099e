import { onMounted, onScopeDispose } from 'vue'
import type { Point } from './geometry.ts'
import { createHandPoints } from './hand-points.ts'
import type { RollStage } from './roll-stage.ts'
import { allNotes } from './selected-notes.ts'
import { fitted, zoomedAbout } from './zoom.ts'

const KEY_FACTOR = 1.25
/** What one notch of a wheel turns, in pixels of its own; it zooms as much as a key. */
const NOTCH = 100
/** A wheel that counts in lines counts so many pixels each. */
const LINE_PIXELS = 33

export interface RollZoom {
  /** One step in (1) or out (-1) about the middle of what is visible; 0: back to what was chosen for the person. */
  zoom(way: 'x' | 'y', by: number): void
  fit(): void
}

/** Zooms by keys, buttons and Ctrl with the wheel: across, and with Shift up and down. */
export function useRollZoom(stage: RollStage): RollZoom {
  const listening = new AbortController()
  const { viewPoint } = createHandPoints(stage)

  function zoomBy(factor: number, way: 'x' | 'y', about: Point): void {
    const by = way === 'x' ? { x: factor, y: 1 } : { x: 1, y: factor }
    const sight = zoomedAbout(stage.metrics.value, stage.scroll.value, by, about)
    void stage.resize(sight, sight.scroll)
  }
  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    // Shift makes some browsers turn the wheel sideways.
    const turned = event.deltaY === 0 ? event.deltaX : event.deltaY
    const notches = (turned * (event.deltaMode === 1 ? LINE_PIXELS : 1)) / NOTCH
    zoomBy(KEY_FACTOR ** -notches, event.shiftKey ? 'y' : 'x', viewPoint(event))
  }

  onMounted(() => {
    const { signal } = listening
    stage.scroller.value?.addEventListener('wheel', onWheel, { passive: false, signal })
  })
  onScopeDispose(() => listening.abort())
  return {
    zoom(way, by) {
      if (by === 0) {
        const { stepWidth, rowHeight } = stage.metrics.value
        void stage.resize(way === 'x' ? { rowHeight } : { stepWidth }, stage.scroll.value)
        return
      }
      const { keysWidth, headerHeight } = stage.metrics.value
      const { x, y } = stage.view.value
      zoomBy(KEY_FACTOR ** by, way, { x: (x + keysWidth) / 2, y: (y + headerHeight) / 2 })
    },
    fit() {
      const notes = allNotes(stage.shown.value, stage.metrics.value)
      if (notes.length === 0) {
        void stage.resize({})
        return
      }
      const sight = fitted(notes, stage.metrics.value, stage.view.value)
      void stage.resize(sight, sight.scroll)
    },
  }
}
