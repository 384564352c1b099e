import type { RelayUrgency } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { withSentMs } from './clock-stamp.ts'
import { MAX_FRAME_BYTES } from './frames.ts'
import type { Lane } from './mesh.ts'
import type { RelayEnd, RelaySession } from './relay-greeting.ts'
import { openBytes, sealBytes, type SealingKeys } from './seal.ts'
import { createTaskQueue } from './task-queue.ts'
import type { Timers } from './timers.ts'
import type { Wire, WireEvents } from './wire.ts'

/** First byte of a payload: a frame of a lane, or the end of the conversation. */
const FRAME = 2
const BYE = 3

const LANES = ['doc', 'live', 'clock'] as const
/** Kind, lane, sequence number of the lane (u32, big-endian). */
const HEADER_BYTES = 6
const LOW_WATER_BYTES = 32 * 1024
/** The socket does not tell when it has room: it is asked. */
const ASK_ROOM_MS = 20

/** The way to one peer through the server. */
export interface RelayPipe {
  send(urgency: RelayUrgency, payload: Uint8Array): boolean
  bufferedBytes(urgency: RelayUrgency): number
}

export interface RelayWireOptions {
  readonly session: RelaySession
  /** `RoomKeys.relayKey` */
  readonly key: SealingKeys
  readonly pipe: RelayPipe
  readonly timers: Timers
}

/** A conversation through the server that has been greeted: sealed frames, each lane's numbered for themselves. */
export interface RelayWire extends Wire {
  /** Takes a payload that begins with `FRAME` or the end; what was not sealed for here, now and next is dropped. */
  hear(payload: Uint8Array, arrivedMs: number): Promise<void>
}

/** The server may lose what is urgent, so lanes count apart; in the doc lane a gap ends the conversation. */
export function createRelayWire(options: RelayWireOptions, events: WireEvents): RelayWire {
  const { session, key, pipe, timers } = options
  const sending = createTaskQueue()
  const sentSeq = { doc: 0, live: 0, clock: 0 }
  const heardSeq = { doc: 0, live: 0, clock: 0 }
  const sealingBytes = { doc: 0, live: 0, clock: 0 }
  let undoAsk: Undo | undefined
  let closed = false

  function bufferedBytes(lane: Lane): number {
    if (lane === 'doc') return sealingBytes.doc + pipe.bufferedBytes('wait')
    // One frame of the doc lane that is just being written does not make what is urgent late.
    return sealingBytes[lane] + Math.max(0, pipe.bufferedBytes('drop') - MAX_FRAME_BYTES)
  }

  function askRoom(): void {
    undoAsk ??= timers.after(ASK_ROOM_MS, () => {
      undoAsk = undefined
      if (bufferedBytes('doc') < LOW_WATER_BYTES) events.onDrained()
      else askRoom()
    })
  }

  async function sealAndSend(lane: Lane, seq: number, frame: Uint8Array): Promise<void> {
    const header = encodeHeader(FRAME, lane, seq)
    // The last moment that can be written: what is sealed cannot be changed.
    const said = lane === 'clock' ? withSentMs(frame, timers.now()) : frame
    const sealed = await sealBytes(key, said, context(session.self, session.other, header))
    sealingBytes[lane] -= frame.length
    if (closed) return
    const isSent = pipe.send(lane === 'doc' ? 'wait' : 'drop', join(header, sealed))
    if (!isSent && lane === 'doc') lost()
  }

  async function sayBye(): Promise<void> {
    const header = encodeHeader(BYE, 'doc', sentSeq.doc)
    const sealed = await sealBytes(
      key,
      new Uint8Array(0),
      context(session.self, session.other, header),
    )
    pipe.send('wait', join(header, sealed))
  }

  function tell(...frame: Parameters<WireEvents['onFrame']>): void {
    if (!closed) events.onFrame(...frame)
  }

  function lost(): void {
    if (closed) return
    end()
    events.onClosed()
  }

  function end(): void {
    closed = true
    undoAsk?.()
  }

  // Whoever makes a wire gets to hold it before it opens. No timer: a hidden page may wait for one for a minute.
  queueMicrotask(() => {
    if (!closed) events.onOpen()
  })

  return {
    connection: undefined,
    signal: () => undefined,
    restartIce: () => undefined,
    bufferedBytes,
    send(lane, frame) {
      if (closed) return false
      const seq = (sentSeq[lane] += 1)
      sealingBytes[lane] += frame.length
      sending.add(() => sealAndSend(lane, seq, frame))
      if (lane === 'doc') askRoom()
      return true
    },
    async hear(payload, arrivedMs) {
      const header = payload.subarray(0, HEADER_BYTES)
      const lane = LANES[payload[1] ?? LANES.length]
      if (closed || header.length < HEADER_BYTES || lane === undefined) return
      const seq = new DataView(header.buffer, header.byteOffset).getUint32(2)
      if (payload[0] === FRAME && seq <= heardSeq[lane]) return
      const sealed = payload.subarray(HEADER_BYTES)
      const frame = await openBytes(key, sealed, context(session.other, session.self, header))
      if (frame === undefined) return
      if (payload[0] === BYE || (lane === 'doc' && seq !== heardSeq.doc + 1)) {
        lost()
        return
      }
      heardSeq[lane] = seq
      tell(lane, frame, arrivedMs)
    },
    close() {
      if (closed) return
      end()
      sending.add(sayBye)
    },
  }
}

function encodeHeader(kind: number, lane: Lane, seq: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES)
  header[0] = kind
  header[1] = LANES.indexOf(lane)
  new DataView(header.buffer).setUint32(2, seq)
  return header
}

/** Binds a frame to its kind, lane and number, to its direction, and to this conversation of these two pages. */
const context = (from: RelayEnd, to: RelayEnd, header: Uint8Array): string =>
  [
    'relay frame',
    header.join('.'),
    ...[from, to].flatMap(({ peer, page, nonce }) => [peer, page, nonce]),
  ].join('|')

function join(header: Uint8Array, sealed: Uint8Array): Uint8Array {
  const payload = new Uint8Array(header.length + sealed.length)
  payload.set(header)
  payload.set(sealed, header.length)
  return payload
}
