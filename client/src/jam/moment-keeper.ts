import type * as Y from 'yjs'
import type { ClockChange } from '../clock/shared-clock.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { parseComeback, parseDrop, parseLaunch, parseSteps } from '../sequence/parse-song.ts'
import type { Moment } from '../sequence/song.ts'
import type { ClockSync } from './clock-sync.ts'
import { docShape, MY_EDIT, trackOfPlayKey } from './doc-shape.ts'
import { launchValue } from './launch-verbs.ts'
import { migrate } from './schema.ts'

export interface MomentKeeperOptions {
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
/** By then whoever has the riff has written it. */
const COMEBACK_MS = 5000

/** A value of the room that changes at a moment. */
interface Awaited {
  /** The last of its moments. */
  readonly moment: Moment
  /** What it is from then on; undefined for nothing. */
  readonly settled: unknown
}

/**
 * Makes step count and launches plain again once their moments have passed, and takes drops away, whoever wrote them and
 * whether or not they are still here: so they mean the same on the disk, in another clock session, and to a Beatcord
 * that knows plain values alone.
 */
export function createMomentKeeper(options: MomentKeeperOptions): { readonly close: Undo } {
  const { doc, clock, timers } = options
  const { room, tracks } = docShape(doc)
  const scope = createScope()
  const waits = new Map<string, Undo>()

  const forget = (key: string): void => {
    waits.get(key)?.()
    waits.delete(key)
  }
  const settle = (key: string): void => {
    waits.delete(key)
    const awaited = awaitedAt(key, room.get(key))
    if (awaited === undefined || !options.mayEdit()) return
    // Of two sessions that are meeting it is not known yet which one's moment counts.
    if (!clock.isUndisputed()) {
      look(key)
      return
    }
    doc.transact(() => {
      migrate(doc)
      if (awaited.settled === undefined) room.delete(key)
      else room.set(key, awaited.settled)
    }, MY_EDIT)
  }
  const look = (key: string): void => {
    forget(key)
    const epoch = clock.sessionId()
    const awaited = awaitedAt(key, room.get(key))
    const track = trackOfPlayKey(key)
    // Whoever launches thousands of tracks that are not there is not to have thousands of timers.
    if (track !== undefined && !tracks.has(track)) return
    if (awaited === undefined || epoch === '') return
    const { moment } = awaited
    const comesMs = moment.epoch === epoch ? moment.sharedMs - clock.sharedMsAt(timers.now()) : 0
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(0, comesMs))
    const run = (): void => {
      settle(key)
    }
    waits.set(key, timers.after(waitMs + SETTLE_AFTER_MS + options.random() * SPREAD_MS, run))
  }
  const lookAll = (): void => {
    for (const key of room.keys()) look(key)
  }
  const onRoom = ({ changes }: Y.YMapEvent<unknown>): void => {
    for (const key of changes.keys.keys()) look(key)
  }
  room.observe(onRoom)
  scope.own(() => {
    room.unobserve(onRoom)
  })
  scope.own(() => {
    for (const key of [...waits.keys()]) forget(key)
  })
  scope.own(
    clock.onChange(({ kind }: ClockChange) => {
      if (kind === 'joined' || kind === 'merged') lookAll()
    }),
  )
  lookAll()
  return { close: scope.close }
}

function awaitedAt(key: string, value: unknown): Awaited | undefined {
  if (typeof value !== 'object') return undefined
  if (key === 'stepCount') {
    const steps = parseSteps(value)
    // Also without a sound moment it is made plain.
    const moment = steps?.stepChange ?? { epoch: '', sharedMs: 0 }
    return steps && { moment, settled: steps.stepCount }
  }
  if (key === 'drop') {
    const drop = parseDrop(value)
    return drop && { moment: { epoch: drop.epoch, sharedMs: drop.endMs }, settled: undefined }
  }
  if (key === 'comeback') {
    const comeback = parseComeback(value)
    const { epoch, sharedMs } = comeback ?? { epoch: '', sharedMs: 0 }
    return { moment: { epoch, sharedMs: sharedMs + COMEBACK_MS }, settled: undefined }
  }
  if (trackOfPlayKey(key) === undefined) return undefined
  const launch = parseLaunch(value)
  if (launch?.change === undefined) return undefined
  const { pattern, isOff, change } = launch
  return { moment: change, settled: launchValue({ pattern, isOff }) }
}
