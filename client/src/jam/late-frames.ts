import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { LIVE_LOOK, LIVE_REACTION } from './live-kinds.ts'

/** A frame without its first byte. @returns why its sender is to be cut off */
type FrameReader = (from: PeerId, body: Uint8Array) => string | undefined

/** Frames of the live lane that are read only when the jam has begun; what comes earlier is passed over. */
export interface LateFrames {
  take(kind: LateKind, reader: FrameReader): Undo
  /** @returns why the sender is to be cut off; false when the kind is none of these */
  hear(from: PeerId, frame: Uint8Array): string | false | undefined
}

const LATE_KINDS = [LIVE_REACTION, LIVE_LOOK] as const
type LateKind = (typeof LATE_KINDS)[number]

export function createLateFrames(): LateFrames {
  const readers = new Map<LateKind, FrameReader>()
  return {
    take(kind, reader) {
      readers.set(kind, reader)
      return () => readers.delete(kind)
    },
    hear(from, frame) {
      const kind = LATE_KINDS.find((each) => each === frame[0])
      return kind === undefined ? false : readers.get(kind)?.(from, frame.subarray(1))
    },
  }
}
