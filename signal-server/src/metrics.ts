import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { CLOSE_CODES, type RefusalCode } from '@beatcord/shared'
import type { Cut } from './listener.ts'
import type { PacketDrop } from './instances/post.ts'
import type { Counts } from './rooms.ts'
import type { SlotCounts } from './slots/slot-counts.ts'

/** What the server counts. No label names a room, a person or an address. */
export interface Metrics extends SlotCounts {
  admitted(): void
  /** A socket was closed, by whichever side. */
  closed(code: number): void
  frameRefused(code: RefusalCode): void
  upgradeRefused(status: number): void
  /** Of HTTP, before any answer or in its midst. */
  connectionCut(why: Cut): void
  signalled(): void
  relayed(bytes: number): void
  /** What came from another instance was not heeded. */
  packetDropped(why: PacketDrop): void
  /** Everything as text, and the type of that text. */
  read(): Promise<{ readonly type: string; readonly text: string }>
}

/** What is read at the moment somebody asks. */
export interface Gauges {
  readonly counts: () => Counts
  readonly sockets: () => number
  readonly isOverloaded: () => boolean
  readonly isDegraded: () => boolean
}

/** Codes that a browser or `ws` gives by itself. */
const UNSAID_CODES = [1001, 1005, 1006]
const KNOWN_CODES = new Set([...Object.values(CLOSE_CODES), ...UNSAID_CODES])

/**
 * @param isRead  whether anybody will ask: only then is the process itself measured too
 * @see https://prometheus.io/docs/practices/naming/
 */
export function createMetrics(gauges: Gauges, isRead: boolean): Metrics {
  const { counts, sockets, isOverloaded, isDegraded } = gauges
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `beatcord_${name}_total`, help, labelNames, registers })
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name: `beatcord_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })

  const admitted = counter('admitted', 'Hellos that were answered by a welcome.')
  const closed = counter('sockets_closed', 'Sockets that ended, by close code.', 'code')
  const frames = counter('frames_refused', 'Frames that were not served, by why.', 'code')
  const upgrades = counter('upgrades_refused', 'Sockets refused by HTTP, by status.', 'status')
  const cuts = counter('connections_cut', 'HTTP connections that were cut off, by why.', 'why')
  const signals = counter('signals', 'Signals passed on from peer to peer.')
  const relayed = counter('relayed_bytes', 'Bytes passed on from peer to peer by the relay.')
  const packets = counter(
    'packets_dropped',
    'Packets of other instances not heeded, by why.',
    'why',
  )
  const asked = counter('slots_asked', 'Requests of slots, by act and status.', 'act', 'status')
  const slotBytes = counter(
    'slots_bytes',
    'Bytes of slots that came and were kept, or went.',
    'way',
  )
  const troubles = counter('slots_trouble', 'Troubles of the store of slots, by what.', 'what')
  // Memory, processor time, event loop.
  if (isRead) collectDefaultMetrics({ register: registry })
  gauge('peers', 'People who are here.', () => counts().peers)
  gauge('rooms', 'Rooms in which someone is here.', () => counts().rooms)
  gauge('sockets', 'Sockets that are open.', sockets)
  gauge('overloaded', '1 while newcomers are turned away, else 0.', () => Number(isOverloaded()))

  gauge('degraded', '1 while other instances are out of reach, else 0.', () => Number(isDegraded()))

  return {
    admitted() {
      admitted.inc()
    },
    closed(code) {
      // A stranger chooses among four thousand.
      closed.inc({ code: KNOWN_CODES.has(code) ? String(code) : 'other' })
    },
    frameRefused(code) {
      frames.inc({ code })
    },
    upgradeRefused(status) {
      upgrades.inc({ status: String(status) })
    },
    connectionCut(why) {
      cuts.inc({ why })
    },
    signalled() {
      signals.inc()
    },
    relayed(bytes) {
      relayed.inc(bytes)
    },
    packetDropped(why) {
      packets.inc({ why })
    },
    slotAnswered(act, status) {
      asked.inc({ act, status: String(status) })
    },
    slotPassed(way, bytes) {
      slotBytes.inc({ way }, bytes)
    },
    slotTrouble(what) {
      troubles.inc({ what })
    },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
