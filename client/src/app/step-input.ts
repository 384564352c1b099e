import type { EditStep } from '../jam/edit-history.ts'
import type { Refusal } from '../jam/writable.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { stepInPattern } from '../sequence/onsets.ts'
import { EMPTY_PATTERN, type NoteEdits, type Pitch } from '../sequence/pattern.ts'
import { patternOf, type Song, stepsOf, type TrackId } from '../sequence/song.ts'
import type { HandSettings, StepInput, StepPlace } from './hand-types.ts'

export interface StepInputOptions {
  readonly song: Live<Song>
  readonly history: Live<readonly EditStep[]>
  undo(id: number): void
  write(
    place: Pick<StepPlace, 'track' | 'pattern'>,
    edits: NoteEdits,
    take: number,
  ): Refusal | undefined
  readonly mayEdit: (track: TrackId) => boolean
  readonly settings: () => Pick<HandSettings, 'mode' | 'stepLength'>
  /** A number that no other take of this page has. */
  readonly nextTake: () => number
}

/** Keys that were held together, or a rest. */
interface Entry {
  /** The step it is on. */
  readonly at: number
  /** Undefined for a rest. */
  readonly take: number | undefined
  readonly notes: ReadonlyMap<Pitch, number>
  /** In steps: of its notes, and until the next entry. */
  readonly length: number
}

/** As many as can be taken back. */
const MOST_ENTRIES = 200

/** Writes what a hand plays one step after the other, at a place of its own: the song need not run. */
export function createStepInput(options: StepInputOptions): StepInput & {
  /** @param velocity 1 to 127 */
  press(pitch: Pitch, velocity: number): void
  letGo(pitch: Pitch): void
  close: Undo
} {
  const { history } = options
  const scope = createScope()
  const events = createEvents<{ refusal: [Refusal] }>()
  const place = createLive<StepPlace | undefined>(undefined)
  const held = new Set<Pitch>()
  /** What is held now, not yet gone on from. */
  let chord: Entry | undefined
  /** What was entered since the place was last chosen, up to it. */
  let trail: readonly Entry[] = []
  /** What was taken back, the latest last: it may be done again. */
  let taken: readonly Entry[] = []

  const countOf = ({ track }: StepPlace): number => {
    const song = options.song.read()
    const found = song.tracks.find(({ id }) => id === track)
    return found === undefined ? song.stepCount : stepsOf(found, song)
  }
  const lengthNow = (on: StepPlace): number => Math.min(options.settings().stepLength, countOf(on))
  const goTo = (step: number): void => {
    const on = place.read()
    if (on === undefined) return
    const next = stepInPattern(step, countOf(on))
    if (next !== on.step) place.set({ ...on, step: next })
  }
  const write = (on: StepPlace, { at, take = 0, notes, length }: Entry, clears: boolean): void => {
    const track = options.song.read().tracks.find(({ id }) => id === on.track)
    const there = clears && track !== undefined ? patternOf(track, on.pattern) : EMPTY_PATTERN
    const edits = {
      remove: [...there.values()].filter(({ step }) => step === at),
      write: [...notes].map(([pitch, velocity]) => ({ step: at, pitch, velocity, length })),
    }
    const refusal = options.write(on, edits, take)
    if (refusal !== undefined) events.emit('refusal', refusal)
  }
  /** The chord is whole: the next keys go behind it. */
  const goOn = (): void => {
    if (chord === undefined) return
    const { at, length } = chord
    trail = [...trail, chord].slice(-MOST_ENTRIES)
    chord = undefined
    goTo(at + length)
  }
  const drop = (): void => {
    held.clear()
    chord = undefined
    trail = []
    taken = []
  }
  const lengthen = (on: StepPlace, entry: Entry, by: number): Entry => {
    const count = countOf(on)
    const length = Math.max(1, Math.min(count, entry.length + by * lengthNow(on)))
    const longer = { ...entry, length }
    if (length === entry.length || !options.mayEdit(on.track)) return entry
    write(on, longer, false)
    return longer
  }
  /** Whoever takes a step back, wherever they do it, goes on where it was; and behind it once it is done again. */
  const follow = (): void => {
    const isUndone = ({ take }: Entry): boolean =>
      history.read().some((step) => step.take === take && step.isUndone)
    const last = trail.at(-1)
    if (last?.take !== undefined && isUndone(last)) {
      trail = trail.slice(0, -1)
      taken = [...taken, last]
      goTo(last.at)
      return
    }
    const back = taken.at(-1)
    if (back === undefined || isUndone(back) || place.read()?.step !== back.at) return
    taken = taken.slice(0, -1)
    trail = [...trail, back]
    goTo(back.at + back.length)
  }
  scope.own(history.subscribe(follow))

  return {
    place,
    onRefusal: (listener) => events.on('refusal', listener),
    begin(track, pattern) {
      drop()
      place.set({ track, pattern, step: 0 })
    },
    end() {
      drop()
      place.set(undefined)
    },
    moveTo(step) {
      if (place.read() === undefined) return
      goOn()
      trail = []
      taken = []
      goTo(step)
    },
    rest() {
      const on = place.read()
      if (on === undefined) return
      if (chord !== undefined) {
        chord = lengthen(on, chord, 1)
        return
      }
      const length = lengthNow(on)
      const entry = { at: on.step, take: undefined, notes: new Map(), length }
      trail = [...trail, entry].slice(-MOST_ENTRIES)
      taken = []
      goTo(on.step + length)
    },
    back() {
      const on = place.read()
      if (on === undefined || chord !== undefined) return
      const last = trail.at(-1)
      if (last === undefined) goTo(on.step - lengthNow(on) + countOf(on))
      const step = history.read().find(({ take, isUndone }) => take === last?.take && !isUndone)
      if (last?.take !== undefined && step !== undefined) options.undo(step.id)
      // Of a rest, or where others have written since, there is nothing to be taken back.
      if (last === undefined || trail.at(-1) !== last) return
      trail = trail.slice(0, -1)
      goTo(last.at)
    },
    lengthen(by) {
      const on = place.read()
      if (on === undefined) return false
      if (chord !== undefined) {
        chord = lengthen(on, chord, by)
        return true
      }
      const last = trail.at(-1)
      if (last?.take === undefined) return false
      const longer = lengthen(on, last, by)
      trail = [...trail.slice(0, -1), longer]
      goTo(longer.at + longer.length)
      return true
    },
    press(pitch, velocity) {
      const on = place.read()
      if (on === undefined) return
      const isFirst = chord === undefined
      chord ??= {
        ...{ at: stepInPattern(on.step, countOf(on)), take: options.nextTake() },
        ...{ notes: new Map(), length: lengthNow(on) },
      }
      taken = []
      held.add(pitch)
      chord = { ...chord, notes: new Map([...chord.notes, [pitch, velocity]]) }
      write(on, chord, isFirst && options.settings().mode === 'replace')
    },
    letGo(pitch) {
      if (held.delete(pitch) && held.size === 0) goOn()
    },
    close: scope.close,
  }
}
