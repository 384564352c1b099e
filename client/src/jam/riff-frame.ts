import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { fromHex, toHex } from '../lib/hex.ts'
import { RIFF } from './gate.ts'

/** What peers say of riffs over the document's lane; ids are 32 hex digits. */
export type RiffFrame =
  /** `asks` when the other is to say what it has, too. */
  | { readonly kind: 'have'; readonly asks: boolean; readonly ids: readonly string[] }
  | { readonly kind: 'want'; readonly ids: readonly string[] }
  | { readonly kind: 'riff'; readonly bytes: Uint8Array<ArrayBuffer> }

const KINDS = ['have', 'want', 'riff'] as const
const ID_BYTES = 16
/** More are not kept. */
export const MOST_RIFFS = 32
/** Packed. */
export const MAX_RIFF_BYTES = 256 * 1024

export function encodeRiffFrame(frame: RiffFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, RIFF)
  encoding.writeVarUint(encoder, KINDS.indexOf(frame.kind))
  if (frame.kind === 'have') encoding.writeVarUint(encoder, frame.asks ? 1 : 0)
  if (frame.kind === 'riff') encoding.writeUint8Array(encoder, frame.bytes)
  else for (const id of frame.ids) encoding.writeUint8Array(encoder, fromHex(id))
  return encoding.toUint8Array(encoder)
}

/** @param body  the frame without its first number. Undefined when it is none. Never throws. */
export function decodeRiffFrame(body: Uint8Array): RiffFrame | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const kind = KINDS[decoding.readVarUint(decoder)]
    const flag = kind === 'have' ? decoding.readVarUint(decoder) : 0
    const rest = decoding.readTailAsUint8Array(decoder)
    if (kind === 'riff') {
      // A copy: a view would keep all that came in with it.
      return rest.length <= MAX_RIFF_BYTES ? { kind, bytes: new Uint8Array(rest) } : undefined
    }
    const count = rest.length / ID_BYTES
    if (kind === undefined || flag > 1 || !Number.isInteger(count) || count > MOST_RIFFS) {
      return undefined
    }
    const ids = Array.from({ length: count }, (_, index) =>
      toHex(rest.subarray(index * ID_BYTES, (index + 1) * ID_BYTES)),
    )
    return kind === 'have' ? { kind, asks: flag === 1, ids } : { kind, ids }
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}
