import { onScopeDispose } from 'vue'
import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pitch } from '../../sequence/pattern.ts'
import type { Chord } from './chords.ts'
import { chordPitches } from './chords.ts'
import { createHandPoints, isTouch } from './hand-points.ts'
import type { Hit } from './hit-test.ts'
import { removed } from './note-moves.ts'
import { begun, boxOf, cellAt, changesOf, handAt, newNote } from './roll-hand.ts'
import type { Hand } from './roll-hand.ts'
import type { RollStage } from './roll-stage.ts'
import { ROLL_WORDS } from '../../words/roll.ts'
import { handWords } from './hand-words.ts'
import { NOTHING, notesInBox, selectionOf, withToggled } from './selected-notes.ts'
import type { Tool } from './tools.ts'
import type { RollVerbs } from './useRollVerbs.ts'

const LONG_PRESS_MS = 450
/** A press that moves farther than this is no click, CSS pixels. */
const CLICK_PIXELS = { mouse: 4, touch: 8 }
const WORDS = ROLL_WORDS.said

export interface RollHand {
  take(event: PointerEvent): void
  /** Ends what a hand began, with nothing written. @returns whether there was anything */
  callOff(): boolean
  /** Whether a finger does something that must not scroll. */
  holdsFinger(): boolean
}

/** A pointer on the roll: what it began, shown while it lasts, and written once when it lets go. */
export function useRollHand(
  stage: RollStage,
  options: {
    readonly tool: () => Tool
    readonly chord: () => Chord
    readonly verbs: RollVerbs
    readonly say: (words: string) => void
  },
): RollHand {
  const { verbs } = options
  let hand: Hand | undefined
  let pointer: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whether the press has lasted until it selected, and is no click any more. */
  let isLong = false
  let heard: Pitch | undefined

  function end(): void {
    clearTimeout(timer)
    hand = undefined
    heard = undefined
    isLong = false
    stage.changes.value = []
    stage.box.value = undefined
  }
  onScopeDispose(end)

  const keeps = (event: PointerEvent): boolean => event.shiftKey || event.ctrlKey || event.metaKey
  const copies = (event: PointerEvent): boolean => event.altKey || event.ctrlKey || event.metaKey
  const { viewPoint, gridPoint, placeOf, hitOf, field } = createHandPoints(stage)
  const isSelected = ({ step, pitch }: Note): boolean =>
    stage.selection.value.has(noteKey(step, pitch))
  const chordAt = (step: number, pitch: Pitch): readonly Note[] => {
    if (stage.song.drums) return [newNote(step, pitch)]
    const { root, scale } = stage.song
    return chordPitches(pitch, options.chord(), root, scale).map((each) => newNote(step, each))
  }

  function selectOnly(note: Note): void {
    stage.selection.value = selectionOf([note])
  }
  function pressLong(note: Note): void {
    if (hand?.kind !== 'press') return
    isLong = true
    hand = { ...hand, scrolls: false }
    selectOnly(note)
    options.say(WORDS.selected(1))
  }

  function onDown(event: PointerEvent): void {
    const isSecond = isTouch(event) && hand !== undefined && event.pointerId !== pointer
    end()
    if (isSecond) return
    const hit = hitOf(event)
    const note = 'note' in hit ? hit.note : undefined
    if (event.button === 2 && note !== undefined) selectOnly(note)
    if (event.button === 0) begin(event, hit, note)
    if (hit.on === 'empty') void stage.moveTo(hit, true)
    else if (note !== undefined) void stage.moveTo(note, true)
  }
  function begin(event: PointerEvent, hit: Hit, note: Note | undefined): void {
    const press = {
      tool: options.tool(),
      hit,
      at: gridPoint(event),
      isTouch: isTouch(event),
      isSelected: note !== undefined && isSelected(note),
      adds: keeps(event),
      readOnly: stage.song.readOnly,
    }
    pointer = event.pointerId
    hand = begun(press, stage.metrics.value, stage.selection.value)
    if (hand?.kind === 'keys') stage.audition(hand.pitch)
    if (hand?.kind === 'draw') {
      hand = { ...hand, notes: hand.notes.flatMap(({ step, pitch }) => chordAt(step, pitch)) }
      verbs.hear(hand.notes.map(({ pitch }) => pitch))
    }
    if (press.isTouch && note !== undefined && hand?.kind === 'press')
      timer = setTimeout(() => pressLong(note), LONG_PRESS_MS)
    show(event)
  }

  function onMove(event: PointerEvent): void {
    const place = placeOf(event)
    stage.pointAt(place.zone === 'cell' ? place : undefined)
    if (hand === undefined) {
      stage.cursor.value = cursorOf(hitOf(event))
      return
    }
    if (hand.kind === 'press') hand = dragged(event, hand)
    else if (hand.kind === 'keys') hand = slid(hitOf(event), hand)
    else hand = handAt(hand, stage.metrics.value, gridPoint(event))
    show(event)
    followHand(event)
  }
  /** What a press becomes once it has moved. */
  function dragged(event: PointerEvent, press: Hand & { kind: 'press' }): Hand | undefined {
    const to = gridPoint(event)
    const far = Math.hypot(to.x - press.at.x, to.y - press.at.y)
    if (far <= CLICK_PIXELS[isTouch(event) ? 'touch' : 'mouse']) return press
    clearTimeout(timer)
    if (press.scrolls || !('note' in press.hit)) return undefined
    const { note, on } = press.hit
    if (!isSelected(note)) {
      stage.selection.value = event.shiftKey
        ? withToggled(stage.selection.value, note)
        : selectionOf([note])
    }
    heard = note.pitch
    // The one that was taken hold of comes first: it is the one that is heard.
    const others = verbs.selected.value.filter((each) => each !== note)
    const notes = isSelected(note) ? [note, ...others] : others
    return { kind: on === 'note' ? 'move' : on, notes, at: press.at }
  }
  function slid(hit: Hit, keys: Hand & { kind: 'keys' }): Hand {
    if (hit.on !== 'key' || hit.pitch === keys.pitch) return keys
    stage.audition(hit.pitch)
    return { kind: 'keys', pitch: hit.pitch }
  }

  /** Shows what the hand would do, and sounds the pitch that it comes to. */
  function show(event: PointerEvent): void {
    if (hand === undefined || hand.kind === 'press' || hand.kind === 'keys') return
    if (hand.kind === 'box') {
      const box = boxOf(hand.at, hand.to)
      stage.box.value = box
      const touched = notesInBox(stage.shown.value, stage.metrics.value, box)
      stage.selection.value = new Set([...hand.keeps, ...selectionOf(touched)])
      return
    }
    const changes = changesOf(hand, field(), gridPoint(event), copies(event))
    verbs.show(changes)
    const newest = changes.at(hand.kind === 'move' ? 0 : -1)?.to?.pitch
    if (newest === undefined || newest === heard || hand.kind === 'draw') return
    if (hand.kind === 'move') stage.audition(newest)
    else if (hand.kind === 'paint') verbs.hear([newest])
    heard = newest
  }
  /** A hand that leaves what is visible takes it along. */
  function followHand(event: PointerEvent): void {
    if (hand === undefined || hand.kind === 'press' || hand.kind === 'keys') return
    const { x, y } = viewPoint(event)
    const { keysWidth, headerHeight, rows } = stage.metrics.value
    const view = stage.view.value
    if (view.x === 0) return
    if (x >= keysWidth && y >= headerHeight && x <= view.x && y <= view.y) return
    const { step, row } = cellAt(stage.metrics.value, gridPoint(event))
    stage.reveal({ step, pitch: rows.pitches[row] ?? rows.start })
  }

  function onUp(event: PointerEvent): void {
    const [ended, changes, wasLong] = [hand, stage.changes.value, isLong]
    end()
    if (ended === undefined || ended.kind === 'keys') return
    if (ended.kind === 'press') {
      if (!wasLong) clicked(ended.hit, event)
    } else if (ended.kind === 'box') {
      options.say(WORDS.selected(verbs.selected.value.length))
    } else {
      const words = handWords(ended.kind, changes, stage.rows.value, copies(event))
      const keepsThem = ended.kind !== 'erase' && (ended.kind !== 'paint' || stage.song.drums)
      verbs.make(changes, words, keepsThem)
    }
  }
  function clicked(hit: Hit, event: PointerEvent): void {
    if (hit.on === 'empty') {
      const notes = chordAt(hit.step, hit.pitch)
      verbs.make(
        notes.map((to) => ({ to })),
        WORDS.written(notes.length),
        false,
      )
      verbs.hear(notes.map(({ pitch }) => pitch))
    }
    if (!('note' in hit)) return
    if (keeps(event)) stage.selection.value = withToggled(stage.selection.value, hit.note)
    else if (options.tool() === 'draw') {
      verbs.make(removed([hit.note]), WORDS.removed(1), false)
      stage.selection.value = NOTHING
      return
    } else selectOnly(hit.note)
    options.say(WORDS.selected(verbs.selected.value.length))
  }

  function cursorOf(hit: Hit): string {
    const tool = options.tool()
    if (tool === 'paint') return 'cell'
    if (tool === 'erase') return 'crosshair'
    if (hit.on === 'start' || hit.on === 'end') return 'ew-resize'
    if (tool === 'draw') return 'pointer'
    return hit.on === 'note' ? 'move' : 'crosshair'
  }
  function callOff(): boolean {
    const was = hand !== undefined && hand.kind !== 'keys'
    if (hand?.kind === 'box') stage.selection.value = hand.keeps
    end()
    return was
  }

  return {
    callOff,
    holdsFinger: () =>
      hand !== undefined && hand.kind !== 'keys' && !(hand.kind === 'press' && hand.scrolls),
    take(event) {
      if (event.type === 'pointerdown') onDown(event)
      else if (event.type === 'pointermove') onMove(event)
      else if (event.type === 'pointerup') onUp(event)
      else callOff()
    },
  }
}
