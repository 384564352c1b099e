import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from '../sequence/pattern.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'

/** A key that was pressed or let go. */
export interface HandEvent {
  /** As written: what sounds for it depends on the scale. */
  readonly pitch: Pitch
  /** 1 to 127; 0 lets go. */
  readonly velocity: number
  /** When the hand did it, shared time. */
  readonly sharedMs: number
}

/** What a hand does on a track: its last events once more, and what it holds, so that a lost frame leaves no trace. */
export interface HandFrame {
  /** Of each frame of a page, from 1. */
  readonly number: number
  readonly track: TrackId
  /** When it was sent, shared time. */
  readonly sharedMs: number
  /** After its moment everybody hears a note so much later; 0 when each hears it as soon as it can. */
  readonly delayMs: number
  /** Semitones, -12 to 12. */
  readonly bend: number
  /** How far the modulation wheel is turned, 0 to 1. */
  readonly wheel: number
  /** Events are numbered on from this one, from 1 on each page, across tracks. */
  readonly first: number
  /** Oldest first, at most `MOST_EVENTS`. */
  readonly events: readonly HandEvent[]
  /** What is pressed after the last of them. */
  readonly held: readonly Pitch[]
}

export const MOST_EVENTS = 8
/** More keys at once are no hand's. */
export const MOST_KEYS = 32
const MOST_DELAY_MS = 2000
const MOST_BEND = 12
/** Ages go in eighths of a millisecond, bends in cents. */
const PARTS_A_MS = 8
const CENTS = 100
const WHEEL = 127
/** An event that is older is said to be so old. */
const MOST_AGE_MS = 10_000

export function encodeHand(frame: HandFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  const { sharedMs } = frame
  encoding.writeVarUint(encoder, frame.number)
  encoding.writeVarString(encoder, frame.track)
  encoding.writeFloat64(encoder, sharedMs)
  encoding.writeVarUint(encoder, Math.round(frame.delayMs * PARTS_A_MS))
  encoding.writeVarInt(encoder, Math.round(frame.bend * CENTS))
  encoding.writeVarUint(encoder, frame.first)
  encoding.writeVarUint(encoder, frame.events.length)
  for (const { pitch, velocity, sharedMs: atMs } of frame.events) {
    const ageMs = Math.min(MOST_AGE_MS, Math.max(0, sharedMs - atMs))
    encoding.writeVarUint(encoder, Math.round(ageMs * PARTS_A_MS))
    encoding.writeUint8(encoder, pitch)
    encoding.writeUint8(encoder, velocity)
  }
  encoding.writeVarUint(encoder, frame.held.length)
  for (const pitch of frame.held) encoding.writeUint8(encoder, pitch)
  if (frame.wheel > 0) encoding.writeUint8(encoder, Math.round(frame.wheel * WHEEL))
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none. Never throws. */
export function decodeHand(body: Uint8Array): HandFrame | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const number = decoding.readVarUint(decoder)
    const track = decoding.readVarString(decoder)
    const sharedMs = decoding.readFloat64(decoder)
    const delayMs = decoding.readVarUint(decoder) / PARTS_A_MS
    const bend = decoding.readVarInt(decoder) / CENTS
    const first = decoding.readVarUint(decoder)
    const events = readList(decoder, MOST_EVENTS, () => readEvent(decoder, sharedMs))
    const held = readList(decoder, MOST_KEYS, () => readPitch(decoder))
    const isTurned = decoding.hasContent(decoder)
    const wheel = isTurned ? decoding.readUint8(decoder) / WHEEL : 0
    if (events === undefined || held === undefined || decoding.hasContent(decoder)) return undefined
    const isInRange = Number.isFinite(sharedMs) && delayMs <= MOST_DELAY_MS
    if (!isTrackId(track) || !isInRange || Math.abs(bend) > MOST_BEND) return undefined
    if (isTurned && (wheel === 0 || wheel > 1)) return undefined
    return { number, track, sharedMs, delayMs, bend, wheel, first, events, held }
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}

/** @returns undefined when it is longer than `most`, or one of it is none */
function readList<Item>(
  decoder: decoding.Decoder,
  most: number,
  read: () => Item | undefined,
): readonly Item[] | undefined {
  const count = decoding.readVarUint(decoder)
  if (count > most) return undefined
  const items: Item[] = []
  for (let left = count; left > 0; left--) {
    const item = read()
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function readEvent(decoder: decoding.Decoder, sentMs: number): HandEvent | undefined {
  const sharedMs = sentMs - decoding.readVarUint(decoder) / PARTS_A_MS
  const pitch = readPitch(decoder)
  const velocity = decoding.readUint8(decoder)
  return pitch === undefined || velocity > 127 ? undefined : { pitch, velocity, sharedMs }
}

function readPitch(decoder: decoding.Decoder): Pitch | undefined {
  const pitch = decoding.readUint8(decoder)
  return pitch < LOWEST_PITCH || pitch > HIGHEST_PITCH ? undefined : pitch
}

/** How late a hand would have to be heard so that nothing of it came too late here, ms. */
export function encodeNeed(needMs: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, Math.round(Math.min(MOST_DELAY_MS, Math.max(0, needMs))))
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none. Never throws. */
export function decodeNeed(body: Uint8Array): number | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const needMs = decoding.readVarUint(decoder)
    return needMs > MOST_DELAY_MS || decoding.hasContent(decoder) ? undefined : needMs
  } catch {
    // As above.
    return undefined
  }
}
