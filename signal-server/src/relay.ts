import {
  encodeRelayFrame,
  RELAY_HEADER_BYTES,
  RELAY_REPORT_BYTES,
  type PeerId,
  type RelayFrame,
  type ServerMessage,
} from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import { createTokenBucket, msToTokens, spendTokens, takeTokens } from './rate-limit.ts'

/** Where relayed frames for one peer go. */
export interface RelayOutlet {
  /** False, with nothing sent, when the reader is behind. */
  pass(frame: Uint8Array): boolean
  /** Runs once, when a reader that was behind has caught up or is lost. */
  onceFree(run: () => void): Undo
}

export interface RelayOptions {
  readonly sender: PeerId
  readonly bytesPerSecond: number
  readonly clock: Clock
  /** The one who sits there at this moment; undefined when nobody does. */
  readonly outletOf: (peer: PeerId) => RelayOutlet | undefined
  /** Tells the sender. */
  readonly tell: (message: ServerMessage) => void
  /** Whether the sender's socket is to be read: what is not read fills its way, until it stops sending. */
  readonly setReading: (reading: boolean) => void
  /** So many payload bytes went on. */
  readonly onPassed: (bytes: number) => void
}

/** Passes on what one peer sends to others through the server. Never looks into a payload. */
export interface Relay {
  readonly take: (frame: RelayFrame) => void
  /** Forgets what waits. */
  readonly end: Undo
}

/** A song of this size goes at once. */
const BURST_BYTES = 1_048_576
/** What a frame costs beyond its bytes, so that many small ones are no way around the bucket. */
const FRAME_COST_BYTES = 256
/** So much may be dropped for want of tokens, and as much a second as passes, before the sender is read no further. */
const MAX_DROPPED_BYTES = 1_048_576
/** With so much waiting the sender is no longer read; a sender who heeds the reports stays far below. */
const MAX_HELD_BYTES = 1_048_576

/** What waits for one receiver, oldest first. */
interface Lane {
  readonly to: PeerId
  readonly outlet: RelayOutlet
  readonly frames: Uint8Array[]
  /** Set while the receiver is behind. */
  undoFree?: Undo | undefined
}

export function createRelay(options: RelayOptions): Relay {
  const { sender, bytesPerSecond, clock, outletOf, tell, setReading, onPassed } = options
  const bucket = createTokenBucket(BURST_BYTES, bytesPerSecond, clock.nowMs())
  const patience = createTokenBucket(MAX_DROPPED_BYTES, bytesPerSecond, clock.nowMs())
  /** By receiver, those first whose turn it is; each holds at least one frame. */
  const lanes = new Map<RelayOutlet, Lane>()
  /** What went on and was not told yet. */
  const untold = new WeakMap<RelayOutlet, number>()
  let heldBytes = 0
  let reading = true
  let endWait: Undo | undefined
  /** Set while patience with a flood has run out. */
  let endRest: Undo | undefined

  function hold(to: PeerId, outlet: RelayOutlet, frame: Uint8Array): void {
    const lane = lanes.get(outlet) ?? { to, outlet, frames: [] }
    lanes.set(outlet, lane)
    lane.frames.push(frame)
    heldBytes += costOf(frame)
    pump()
  }

  /** Passes on what bucket and receivers allow, one frame of each receiver in turn. */
  function pump(): void {
    endWait?.()
    endWait = undefined
    for (let lane = nextLane(); lane !== undefined; lane = nextLane()) {
      const [frame] = lane.frames
      if (frame === undefined) break
      const waitMs = msToTokens(bucket, clock.nowMs(), costOf(frame))
      if (waitMs > 0) {
        endWait = clock.after(waitMs, pump)
        break
      }
      if (lane.outlet.pass(frame)) passed(lane, frame)
      else waitFor(lane)
    }
    throttle()
  }

  const nextLane = (): Lane | undefined =>
    [...lanes.values()].find(({ undoFree }) => undoFree === undefined)

  function waitFor(lane: Lane): void {
    lane.undoFree = lane.outlet.onceFree(() => {
      lane.undoFree = undefined
      pump()
    })
  }

  function passed(lane: Lane, frame: Uint8Array): void {
    takeTokens(bucket, clock.nowMs(), costOf(frame))
    heldBytes -= costOf(frame)
    lane.frames.shift()
    lanes.delete(lane.outlet)
    if (lane.frames.length > 0) lanes.set(lane.outlet, lane)
    report(lane, frame.length - RELAY_HEADER_BYTES)
  }

  function report({ to, outlet }: Lane, bytes: number): void {
    onPassed(bytes)
    const sum = (untold.get(outlet) ?? 0) + bytes
    const isDue = sum >= RELAY_REPORT_BYTES
    untold.set(outlet, isDue ? 0 : sum)
    if (isDue) tell({ type: 'relayed', to, bytes: sum })
  }

  function throttle(): void {
    const isEmptyEnough = heldBytes < (reading ? MAX_HELD_BYTES : MAX_HELD_BYTES / 2)
    const mayRead = isEmptyEnough && endRest === undefined
    if (mayRead === reading) return
    reading = mayRead
    setReading(reading)
  }

  function drop(frame: Uint8Array): void {
    spendTokens(patience, clock.nowMs(), costOf(frame))
    if (endRest === undefined && msToTokens(patience, clock.nowMs(), 0) > 0) rest()
  }

  function rest(): void {
    const leftMs = msToTokens(patience, clock.nowMs(), MAX_DROPPED_BYTES / 2)
    endRest = leftMs > 0 ? clock.after(leftMs, rest) : undefined
    throttle()
  }

  return {
    take({ urgency, peer, payload }) {
      const outlet = outletOf(peer)
      // A copy: a view would keep all that came in with it.
      const frame = encodeRelayFrame({ urgency, peer: sender, payload })
      if (outlet !== undefined && urgency === 'wait') hold(peer, outlet, frame)
      else if (!takeTokens(bucket, clock.nowMs(), costOf(frame))) drop(frame)
      else if (outlet === undefined) tell({ type: 'refused', code: 'no-such-peer', detail: peer })
      else if (outlet.pass(frame)) onPassed(payload.length)
    },
    end() {
      endWait?.()
      endRest?.()
      for (const { undoFree } of lanes.values()) undoFree?.()
      lanes.clear()
    },
  }
}

const costOf = (frame: Uint8Array): number => frame.length + FRAME_COST_BYTES
