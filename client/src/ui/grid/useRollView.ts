import { computed, nextTick, onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Pattern } from '../../sequence/pattern.ts'
import { firstScrollTop, fitRowHeight, fitStepWidth, scrollToCell } from './geometry.ts'
import type { Point, RollMetrics } from './geometry.ts'
import type { RollRows } from './roll-rows.ts'

/** Sizes for a mouse and for a finger, CSS pixels. */
const FINE = {
  headerHeight: 26,
  minStepWidth: 26,
  pitches: { keysWidth: 52, rowHeight: { min: 20, max: 20 } },
  pieces: { keysWidth: 92, rowHeight: { min: 18, max: 44 } },
}
const COARSE = {
  headerHeight: 30,
  minStepWidth: 40,
  pitches: { keysWidth: 48, rowHeight: { min: 32, max: 32 } },
  pieces: { keysWidth: 84, rowHeight: { min: 40, max: 52 } },
}

/** So long after the last of it a hand's scrolling is over. */
const REST_MS = 100

/** Sizes of cells that a person has chosen; what is left out is chosen for them. */
export interface CellSizes {
  readonly stepWidth?: number | undefined
  readonly rowHeight?: number | undefined
}

export interface RollView {
  readonly view: Readonly<ShallowRef<Point>>
  readonly scroll: Readonly<ShallowRef<Point>>
  /** Where it was scrolled to when it last came to rest: elements that went along all the way would slow it down. */
  readonly rested: Readonly<ShallowRef<Point>>
  readonly isScrolling: Readonly<ShallowRef<boolean>>
  readonly metrics: ComputedRef<RollMetrics>
  readonly onScroll: () => void
  /** The person has taken hold of the roll: from now on it scrolls for nobody else. */
  readonly hold: () => void
  /** Scrolls a cell into sight. */
  readonly reveal: (cell: { step: number; pitch: number }) => void
  readonly scrollTo: (to: Point) => void
  /** Gives cells these sizes from now on, and scrolls there; without a place to where most of the notes are. */
  readonly resize: (sizes: CellSizes, scroll?: Point) => Promise<void>
}

/** How much of the roll is in sight, and how large its cells are. */
export function useRollView(
  scroller: Readonly<Ref<HTMLElement | null>>,
  song: {
    rows: () => RollRows
    pattern: () => Pattern
    stepCount: () => number
    trackId: () => string
  },
): RollView {
  const sizes = matchMedia('(pointer: coarse)').matches ? COARSE : FINE
  const view = shallowRef<Point>({ x: 0, y: 0 })
  const scroll = shallowRef<Point>({ x: 0, y: 0 })
  const rested = shallowRef<Point>(scroll.value)
  const isScrolling = shallowRef(false)
  let restTimer: ReturnType<typeof setTimeout> | undefined
  const chosen = shallowRef<CellSizes>({})
  const metrics = computed<RollMetrics>(() => {
    const rows = song.rows()
    const { headerHeight, minStepWidth } = sizes
    const { keysWidth, rowHeight } = sizes[rows.kind]
    const stepCount = song.stepCount()
    return {
      rows,
      headerHeight,
      keysWidth,
      rowHeight:
        chosen.value.rowHeight ??
        fitRowHeight(view.value.y, headerHeight, rows.pitches.length, rowHeight),
      stepCount,
      stepWidth:
        chosen.value.stepWidth ?? fitStepWidth(view.value.x, keysWidth, stepCount, minStepWidth),
    }
  })
  let isPlaced = false
  let isHeld = false

  /** @returns whether it is elsewhere */
  function readScroll(): boolean {
    const element = scroller.value
    if (element === null) return false
    const { scrollLeft: x, scrollTop: y } = element
    if (x === scroll.value.x && y === scroll.value.y) return false
    scroll.value = { x, y }
    return true
  }
  function rest(): void {
    clearTimeout(restTimer)
    rested.value = scroll.value
    isScrolling.value = false
  }
  function onScroll(): void {
    if (!readScroll()) return
    isScrolling.value = true
    clearTimeout(restTimer)
    restTimer = setTimeout(rest, REST_MS)
  }
  function scrollTo(to: Point): void {
    scroller.value?.scrollTo({ left: to.x, top: to.y })
    readScroll()
    rest()
  }
  function place(): void {
    isPlaced = view.value.y > 0
    if (!isPlaced) return
    scrollTo({ x: 0, y: firstScrollTop(song.pattern(), metrics.value, view.value.y) })
  }
  function onResize(): void {
    const element = scroller.value
    // Not in sight: what was seen last still holds.
    if (element === null || element.clientHeight === 0) return
    view.value = { x: element.clientWidth, y: element.clientHeight }
    readScroll()
    rest()
  }

  const observer = new ResizeObserver(onResize)
  onMounted(() => {
    if (scroller.value !== null) observer.observe(scroller.value)
    onResize()
  })
  onScopeDispose(() => observer.disconnect())
  onScopeDispose(() => clearTimeout(restTimer))
  function hold(): void {
    isHeld = true
  }
  watch(
    [song.trackId, song.rows],
    ([, rows], [, before]) => {
      isHeld = false
      // Rows of a kit and of pitches are not as tall as each other.
      if (rows !== before) chosen.value = { ...chosen.value, rowHeight: undefined }
      place()
    },
    { flush: 'post' },
  )
  // The first size and the first notes both come late.
  watch(
    [view, () => song.pattern().size > 0],
    ([, hasNotes], [, hadNotes]) => {
      if (!isHeld && (!isPlaced || (hasNotes && !hadNotes))) place()
    },
    { flush: 'post' },
  )
  return {
    view,
    scroll,
    rested,
    isScrolling,
    metrics,
    onScroll,
    hold,
    reveal(cell) {
      hold()
      scrollTo(scrollToCell(metrics.value, scroll.value, view.value, cell))
    },
    scrollTo,
    async resize(next, to) {
      isHeld = true
      chosen.value = next
      // There is nothing to scroll over before the roll is as large as it will be.
      await nextTick()
      if (to === undefined) place()
      else scrollTo(to)
    },
  }
}
