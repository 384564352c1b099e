import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { LIVE_HAND, LIVE_HAND_NEED, LIVE_LOOK, LIVE_REACTION } from './live-kinds.ts'

/** A frame without its first byte. @returns why its sender is to be cut off */
type FrameReader = (from: PeerId, body: Uint8Array) => string | undefined

/** Frames that are read only when the jam has begun; what comes earlier is passed over. */
export interface LateFrames {
  /** Of the live lane. */
  take(kind: LateKind, reader: FrameReader): Undo
  /** @returns why the sender is to be cut off; false when the kind is none of these */
  hear(from: PeerId, frame: Uint8Array): string | false | undefined
  /** Of the document's lane. */
  takeRiffs(reader: FrameReader): Undo
  hearRiff: FrameReader
}

const LATE_KINDS = [LIVE_REACTION, LIVE_LOOK, LIVE_HAND, LIVE_HAND_NEED] as const
type LateKind = (typeof LATE_KINDS)[number]

export function createLateFrames(): LateFrames {
  let readRiff: FrameReader | undefined
  const readers = new Map<LateKind, FrameReader>()
  return {
    take(kind, reader) {
      readers.set(kind, reader)
      return () => readers.delete(kind)
    },
    takeRiffs(reader) {
      readRiff = reader
      return () => {
        readRiff = undefined
      }
    },
    hearRiff: (from, body) => readRiff?.(from, body),
    hear(from, frame) {
      const kind = LATE_KINDS.find((each) => each === frame[0])
      return kind === undefined ? false : readers.get(kind)?.(from, frame.subarray(1))
    },
  }
}
