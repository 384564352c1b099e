import { barMoment } from '../clock/step-moment.ts'
import type { Jam } from '../jam/jam.ts'
import { createRiffVerbs, type RiffVerbs } from '../jam/riff-verbs.ts'
import { refusalOf } from '../jam/writable.ts'
import { createLive, type Live, type LiveSource } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import type { Riff } from '../sequence/riff.ts'
import type { Comeback } from '../sequence/song.ts'
import type { Bpm } from '../sequence/time.ts'
import { withRiff } from '../sequence/with-riff.ts'
import type { Leads } from './leads.ts'
import type { ComingSong } from './player.ts'
import type { ComingRiff } from './riff-types.ts'

/** How riffs come back: agreed for a bar, heard by all on it, and written by whoever brought it. */
export interface RiffComeback {
  readonly coming: Live<ComingRiff | undefined>
  /** @returns false where this person may not write */
  bringBack(riff: Riff): boolean
  close: Undo
}

export interface RiffComebackOptions {
  readonly jam: Pick<Jam, 'song' | 'transport' | 'writable' | 'gestures'> & {
    readonly clock: Pick<Jam['clock'], 'sessionId' | 'sharedMsAt' | 'onChange'>
    readonly verbs: Pick<Jam['verbs'], 'late'>
  }
  readonly riffs: Live<readonly Riff[]>
  /** What the engine is to play from a moment on. */
  readonly player: LiveSource<ComingSong | undefined>
  readonly leads: Pick<Leads, 'changeMs'>
  readonly setTempo: (bpm: Bpm) => void
  readonly timers: Pick<Timers, 'now' | 'after' | 'wallMs'>
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
}

/** Whoever brought it has written it by then. */
const OTHERS_AFTER_MS = 700
/** Drawn out of it, so that one writes and the others find it written. */
const SPREAD_MS = 1500
/** Whatever happened, the song is played as it is written. */
const GIVE_UP_MS = 6000
/** No honest one lies farther ahead: a bar at the slowest tempo, and its lead. */
const LONGEST_WAIT_MS = 10_000

export function createRiffComeback(options: RiffComebackOptions): RiffComeback {
  const { jam, riffs, player, timers } = options
  const scope = createScope()
  const waits = createWaits(timers)
  scope.own(waits.close)
  const coming = createLive<ComingRiff | undefined>(undefined)
  let mine: Comeback | undefined
  let watched: Comeback | undefined

  // Of the copy that is played at that moment.
  const verbs = (): RiffVerbs => jam.verbs.late(createRiffVerbs)
  const sharedMs = (): number => jam.clock.sharedMsAt(timers.now())
  const find = (id: string): Riff | undefined => riffs.read().find((riff) => riff.id === id)
  const isStill = (comeback: Comeback): boolean => isSame(jam.song.read().comeback, comeback)

  const write = (riff: Riff): void => {
    jam.gestures.flush()
    verbs().become(withRiff(jam.song.read(), riff.song), timers.wallMs())
  }
  const settle = (comeback: Comeback): void => {
    const riff = find(comeback.riff)
    if (!isStill(comeback) || riff === undefined || refusalOf(jam.writable.read()) !== undefined) {
      return
    }
    write(riff)
    verbs().setComeback(undefined)
    if (isSame(mine, comeback)) options.setTempo(riff.bpm)
  }
  /** Tells the engine of what comes, once the riff is here. */
  const prepare = (): void => {
    const comeback = jam.song.read().comeback
    const isAhead =
      comeback?.epoch === jam.clock.sessionId() &&
      comeback.sharedMs > sharedMs() &&
      comeback.sharedMs < sharedMs() + LONGEST_WAIT_MS
    if (comeback === undefined || !isAhead) return
    const riff = find(comeback.riff)
    coming.set({ riff, epoch: comeback.epoch, sharedMs: comeback.sharedMs })
    if (riff === undefined || player.read() !== undefined) return
    player.set({ song: withRiff(jam.song.read(), riff.song), moment: comeback })
  }
  const forgetComing = (): void => {
    coming.set(undefined)
    player.set(undefined)
  }
  const watch = (): void => {
    const comeback = jam.song.read().comeback
    if (isSame(comeback, watched)) return
    watched = comeback
    waits.close()
    forgetComing()
    prepare()
    if (comeback === undefined) return
    const waitMs = Math.max(0, comeback.sharedMs - sharedMs())
    if (comeback.epoch !== jam.clock.sessionId() || waitMs > LONGEST_WAIT_MS) return
    const spreadMs = isSame(comeback, mine) ? 0 : OTHERS_AFTER_MS + options.random() * SPREAD_MS
    waits.after(waitMs + spreadMs, () => {
      settle(comeback)
    })
    waits.after(waitMs + GIVE_UP_MS, forgetComing)
  }

  scope.own(jam.song.subscribe(watch))
  scope.own(riffs.subscribe(prepare))
  watch()

  return {
    coming,
    bringBack(riff) {
      if (refusalOf(jam.writable.read()) !== undefined) return false
      const soonestMs = sharedMs() + options.leads.changeMs()
      const moment = barMoment(jam.transport.read(), soonestMs)
      if (moment === undefined) {
        write(riff)
        options.setTempo(riff.bpm)
        return true
      }
      const pending = jam.song.read().comeback
      // Too late to be called off: some would have heard of that, and others not.
      if (pending !== undefined && coming.read() !== undefined && pending.sharedMs < soonestMs) {
        return true
      }
      mine = { riff: riff.id, epoch: jam.clock.sessionId(), sharedMs: moment }
      verbs().setComeback(mine)
      return true
    },
    close: scope.close,
  }
}

const isSame = (one: Comeback | undefined, other: Comeback | undefined): boolean =>
  one?.riff === other?.riff && one?.epoch === other?.epoch && one?.sharedMs === other?.sharedMs
