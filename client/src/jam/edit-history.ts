import { createLive, type Live } from '../lib/live.ts'
import type { TrackId } from '../sequence/song.ts'

/** What an edit was, for words. */
export interface EditInfo {
  readonly kind:
    | 'write-note'
    | 'remove-note'
    | 'edit-notes'
    | 'clear'
    | 'param'
    | 'sound'
    | 'part'
    | 'add-track'
    | 'remove-track'
    | 'adopt-track'
    | 'move-track'
    | 'scale'
    | 'steps'
    | 'swing'
    | 'chords'
    | 'scene-name'
    | 'song'
    | 'riff'
    | 'offline'
    | 'play'
    | 'midi'
    | 'groove'
  readonly track?: TrackId
  /** Name of the track as it was shown, if it is to be gone. */
  readonly trackName?: string
  readonly param?: string
  /** Of notes. */
  readonly count?: number
  /** What is done one after the other under the same number is one edit. */
  readonly take?: number
}

/** Something that an edit changed. */
export type ChangedPlace =
  | { readonly in: 'room'; readonly key: string }
  | { readonly in: 'tracks'; readonly key: TrackId }
  | { readonly in: 'sheet'; readonly track: TrackId; readonly key: string }

export interface Change {
  readonly place: ChangedPlace
  /** Undefined where there was, or is, nothing. */
  readonly before: unknown
  readonly after: unknown
}

/** One edit of this tab's person. */
export interface EditStep extends EditInfo {
  /** Counts from 1. */
  readonly id: number
  /** Whether the edit has been taken back. */
  readonly isUndone: boolean
}

/** How taking a step back, or doing it again, turned out. */
export interface StepOutcome {
  readonly step: EditStep
  /** Of its changes, how many somebody else had overwritten: they stay as they are. */
  readonly overtaken: number
  readonly changed: number
}

export interface EditHistory {
  /** Oldest first: what can be taken back, then what can be done again. */
  readonly steps: Live<readonly EditStep[]>
  record(info: EditInfo, changes: readonly Change[]): void
  /**
   * Takes one's latest edit back, or an earlier one by its id.
   *
   * @returns undefined when there is none, or the song cannot be changed
   */
  undo(id?: number): StepOutcome | undefined
  redo(): StepOutcome | undefined
  /** All of it, to go on with in another copy of the song. */
  kept(): KeptEdits
}

/** Older edits are forgotten. */
const MOST_STEPS = 200

/** What can be taken back and done again: by value, so that it means the same in every copy of the song. */
export interface KeptEdits {
  readonly past: readonly Kept[]
  readonly future: readonly Kept[]
}

interface Kept {
  readonly step: EditStep
  readonly changes: readonly Change[]
}

const NO_EDITS: KeptEdits = { past: [], future: [] }

/**
 * Remembers what this person changed, and nothing of what others did.
 *
 * @param swap  puts `before` in place of `after` wherever that still stands; gives what it changed, or undefined when
 *   nothing may be changed
 */
export function createEditHistory(
  swap: (changes: readonly Change[]) => readonly Change[] | undefined,
  earlier: KeptEdits = NO_EDITS,
): EditHistory {
  let { past, future } = earlier
  const steps = createLive<readonly EditStep[]>([...past, ...future].map(({ step }) => step))
  let last = steps.read().reduce((most, { id }) => Math.max(most, id), 0)

  const show = (): void => {
    steps.set([...past, ...future].map(({ step }) => step))
  }
  const turn = ({ step, changes }: Kept): { kept: Kept; outcome: StepOutcome } | undefined => {
    const changed = swap(changes)
    if (changed === undefined) return undefined
    const turned = { ...step, isUndone: !step.isUndone }
    return {
      kept: { step: turned, changes: changed.map(turnedRound).reverse() },
      outcome: {
        step: turned,
        changed: changed.length,
        overtaken: changes.length - changed.length,
      },
    }
  }

  return {
    steps,
    record(info, changes) {
      if (changes.length === 0) return
      const before = past.at(-1)
      const goesOn = info.take !== undefined && before?.step.take === info.take
      if (goesOn) past = past.slice(0, -1)
      else last += 1
      const step = { ...info, id: last, isUndone: false }
      const kept = goesOn ? wholeOf(before, info, changes) : { step, changes }
      past = [...past, kept].slice(-MOST_STEPS)
      future = []
      show()
    },
    undo(id) {
      const found = id === undefined ? past.at(-1) : past.find(({ step }) => step.id === id)
      const turned = found && turn(found)
      if (turned === undefined) return undefined
      past = past.filter((each) => each !== found)
      future = [turned.kept, ...future]
      show()
      return turned.outcome
    },
    kept: () => ({ past, future }),
    redo() {
      const [found, ...rest] = future
      const turned = found && turn(found)
      if (turned === undefined) return undefined
      past = [...past, turned.kept]
      future = rest
      show()
      return turned.outcome
    },
  }
}

/** A step that went on: of each place what stood there before all of it, and what stands there after. */
function wholeOf({ step, changes }: Kept, info: EditInfo, more: readonly Change[]): Kept {
  const byPlace = new Map<string, Change>()
  for (const change of [...changes, ...more]) {
    const key = JSON.stringify(change.place)
    byPlace.set(key, { ...change, before: (byPlace.get(key) ?? change).before })
  }
  const count = (step.count ?? 0) + (info.count ?? 0)
  return { step: { ...step, count }, changes: [...byPlace.values()] }
}

/** The change that takes this one back. */
export const turnedRound = ({ place, before, after }: Change): Change => ({
  place,
  before: after,
  after: before,
})
