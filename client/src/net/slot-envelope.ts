import type { RoomId } from '@beatcord/shared'
import { gunzip, gzip } from './gzip.ts'
import { openBytes, sealBytes } from './seal.ts'

/** What a slot holds. Parts are told apart by name, several may have the same; readers pass over names they do not know. */
export interface SlotContents {
  /** When it was written, by the writer's wall clock; milliseconds since 1970. */
  readonly savedMs: number
  readonly parts: readonly SlotPart[]
}

export interface SlotPart {
  /** 1 to 32 characters from a to z. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where a slot lies: what was sealed for one place does not open at another. */
export interface SlotPlace {
  readonly roomId: RoomId
  readonly version: number
}

/** Longest contents of a slot when they are unpacked, in bytes: two songs that came as one, and as much beside them. */
export const MAX_SLOT_CONTENTS_BYTES = 16 * 1024 * 1024

const FORMAT = 1
const HEAD_BYTES = 5
const MAX_INDEX_BYTES = 64 * 1024
const MAX_PARTS = 512
const NAME = /^[a-z]{1,32}$/

const contextOf = ({ roomId, version }: SlotPlace): string => `slot ${roomId} ${String(version)}`

/** Packs (gzip), then seals: AES-GCM under the room's slot key, bound to its place. */
export async function sealSlot(
  key: CryptoKey,
  place: SlotPlace,
  contents: SlotContents,
): Promise<Uint8Array<ArrayBuffer>> {
  return sealBytes(key, await gzip(encode(contents)), contextOf(place))
}

/** Undefined for whatever no holder of the key sealed for this place, or is too large when it is unpacked. */
export async function openSlot(
  key: CryptoKey,
  place: SlotPlace,
  sealed: Uint8Array,
): Promise<SlotContents | undefined> {
  const packed = await openBytes(key, sealed, contextOf(place))
  if (packed === undefined) return undefined
  const bytes = await gunzip(packed, MAX_SLOT_CONTENTS_BYTES + HEAD_BYTES + MAX_INDEX_BYTES)
  return bytes && decode(bytes)
}

/** One byte of format, four of the length of an index in JSON, the index, and the parts one after the other. */
function encode({ savedMs, parts }: SlotContents): Uint8Array<ArrayBuffer> {
  const sizes = parts.map(({ name, bytes }) => [name, bytes.length])
  const index = new TextEncoder().encode(JSON.stringify({ savedMs, parts: sizes }))
  const total = parts.reduce((sum, { bytes }) => sum + bytes.length, HEAD_BYTES + index.length)
  const all = new Uint8Array(total)
  all[0] = FORMAT
  new DataView(all.buffer).setUint32(1, index.length)
  all.set(index, HEAD_BYTES)
  let at = HEAD_BYTES + index.length
  for (const { bytes } of parts) {
    all.set(bytes, at)
    at += bytes.length
  }
  return all
}

function decode(all: Uint8Array): SlotContents | undefined {
  if (all.length < HEAD_BYTES || all[0] !== FORMAT) return undefined
  const indexBytes = new DataView(all.buffer, all.byteOffset).getUint32(1)
  if (indexBytes > MAX_INDEX_BYTES || HEAD_BYTES + indexBytes > all.length) return undefined
  const index = parseIndex(all.subarray(HEAD_BYTES, HEAD_BYTES + indexBytes))
  if (index === undefined) return undefined
  const parts: SlotPart[] = []
  let at = HEAD_BYTES + indexBytes
  for (const [name, length] of index.parts) {
    parts.push({ name, bytes: all.subarray(at, at + length) })
    at += length
  }
  return at === all.length ? { savedMs: index.savedMs, parts } : undefined
}

interface Index {
  readonly savedMs: number
  readonly parts: readonly (readonly [name: string, length: number])[]
}

/** A member may seal what it likes. */
function parseIndex(bytes: Uint8Array): Index | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value !== 'object' || value === null) return undefined
    const { savedMs, parts } = value as Readonly<Record<string, unknown>>
    if (!isCount(savedMs) || !Array.isArray(parts) || parts.length > MAX_PARTS) return undefined
    return parts.every(isPart) ? { savedMs, parts } : undefined
  } catch {
    return undefined
  }
}

const isPart = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) &&
  value.length === 2 &&
  typeof value[0] === 'string' &&
  NAME.test(value[0]) &&
  isCount(value[1])

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
