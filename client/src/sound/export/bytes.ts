/** Writes the fields of a file one after the other. */
export interface ByteWriter {
  /** Latin letters. */
  text(text: string): void
  u8(...values: readonly number[]): void
  /** The least byte first; and the greatest first. */
  u16(value: number): void
  u32(value: number): void
  u64(value: number): void
  u16be(value: number): void
  u32be(value: number): void
  bytes(bytes: Uint8Array): void
  /** All so far. */
  done(): Uint8Array<ArrayBuffer>
}

const TWO_32 = 4_294_967_296

export function createByteWriter(): ByteWriter {
  const written: number[] = []
  const push = (value: number, places: readonly number[]): void => {
    for (const place of places) written.push(Math.floor(value / 256 ** place) % 256)
  }
  return {
    text(text) {
      for (let i = 0; i < text.length; i++) written.push(text.charCodeAt(i) & 0xff)
    },
    u8: (...values) => void written.push(...values.map((value) => value & 0xff)),
    u16: (value) => {
      push(value, [0, 1])
    },
    u32: (value) => {
      push(value % TWO_32, [0, 1, 2, 3])
    },
    u64: (value) => {
      push(value % TWO_32, [0, 1, 2, 3])
      push(Math.floor(value / TWO_32), [0, 1, 2, 3])
    },
    u16be: (value) => {
      push(value, [1, 0])
    },
    u32be: (value) => {
      push(value % TWO_32, [3, 2, 1, 0])
    },
    bytes(bytes) {
      for (const byte of bytes) written.push(byte)
    },
    done: () => Uint8Array.from(written),
  }
}
