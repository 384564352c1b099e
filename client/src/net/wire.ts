import type { Undo } from '../lib/scope.ts'
import type { Lane } from './mesh.ts'
import type { WireSignal } from './peer-signal.ts'

/** One connection to one peer with its three data channels, from the first signal to its end; knows no retries. */
export interface Wire {
  /** A signal from the other end; any order, any content that parses. */
  signal(signal: WireSignal): void
  /** Writes into a clock frame when it is sent. False when the lane is not open, or the doc lane has no room until `onDrained`. */
  send(lane: Lane, frame: Uint8Array): boolean
  /** Bytes handed over and not yet sent. */
  bufferedBytes(lane: Lane): number
  /** Looks for a new path under the same connection. */
  restartIce(): void
  readonly connection: RTCPeerConnection | undefined
  close: Undo
}

export interface WireEvents {
  readonly onSignal: (signal: WireSignal) => void
  /** All three lanes are open. */
  readonly onOpen: () => void
  /** The connection ended by itself or by the other end; told once, and not after `close`. */
  readonly onClosed: () => void
  /** Whether there is a path; told on changes. */
  readonly onPath: (isUp: boolean) => void
  /** @param frame undefined when it was text, which no lane carries. @param arrivedMs monotonic */
  readonly onFrame: (lane: Lane, frame: Uint8Array | undefined, arrivedMs: number) => void
  /** The doc lane has room again. */
  readonly onDrained: () => void
}

/** @param offers whether this end makes the offer; the other end must not */
export type CreateWire = (offers: boolean, events: WireEvents) => Wire
