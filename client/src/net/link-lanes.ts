import { encodeDocMessage, parseDocMessage } from './control-message.ts'
import type { ControlMessage, DocMessage } from './control-message.ts'
import { createDocLane } from './doc-lane.ts'
import { CLOCK_HIGH_WATER_BYTES, MAX_LANE_BYTES } from './lanes.ts'
import { encodeLiveFrame, parseLiveFrame } from './live-frames.ts'
import type { LiveFrame } from './live-frames.ts'
import type { Lane } from './mesh.ts'
import type { Meter } from './meter.ts'
import type { Timers } from './timers.ts'
import type { Wire } from './wire.ts'

/** Above this a live frame is dropped: late notes are worse than none. */
const LIVE_HIGH_WATER_BYTES = 8192
/** Share of the newest round trip in the shown one. */
const RTT_WEIGHT = 0.2

export interface LinkLanesOptions {
  readonly wire: () => Wire
  readonly timers: Timers
  readonly meter: Meter
  readonly onBytes: (lane: Lane, bytes: Uint8Array, arrivedMs: number) => void
  /** The other end of the link itself has something to say. */
  readonly onControl: (message: ControlMessage) => void
  /** The peer broke a rule of the frames. */
  readonly onBroke: (code: string) => void
}

/** What goes over one connection: the user's bytes in each lane's frames, and among them what the links say themselves. */
export interface LinkLanes {
  /** `slow` when so much waits in the doc lane that the connection is to be given up. */
  send(lane: Lane, bytes: Uint8Array): 'sent' | 'dropped' | 'slow'
  /** Queues in the doc lane; false when so much waits that it is `slow`. */
  sendControl(message: ControlMessage): boolean
  /** Takes a frame of the peer, which may be anything. */
  receive(lane: Lane, frame: Uint8Array | undefined, arrivedMs: number): void
  readonly pump: () => void
  ping(): void
  readonly rttMs: () => number | undefined
}

export function createLinkLanes(options: LinkLanesOptions): LinkLanes {
  const { wire, timers, meter, onBytes, onControl, onBroke } = options
  const doc = createDocLane({
    send: (frame) => sendFrame('doc', frame),
    bufferedBytes: () => wire().bufferedBytes('doc'),
    now: timers.now,
  })
  let rttMs: number | undefined
  let lastPing = { nonce: 0, sentMs: timers.now() }

  function sendFrame(lane: Lane, frame: Uint8Array): boolean {
    if (!wire().send(lane, frame)) return false
    meter.sent(frame.length)
    return true
  }

  const sendLive = (frame: LiveFrame): boolean => sendFrame('live', encodeLiveFrame(frame))
  const sendDoc = (message: DocMessage): boolean => doc.push(encodeDocMessage(message))

  function receiveDoc(frame: Uint8Array, arrivedMs: number): void {
    const joined = doc.accept(frame)
    if (!joined.ok) onBroke(joined.code)
    else if (joined.message !== undefined) receiveMessage(joined.message, arrivedMs)
  }

  function receiveMessage(encoded: Uint8Array, arrivedMs: number): void {
    const message = parseDocMessage(encoded)
    if (message === undefined) onBroke('doc-shape')
    else if (message.kind === 'user') onBytes('doc', message.bytes, arrivedMs)
    else onControl(message)
  }

  function receiveLive(encoded: Uint8Array, arrivedMs: number): void {
    const frame = parseLiveFrame(encoded)
    if (typeof frame === 'string') onBroke(frame)
    else if (frame.kind === 'user') onBytes('live', frame.bytes, arrivedMs)
    else if (frame.kind === 'ping') sendLive({ kind: 'pong', nonce: frame.nonce })
    else if (frame.nonce === lastPing.nonce) {
      const newMs = arrivedMs - lastPing.sentMs
      rttMs = rttMs === undefined ? newMs : rttMs + (newMs - rttMs) * RTT_WEIGHT
    }
  }

  function isSent(lane: 'live' | 'clock', bytes: Uint8Array): boolean {
    const waitingBytes = wire().bufferedBytes(lane)
    if (lane === 'clock') return waitingBytes <= CLOCK_HIGH_WATER_BYTES && sendFrame(lane, bytes)
    return waitingBytes <= LIVE_HIGH_WATER_BYTES && sendLive({ kind: 'user', bytes })
  }

  return {
    send(lane, bytes) {
      if (lane === 'doc') return sendDoc({ kind: 'user', bytes }) ? 'sent' : 'slow'
      return isSent(lane, bytes) ? 'sent' : 'dropped'
    },
    sendControl: sendDoc,
    receive(lane, frame, arrivedMs) {
      if (frame === undefined) onBroke('not-binary')
      else if (!meter.received(lane, frame.length, arrivedMs)) onBroke('too-fast')
      else if (lane === 'doc') receiveDoc(frame, arrivedMs)
      else if (lane === 'live') receiveLive(frame, arrivedMs)
      else if (frame.length > MAX_LANE_BYTES.clock) onBroke('clock-size')
      else onBytes('clock', frame, arrivedMs)
    },
    pump: doc.pump,
    ping() {
      lastPing = { nonce: (lastPing.nonce + 1) >>> 0, sentMs: timers.now() }
      sendLive({ kind: 'ping', nonce: lastPing.nonce })
    },
    rttMs: () => rttMs,
  }
}
