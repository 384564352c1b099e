import type { PeerId } from '@beatcord/shared'
import type { LiveSource } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { RoomKeys } from './room-keys.ts'
import type { SignalClient } from './signal-client-types.ts'
import { createTimers } from './timers.ts'
import type { Timers } from './timers.ts'
import { createWebRtcMesh } from './webrtc-mesh.ts'
import type { WebRtcMesh } from './webrtc-mesh.ts'
import type { CreateWire } from './wire.ts'

const PATIENCE_MS = 12_000
const ASK_EVERY_MS = 5

/** One tab of a test, with all that it must give back. */
export interface TestTab {
  readonly id: PeerId
  readonly mesh: WebRtcMesh
  readonly signal: SignalClient
  /** `<peer> <change>` of every link, in order. */
  readonly told: readonly string[]
  /** `<peer> <code> <by>` */
  readonly cuts: readonly string[]
}

export interface TestTabOptions {
  readonly id: PeerId
  readonly signal: SignalClient
  readonly keys: RoomKeys
  readonly createWire: CreateWire
  readonly timers?: Timers
  readonly relayOnly?: LiveSource<boolean>
}

export function openTestTab(options: TestTabOptions): TestTab {
  const { id, signal, keys, createWire, timers = createTimers(), relayOnly } = options
  const told: string[] = []
  const cuts: string[] = []
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keys.signalKey,
    relayKey: keys.relayKey,
    createWire,
    timers,
    wakes: QUIET,
    random: Math.random,
    ...(relayOnly && { relayOnly }),
    onCutOff: (peer, code, by) => cuts.push(`${peer} ${code} ${by}`),
  })
  mesh.onPeer((peer, change) => told.push(`${peer} ${change}`))
  return { id, mesh, signal, told, cuts }
}

const noEvents = (): Undo => () => undefined
/** A page that is looked at all the time. */
export const QUIET = { isVisible: () => true, onWake: noEvents, onHide: noEvents }

/** Connections that never open: there is no way but through the server. */
export const createDeadWire: CreateWire = () => ({
  connection: undefined,
  signal: () => undefined,
  send: () => false,
  bufferedBytes: () => 0,
  restartIce: () => undefined,
  close: () => undefined,
})

/** Resolves once the condition holds; rejects when it does not within 12 s. */
export async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('what was waited for never came')
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
}

/** Time that goes by faster than it does. */
export const hasten = (timers: Timers, factor: number): Timers => ({
  now: () => timers.now() * factor,
  wallMs: timers.wallMs,
  after: (ms, run) => timers.after(ms / factor, run),
  every: (ms, run) => timers.every(ms / factor, run),
})

/** Timers, and how many were begun and have neither run out nor been undone. */
export function countTimers(timers: Timers): { timers: Timers; timersLeft: () => number } {
  const left = new Set<object>()
  const counted = (begin: (done: () => void) => Undo): Undo => {
    const entry = {}
    left.add(entry)
    const undo = begin(() => left.delete(entry))
    return () => {
      left.delete(entry)
      undo()
    }
  }
  return {
    timersLeft: () => left.size,
    timers: {
      ...timers,
      every: (ms, run) => counted(() => timers.every(ms, run)),
      after: (ms, run) =>
        counted((done) =>
          timers.after(ms, () => {
            done()
            run()
          }),
        ),
    },
  }
}

export const isFullMesh = (tabs: readonly TestTab[]): boolean =>
  tabs.every(({ mesh }) => mesh.peers().length === tabs.length - 1)
