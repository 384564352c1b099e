/** Counts what one reader has really read, by the pings that it answers: the system's own buffers hide megabytes. */
export interface Receipts {
  /** So many bytes more were sent; asks for a receipt when enough were. */
  sent(bytes: number): void
  /** Reads the payload of an answered ping; any bytes may come. True when it tells of more than was known. */
  answered(payload: Uint8Array): boolean
  /** Sent and not known to be read: at most what is asked about in one go more than the truth. */
  unreadBytes(): number
}

/** As much between two questions. */
const ASK_EVERY_BYTES = 16_384
const BYTES_OF_A_COUNT = 8

/** @param ask  sends a ping with this payload, which an honest reader sends back when it has read all before it */
export function createReceipts(ask: (payload: Buffer) => void): Receipts {
  let sentBytes = 0
  let askedBytes = 0
  let readBytes = 0

  return {
    sent(bytes) {
      sentBytes += bytes
      if (sentBytes - askedBytes < ASK_EVERY_BYTES) return
      askedBytes = sentBytes
      const payload = Buffer.alloc(BYTES_OF_A_COUNT)
      payload.writeDoubleBE(sentBytes)
      ask(payload)
    },
    answered(payload) {
      if (payload.length !== BYTES_OF_A_COUNT) return false
      const bytes = Buffer.from(payload).readDoubleBE(0)
      // Whoever answers what was never asked lies to its own disadvantage; our own memory is guarded elsewhere.
      if (!(bytes > readBytes && bytes <= askedBytes)) return false
      readBytes = bytes
      return true
    },
    unreadBytes: () => sentBytes - readBytes,
  }
}
