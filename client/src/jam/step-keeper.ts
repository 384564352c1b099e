import type * as Y from 'yjs'
import type { ClockChange } from '../clock/shared-clock.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { parseSteps } from '../sequence/parse-song.ts'
import type { ClockSync } from './clock-sync.ts'
import { docShape, MY_EDIT } from './doc-shape.ts'
import { migrate } from './schema.ts'

export interface StepKeeperOptions {
  readonly doc: Y.Doc
  readonly clock: Pick<ClockSync, 'sessionId' | 'onChange' | 'sharedMsAt' | 'isUndisputed'>
  readonly timers: Pick<Timers, 'now' | 'after'>
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly mayEdit: () => boolean
}

/** By then the worklets of all have long gone over the moment. */
const SETTLE_AFTER_MS = 1000
/** Drawn out of it, so that one speaks and the others find it said. */
const SPREAD_MS = 2000
/** No honest change lies farther ahead. */
const LONGEST_WAIT_MS = 60_000

/**
 * Makes the step count a plain number again once its moment has passed, whoever wrote it and whether or not they are
 * still here: so it means the same on the disk, in another clock session, and to a Beatcord that knows plain numbers
 * alone.
 */
export function createStepKeeper(options: StepKeeperOptions): { readonly close: Undo } {
  const { doc, clock, timers } = options
  const { room } = docShape(doc)
  const scope = createScope()
  let undoWait: Undo | undefined

  const settle = (): void => {
    undoWait = undefined
    const steps = parseSteps(room.get('stepCount'))
    if (steps === undefined || !options.mayEdit()) return
    // Of two sessions that are meeting it is not known yet which one's moment counts.
    if (!clock.isUndisputed()) {
      look()
      return
    }
    doc.transact(() => {
      migrate(doc)
      room.set('stepCount', steps.stepCount)
    }, MY_EDIT)
  }
  const look = (): void => {
    undoWait?.()
    undoWait = undefined
    const value = room.get('stepCount')
    const epoch = clock.sessionId()
    if (typeof value !== 'object' || epoch === '') return
    const change = parseSteps(value)?.stepChange
    const comesMs = change?.epoch === epoch ? change.sharedMs - clock.sharedMsAt(timers.now()) : 0
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, comesMs))
    undoWait = timers.after(waitMs + SETTLE_AFTER_MS + options.random() * SPREAD_MS, settle)
  }
  const onRoom = (event: Y.YMapEvent<unknown>): void => {
    if (event.keysChanged.has('stepCount')) look()
  }
  room.observe(onRoom)
  scope.own(() => {
    room.unobserve(onRoom)
  })
  scope.own(() => undoWait?.())
  scope.own(
    clock.onChange(({ kind }: ClockChange) => {
      if (kind === 'joined' || kind === 'merged') look()
    }),
  )
  look()
  return { close: scope.close }
}
