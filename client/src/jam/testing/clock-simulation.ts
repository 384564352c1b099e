import type { PeerId } from '@beatcord/shared'
import { createScope, type Undo } from '../../lib/scope.ts'
import type { Mesh } from '../../net/mesh.ts'
import type { Timers } from '../../net/timers.ts'
import { type AnswerFrame, decodeClockFrame, encodeClockFrame } from '../clock-frames.ts'
import { type ClockSync, createClockSync } from '../clock-sync.ts'
import type { ClockWorld } from './clock-world.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'
import { createDraws } from './random.ts'

/** What a peer says in place of the truth. @param trueMs of the moment it is said */
export type Lie = (frame: AnswerFrame, to: number, trueMs: number) => AnswerFrame

export interface SimulatedPeer {
  /** True ms; 0 when left out. */
  readonly joinsMs?: number
  readonly leavesMs?: number
  readonly lie?: Lie
}

export interface ClockSimulationOptions {
  readonly world: ClockWorld
  readonly peers: readonly SimulatedPeer[]
  readonly seed: number
  /** Who hears whom, besides being there; everyone when left out. */
  readonly isLinked?: (one: number, other: number, trueMs: number) => boolean
}

/** The jam's own clocks, all of a room in one process, over a network that is made up. */
export interface ClockSimulation {
  runUntil(trueMs: number): void
  /** The peer's clock; undefined while it is not there. */
  clockOf(peer: number): ClockSync | undefined
  /** The shared time as that peer believes it now; undefined before it is good enough to play by. */
  sharedMs(peer: number): number | undefined
}

/** A page that is not isolated reads its clock in steps of so much. */
const STEP_MS = 0.1
const LINK_CHECK_MS = 250
const SENT_AT = 1
/** Ids in the order of the numbers. */
export const simulatedId = (peer: number): PeerId => String(peer).padStart(3, '0') as PeerId

interface Seat {
  readonly clock: ClockSync
  readonly linked: Set<number>
  readonly receive: (from: number, bytes: Uint8Array) => void
  readonly change: (peer: number, change: 'open' | 'closed') => void
  readonly close: Undo
}

export function createClockSimulation(options: ClockSimulationOptions): ClockSimulation {
  const { world, peers, seed, isLinked = () => true } = options
  const queue = createEventQueue()
  const seats = new Map<number, Seat>()

  const carry = (from: number, to: number, bytes: Uint8Array): void => {
    const nowMs = queue.nowMs()
    const said = stamped(lied(peers[from]?.lie, bytes, to, nowMs), world.localMs(from, nowMs))
    const wayMs = world.wayMs(from, to, nowMs)
    if (wayMs === undefined) return
    queue.at(nowMs + wayMs + world.wakeMs(to), () => {
      const seat = seats.get(to)
      if (seat?.linked.has(from) === true) seat.receive(from, said)
    })
  }
  const sit = (peer: number): void => {
    seats.set(peer, createSeat({ peer, world, queue, seed, carry, others: () => seats.size - 1 }))
  }
  const checkLinks = (): void => {
    for (const [one, seat] of seats) {
      for (const other of peers.keys()) {
        if (one === other) continue
        const isOpen = seats.has(other) && isLinked(one, other, queue.nowMs())
        if (isOpen === seat.linked.has(other)) continue
        if (isOpen) seat.linked.add(other)
        else seat.linked.delete(other)
        seat.change(other, isOpen ? 'open' : 'closed')
      }
    }
  }
  const checkOn = (): void => {
    checkLinks()
    queue.at(queue.nowMs() + LINK_CHECK_MS, checkOn)
  }
  for (const [peer, { joinsMs = 0, leavesMs }] of peers.entries()) {
    queue.at(joinsMs, () => {
      sit(peer)
      checkLinks()
    })
    if (leavesMs === undefined) continue
    queue.at(leavesMs, () => {
      seats.get(peer)?.close()
      seats.delete(peer)
      checkLinks()
    })
  }
  queue.at(0, checkOn)
  return {
    runUntil: queue.runUntil,
    clockOf: (peer) => seats.get(peer)?.clock,
    sharedMs(peer) {
      const clock = seats.get(peer)?.clock
      if (clock?.isGood.read() !== true) return undefined
      return clock.sharedMsAt(world.localMs(peer, queue.nowMs()))
    },
  }
}

interface SeatOptions {
  readonly peer: number
  readonly world: ClockWorld
  readonly queue: EventQueue
  readonly seed: number
  readonly carry: (from: number, to: number, bytes: Uint8Array) => void
  readonly others: () => number
}

function createSeat({ peer, world, queue, seed, carry, others }: SeatOptions): Seat {
  const scope = createScope()
  const linked = new Set<number>()
  const read = (): number => inSteps(world.localMs(peer, queue.nowMs()))
  const timers: Timers = {
    now: read,
    wallMs: () => WALL_MS + read() - world.localMs(peer, 0),
    after: (ms, run) => queue.at(queue.nowMs() + ms / (1 + world.drift(peer)), run),
    every(ms, run) {
      let undo: Undo = () => undefined
      const again = (): void => {
        undo = timers.after(ms, () => {
          again()
          run()
        })
      }
      again()
      return () => {
        undo()
      }
    },
  }
  let receive: (from: PeerId, bytes: Uint8Array, arrivedMs: number) => void = () => undefined
  let onChange: Parameters<Mesh['onPeer']>[0] = () => undefined
  const mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer' | 'onBytes' | 'cutOff'> = {
    peers: () => [...linked].map(simulatedId),
    send(to, _lane, bytes) {
      carry(peer, Number(to), bytes)
      return true
    },
    onPeer(listener) {
      onChange = listener
      return () => undefined
    },
    onBytes(_lane, listener) {
      receive = listener
      return () => undefined
    },
    cutOff(from, code) {
      throw new Error(`${peer} must not cut ${from} off: ${code}`)
    },
  }
  const draws = createDraws(seed, peer, 5)
  const clock = createClockSync({
    mesh,
    timers,
    random: draws.next,
    newSessionId: (peer + 1).toString(16).padStart(16, '0'),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({ self: simulatedId(peer), others: others() }),
  })
  scope.own(clock.close)
  return {
    clock,
    linked,
    receive: (from, bytes) => {
      receive(simulatedId(from), bytes, read())
    },
    change: (other, change) => {
      onChange(simulatedId(other), change)
    },
    close: scope.close,
  }
}

/** Some day in 2026. */
const WALL_MS = 1_790_000_000_000

const inSteps = (ms: number): number => Math.floor(ms / STEP_MS) * STEP_MS

function lied(lie: Lie | undefined, bytes: Uint8Array, to: number, trueMs: number): Uint8Array {
  if (lie === undefined) return bytes
  const frame = decodeClockFrame(bytes)
  if (frame === undefined || frame.kind === 'ping') return bytes
  return encodeClockFrame(lie(frame, to, trueMs))
}

function stamped(bytes: Uint8Array, sentMs: number): Uint8Array {
  const copy = bytes.slice()
  new DataView(copy.buffer).setFloat64(SENT_AT, inSteps(sentMs))
  return copy
}
