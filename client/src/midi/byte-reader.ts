/** Reads bytes one after the other; past the end it reads zeros, and says so. */
export interface ByteReader {
  at(): number
  /** Whether more was read than there is. */
  isPast(): boolean
  peek(): number
  byte(): number
  /** As many as there are. */
  bytes(count: number): Uint8Array
  skip(count: number): void
  /** A number of seven bits a byte, the highest first; undefined for one of more than four bytes. */
  variable(): number | undefined
}

const MOST_VARIABLE_BYTES = 4

export function createByteReader(view: DataView, from: number): ByteReader {
  let at = from
  const peek = (): number => (at < view.byteLength ? view.getUint8(at) : 0)
  const byte = (): number => {
    const value = peek()
    at++
    return value
  }
  return {
    at: () => at,
    isPast: () => at > view.byteLength,
    peek,
    byte,
    bytes(count) {
      const start = Math.min(at, view.byteLength)
      at += count
      const end = Math.min(at, view.byteLength)
      return new Uint8Array(view.buffer, view.byteOffset + start, end - start)
    },
    skip: (count) => void (at += count),
    variable() {
      let value = 0
      for (let count = 0; count < MOST_VARIABLE_BYTES; count++) {
        const next = byte()
        value = value * 128 + (next & 127)
        if (next < 128) return value
      }
      return undefined
    },
  }
}
