import { onScopeDispose } from 'vue'
import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { placeAt } from './geometry.ts'
import type { Point, RollMetrics } from './geometry.ts'
import { hitAt, lengthTo } from './hit-test.ts'
import type { Hit } from './hit-test.ts'

const LONG_PRESS_MS = 450
/** A press that moves farther than this is no tap. */
const TAP_PIXELS = 8

/** What the pointer works on, and what it can do there. */
export interface RollHands {
  pattern(): Pattern
  metrics(): RollMetrics
  scroll(): Point
  readOnly(): boolean
  /** The point of an event within the visible roll. */
  pointOf(event: PointerEvent): Point
  toggle(step: number, pitch: Pitch): void
  setLength(note: Note, length: number): void
  select(place: { step: number; pitch: Pitch } | undefined): void
  audition(pitch: Pitch): void
}

type Gesture =
  | { readonly kind: 'tap'; readonly hit: Hit; readonly start: Point }
  | { readonly kind: 'length'; readonly step: number; readonly pitch: Pitch }
  | { readonly kind: 'keys'; readonly pitch: Pitch }
  /** Along one row, up to a step. */
  | { readonly kind: 'strokes'; readonly pitch: Pitch; readonly step: number }

/**
 * Mouse: a press writes a note at once and dragging on makes it longer, or writes more strokes of a drum; a click on a note takes it away, its right end
 * drags, the right button selects. Finger: a tap does what a click does, a long press selects, moving scrolls.
 */
export function useRollPointer(hands: RollHands) {
  let gesture: Gesture | undefined
  let pressTimer: ReturnType<typeof setTimeout> | undefined

  function end(): void {
    clearTimeout(pressTimer)
    gesture = undefined
  }
  onScopeDispose(end)

  const hitOf = (event: PointerEvent): Hit =>
    hitAt(
      hands.pattern(),
      hands.metrics(),
      placeAt(hands.metrics(), hands.scroll(), hands.pointOf(event)),
    )

  function write(step: number, pitch: Pitch): void {
    hands.toggle(step, pitch)
    hands.select({ step, pitch })
  }
  function takeAway(note: Note): void {
    hands.toggle(note.step, note.pitch)
    hands.select(undefined)
  }

  function beginWithMouse(hit: Hit, start: Point): Gesture | undefined {
    if (hit.on === 'empty' && !hands.readOnly()) {
      write(hit.step, hit.pitch)
      const { step, pitch } = hit
      if (hands.metrics().rows.kind === 'pitches') return { kind: 'length', step, pitch }
      return { kind: 'strokes', pitch, step }
    }
    if (hit.on === 'end' && !hands.readOnly()) {
      hands.select(hit.note)
      return { kind: 'length', step: hit.note.step, pitch: hit.note.pitch }
    }
    return { kind: 'tap', hit, start }
  }

  function onDown(event: PointerEvent): void {
    end()
    const hit = hitOf(event)
    const isNote = hit.on === 'note' || hit.on === 'end'
    if (event.button === 2 && isNote) hands.select(hit.note)
    if (event.button !== 0) return
    const start = { x: event.clientX, y: event.clientY }
    if (hit.on === 'key') {
      hands.audition(hit.pitch)
      gesture = { kind: 'keys', pitch: hit.pitch }
    } else if (event.pointerType === 'touch') {
      gesture = { kind: 'tap', hit, start }
      if (isNote) pressTimer = setTimeout(() => pressLong(hit.note), LONG_PRESS_MS)
    } else {
      gesture = beginWithMouse(hit, start)
    }
  }

  function pressLong(note: Note): void {
    end()
    hands.select(note)
  }

  function onMove(event: PointerEvent): void {
    if (gesture?.kind === 'tap') {
      const moved = Math.hypot(event.clientX - gesture.start.x, event.clientY - gesture.start.y)
      if (moved > TAP_PIXELS) end()
    } else if (gesture?.kind === 'keys') {
      const hit = hitOf(event)
      if (hit.on !== 'key' || hit.pitch === gesture.pitch) return
      hands.audition(hit.pitch)
      gesture = { kind: 'keys', pitch: hit.pitch }
    } else if (gesture?.kind === 'length') {
      dragLength(gesture, event)
    } else if (gesture?.kind === 'strokes') {
      dragStrokes(gesture, hitOf(event))
    }
  }

  /** A quick hand skips steps between two of its events; they are written too. */
  function dragStrokes({ pitch, step }: { pitch: Pitch; step: number }, to: Hit): void {
    if (to.on !== 'empty' || to.pitch !== pitch) return
    gesture = { kind: 'strokes', pitch, step: to.step }
    const towards = Math.sign(to.step - step)
    for (let passed = step; passed !== to.step;) {
      passed += towards
      if (!hands.pattern().has(noteKey(passed, pitch))) write(passed, pitch)
    }
  }

  function dragLength(at: { step: number; pitch: Pitch }, event: PointerEvent): void {
    const note = hands.pattern().get(noteKey(at.step, at.pitch))
    if (note === undefined) return
    const { keysWidth, stepWidth, stepCount } = hands.metrics()
    const steps = (hands.pointOf(event).x - keysWidth + hands.scroll().x) / stepWidth
    // The pointer is somewhere within the step that ends the note, not on its line.
    const length = lengthTo(note, steps + 0.3, stepCount)
    if (length !== note.length) hands.setLength(note, length)
  }

  function onUp(): void {
    const ended = gesture
    end()
    if (ended?.kind !== 'tap' || hands.readOnly()) return
    const { hit } = ended
    if (hit.on === 'empty') write(hit.step, hit.pitch)
    if (hit.on === 'note' || hit.on === 'end') takeAway(hit.note)
  }

  return { hitOf, onDown, onMove, onUp, onCancel: end }
}
