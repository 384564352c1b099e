/** Where a clock frame says when it was sent: a big-endian double behind its first byte. */
const SENT_OFFSET = 1
const SENT_END = SENT_OFFSET + Float64Array.BYTES_PER_ELEMENT

/**
 * Writes into a clock frame when it is sent. To be called last thing before it goes, on every way there is.
 *
 * @param sentMs  on the monotonic clock of the page that sends
 * @returns a copy; of a frame that is too short to say it, one without
 */
export function withSentMs(frame: Uint8Array, sentMs: number): Uint8Array<ArrayBuffer> {
  const stamped = new Uint8Array(frame)
  if (frame.length >= SENT_END) new DataView(stamped.buffer).setFloat64(SENT_OFFSET, sentMs)
  return stamped
}
