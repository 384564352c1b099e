import type { Beacon } from '../clock/shared-clock.ts'

/** A question for the time, and its answer, on the clock lane; all numbers big-endian. */
export type ClockFrame =
  | {
      readonly kind: 'ping'
      /** Written by the lane. */
      readonly sentMs: number
      readonly nonce: number
    }
  | {
      readonly kind: 'pong'
      /** Written by the lane. */
      readonly sentMs: number
      /** The ping's own, and its `sentMs`. */
      readonly nonce: number
      readonly echoMs: number
      readonly receivedMs: number
      readonly beacon: Beacon
    }

const PING = 1
const PONG = 2
const SENT_OFFSET = 1
const NONCE_OFFSET = 9
/** Of the doubles that only an answer has. */
const NUMBERS_OFFSET = 13
const ID_OFFSET = 61
const PING_BYTES = 13
const PONG_BYTES = 69
const NO_SESSION = '0'.repeat(16)
/** No clock runs this wrong; whoever says so is broken. */
const MAX_RATE = 0.02
/** The year 2286: far below what a transport may hold, so that every moment of it can be written down. */
const MAX_SHARED_MS = 1e13

export function encodeClockFrame(frame: ClockFrame): Uint8Array {
  const view = new DataView(new ArrayBuffer(frame.kind === 'ping' ? PING_BYTES : PONG_BYTES))
  view.setUint8(0, frame.kind === 'ping' ? PING : PONG)
  view.setFloat64(SENT_OFFSET, frame.sentMs)
  view.setUint32(NONCE_OFFSET, frame.nonce)
  if (frame.kind === 'pong') {
    const { beacon } = frame
    const numbers = [
      frame.echoMs,
      frame.receivedMs,
      beacon.bornAtMs,
      beacon.localMs,
      beacon.sharedMs,
      beacon.rate,
    ]
    numbers.forEach((number, index) => {
      view.setFloat64(NUMBERS_OFFSET + index * 8, number)
    })
    view.setBigUint64(
      ID_OFFSET,
      BigInt(`0x${beacon.sessionId === '' ? NO_SESSION : beacon.sessionId}`),
    )
  }
  return new Uint8Array(view.buffer)
}

/** Undefined when the bytes are none, or say impossible things. Never throws. */
export function decodeClockFrame(bytes: Uint8Array): ClockFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length === PING_BYTES && bytes[0] === PING) {
    const sentMs = view.getFloat64(SENT_OFFSET)
    const nonce = view.getUint32(NONCE_OFFSET)
    return Number.isFinite(sentMs) ? { kind: 'ping', sentMs, nonce } : undefined
  }
  return bytes.length === PONG_BYTES && bytes[0] === PONG ? decodePong(view) : undefined
}

function decodePong(view: DataView): ClockFrame | undefined {
  const at = (index: number): number => view.getFloat64(NUMBERS_OFFSET + index * 8)
  const id = view.getBigUint64(ID_OFFSET).toString(16).padStart(16, '0')
  const beacon = {
    sessionId: id === NO_SESSION ? '' : id,
    bornAtMs: at(2),
    localMs: at(3),
    sharedMs: at(4),
    rate: at(5),
  }
  const sentMs = view.getFloat64(SENT_OFFSET)
  const times = [sentMs, at(0), at(1), beacon.bornAtMs, beacon.localMs, beacon.sharedMs]
  const sane = times.every((time) => Math.abs(time) < MAX_SHARED_MS)
  if (!sane || !(Math.abs(beacon.rate) <= MAX_RATE)) return undefined
  const nonce = view.getUint32(NONCE_OFFSET)
  return { kind: 'pong', sentMs, nonce, echoMs: at(0), receivedMs: at(1), beacon }
}
