import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** What one can say without words, in the order in which it is numbered in frames. */
export const REACTIONS = ['fire', 'love', 'rock', 'wow', 'again', 'bass'] as const
export type ReactionName = (typeof REACTIONS)[number]

export interface ReactionFrame {
  /** Each of a page has its own; a frame that is sent again keeps it. */
  readonly number: number
  readonly name: ReactionName
  /** When everybody is to see it, in shared time. */
  readonly sharedMs: number
}

export function encodeReaction({ number, name, sharedMs }: ReactionFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, number)
  encoding.writeVarUint(encoder, REACTIONS.indexOf(name))
  encoding.writeFloat64(encoder, sharedMs)
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none. Never throws. */
export function decodeReaction(body: Uint8Array): ReactionFrame | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const number = decoding.readVarUint(decoder)
    const name = REACTIONS[decoding.readVarUint(decoder)]
    const sharedMs = decoding.readFloat64(decoder)
    const isWhole = name !== undefined && Number.isFinite(sharedMs)
    return isWhole && !decoding.hasContent(decoder) ? { number, name, sharedMs } : undefined
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}
