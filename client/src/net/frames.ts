import { MAX_DOC_MESSAGE_BYTES } from './lanes.ts'

/** Longest frame of the doc lane, header included: what every browser's data channel takes without a pause. */
export const MAX_FRAME_BYTES = 16_384
/** Message id (u32), index of the chunk (u16), number of chunks (u16); big-endian. */
const HEADER_BYTES = 8
const CHUNK_BYTES = MAX_FRAME_BYTES - HEADER_BYTES
export const MAX_CHUNKS = Math.ceil(MAX_DOC_MESSAGE_BYTES / CHUNK_BYTES)

export type FrameRefusal = 'frame-size' | 'frame-shape' | 'frame-flood'

/** One frame, taken apart. */
export interface Chunk {
  readonly id: number
  readonly index: number
  readonly count: number
  readonly body: Uint8Array
}

/**
 * Cuts a message into frames, each made when it is asked for.
 *
 * @param id       any u32 that this sender has not used lately
 * @param message  at most `MAX_DOC_MESSAGE_BYTES`; the caller has checked
 */
export function* splitMessage(id: number, message: Uint8Array): Generator<Uint8Array> {
  const count = Math.max(1, Math.ceil(message.length / CHUNK_BYTES))
  for (let index = 0; index < count; index++) {
    const chunk = message.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)
    const frame = new Uint8Array(HEADER_BYTES + chunk.length)
    const header = new DataView(frame.buffer)
    header.setUint32(0, id)
    header.setUint16(4, index)
    header.setUint16(6, count)
    frame.set(chunk, HEADER_BYTES)
    yield frame
  }
}

/** Takes a stranger's frame apart; never throws. */
export function parseChunk(frame: Uint8Array): Chunk | FrameRefusal {
  if (frame.length > MAX_FRAME_BYTES) return 'frame-size'
  if (frame.length < HEADER_BYTES) return 'frame-shape'
  const header = new DataView(frame.buffer, frame.byteOffset, HEADER_BYTES)
  const [id, index, count] = [header.getUint32(0), header.getUint16(4), header.getUint16(6)]
  if (count > MAX_CHUNKS) return 'frame-size'
  if (index >= count) return 'frame-shape'
  const body = frame.subarray(HEADER_BYTES)
  // Only the last chunk may be short, and only the single chunk of an empty message empty.
  const isLast = index === count - 1
  if (!isLast && body.length !== CHUNK_BYTES) return 'frame-shape'
  if (count > 1 && body.length === 0) return 'frame-shape'
  if ((count - 1) * CHUNK_BYTES + (isLast ? body.length : 1) > MAX_DOC_MESSAGE_BYTES)
    return 'frame-size'
  return { id, index, count, body }
}
