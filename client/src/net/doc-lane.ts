import { createJoiner } from './frame-joiner.ts'
import type { Joined } from './frame-joiner.ts'
import { splitMessage } from './frames.ts'
import { MAX_DOC_MESSAGE_BYTES } from './lanes.ts'

/** Frames are handed to the connection only below this, so that live frames never wait behind a long message. */
const HIGH_WATER_BYTES = 64 * 1024
/** A peer that reads slower than this grows is cut and gets everything anew. */
const MAX_QUEUED_BYTES = 2 * MAX_DOC_MESSAGE_BYTES

export interface DocLaneOptions {
  readonly send: (frame: Uint8Array) => boolean
  readonly bufferedBytes: () => number
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/** The doc lane of one connection: messages of any size over frames, with back-pressure. */
export interface DocLane {
  /** Queues a message; false when too much waits already. The bytes must not change afterwards. */
  push(message: Uint8Array): boolean
  /** Hands over what there is room for; to be called when room may have come. */
  readonly pump: () => void
  accept(frame: Uint8Array): Joined
}

interface Waiting {
  readonly frames: Iterator<Uint8Array>
  next: IteratorResult<Uint8Array, unknown>
  readonly bytes: number
}

export function createDocLane({ send, bufferedBytes, now }: DocLaneOptions): DocLane {
  const joiner = createJoiner()
  const queue: Waiting[] = []
  let queuedBytes = 0
  let lastId = 0

  function pump(): void {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      while (head.next.done !== true) {
        if (bufferedBytes() >= HIGH_WATER_BYTES || !send(head.next.value)) return
        head.next = head.frames.next()
      }
      queue.shift()
      queuedBytes -= head.bytes
    }
  }

  return {
    push(message) {
      if (queuedBytes + message.length > MAX_QUEUED_BYTES) return false
      lastId = (lastId + 1) >>> 0
      const frames = splitMessage(lastId, message)
      queue.push({ frames, next: frames.next(), bytes: message.length })
      queuedBytes += message.length
      pump()
      return true
    },
    pump,
    accept: (frame) => joiner.accept(frame, now()),
  }
}
