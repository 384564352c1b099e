import { stepMoment } from '../clock/step-moment.ts'
import type { Jam } from '../jam/jam.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Song, StepChange, StepCount } from '../sequence/song.ts'
import type { Leads } from './leads.ts'

/** The step count: agreed for a moment ahead while the song plays, so that all loops turn together. */
export interface StepDesk {
  setStepCount(count: StepCount): void
  /**
   * The same, for whoever writes it along with something else: what to write as the room's step count; undefined while
   * another change is so near that it has to come first.
   */
  plannedCount(
    count: StepCount,
  ): StepCount | ({ readonly count: StepCount } & StepChange) | undefined
  close: Undo
}

export interface StepDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'transport' | 'clock'> & {
    readonly verbs: Pick<Jam['verbs'], 'setStepCount'>
  }
  readonly timers: Pick<Timers, 'now' | 'after'>
  readonly leads: Pick<Leads, 'isAlone' | 'changeMs'>
}

/** No honest change lies farther ahead. */
const LONGEST_WAIT_MS = 10_000

export function createStepDesk({ jam, timers, leads }: StepDeskOptions): StepDesk {
  const scope = createScope()
  let undoWait: Undo | undefined

  /** When it begins to hold: at once, from a moment on, or to be asked again after so many milliseconds. */
  const plan = (count: StepCount): StepChange | 'now' | { readonly waitMs: number } => {
    const { stepCount } = jam.song.read()
    const nowMs = jam.clock.sharedMsAt(timers.now())
    const soonestMs = nowMs + leads.changeMs()
    const epoch = jam.clock.sessionId()
    const pending = pendingAt(jam.song.read(), epoch, nowMs)
    // Too late to be called off: some would have heard of that, and others not.
    if (pending !== undefined && pending.sharedMs < soonestMs) {
      return { waitMs: pending.sharedMs - nowMs + 1 }
    }
    const before = pending?.before ?? stepCount
    const sharedMs = pending?.sharedMs ?? stepMoment(jam.transport.read(), soonestMs)
    const isNow = sharedMs === undefined || before === count || leads.isAlone()
    return isNow ? 'now' : { before, epoch, sharedMs }
  }
  const setStepCount = (count: StepCount): void => {
    undoWait?.()
    undoWait = undefined
    if (count === jam.song.read().stepCount) return
    const planned = plan(count)
    if (planned === 'now') jam.verbs.setStepCount(count)
    else if ('waitMs' in planned) {
      undoWait = timers.after(planned.waitMs, () => {
        setStepCount(count)
      })
    } else jam.verbs.setStepCount(count, planned)
  }
  const plannedCount: StepDesk['plannedCount'] = (count) => {
    const planned = plan(count)
    if (planned === 'now') return count
    return 'waitMs' in planned ? undefined : { count, ...planned }
  }
  scope.own(() => undoWait?.())
  return { setStepCount, plannedCount, close: scope.close }
}

/** The change that is agreed and has not come yet. */
function pendingAt({ stepChange }: Song, epoch: string, nowMs: number): StepChange | undefined {
  if (stepChange?.epoch !== epoch || stepChange.sharedMs <= nowMs) return undefined
  return stepChange.sharedMs < nowMs + LONGEST_WAIT_MS ? stepChange : undefined
}
