import type { EditStep } from '../jam/edit-history.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Person } from './states.ts'
import type { Drawer } from './storage.ts'

/** What somebody who is new does first, in the order in which it helps. */
export type FirstStep = 'note' | 'play' | 'invite'

/** Hints for whoever is new on this device. */
export interface FirstMinute {
  /** What is done; undefined when no hints are wanted, or needed, any more. */
  readonly firstSteps: Live<ReadonlySet<FirstStep> | undefined>
  /** The invite was copied or shared. */
  invited(): void
  dismiss(): void
}

export interface FirstMinuteOptions {
  readonly history: Live<readonly EditStep[]>
  readonly transport: Live<{ readonly playing: boolean }>
  readonly people: Live<readonly Person[]>
  readonly drawer: Drawer
  readonly timers: Pick<Timers, 'after'>
}

const STEP_COUNT = 3
const KEY = 'first-minute'
const OVER = 'over'
/** All of them are seen ticked off for so long. */
const DONE_MS = 4000
const WRITES: ReadonlySet<EditStep['kind']> = new Set(['write-note', 'edit-notes', 'part', 'play'])

/** Each step ticks itself off; when all are, or somebody has seen enough, they go for good. */
export function createFirstMinute(options: FirstMinuteOptions): FirstMinute & {
  readonly close: Undo
} {
  const { history, transport, people, drawer } = options
  const scope = createScope()
  const isOver = drawer.read(KEY) === OVER
  const firstSteps = createLive<ReadonlySet<FirstStep> | undefined>(isOver ? undefined : new Set())

  const dismiss = (): void => {
    firstSteps.set(undefined)
    drawer.write(KEY, OVER)
    scope.close()
  }
  const tick = (step: FirstStep, isDone: boolean): void => {
    const done = firstSteps.read()
    if (!isDone || done === undefined || done.has(step)) return
    firstSteps.set(new Set([...done, step]))
    if (done.size + 1 < STEP_COUNT) return
    drawer.write(KEY, OVER)
    scope.own(options.timers.after(DONE_MS, dismiss))
  }
  const look = (): void => {
    tick(
      'note',
      history.read().some(({ kind }) => WRITES.has(kind)),
    )
    tick('play', transport.read().playing)
    tick('invite', people.read().length > 1)
  }
  if (!isOver) {
    scope.own(history.subscribe(look))
    scope.own(transport.subscribe(look))
    scope.own(people.subscribe(look))
    look()
  }
  return {
    firstSteps,
    invited() {
      tick('invite', true)
    },
    dismiss,
    close: scope.close,
  }
}
