/** Bytes of files, well-formed or not. */
export const letters = (text: string): readonly number[] =>
  Array.from(text, (letter) => letter.charCodeAt(0))

const word = (value: number): readonly number[] => [(value >> 8) & 255, value & 255]
const long = (value: number): readonly number[] => [...word(value >>> 16), ...word(value & 0xffff)]

interface Head {
  readonly format?: number
  readonly tracks?: number
  readonly division?: number
  /** Behind what everybody knows of it. */
  readonly more?: readonly number[]
}

export const head = ({ format = 0, tracks = 1, division = 96, more = [] }: Head = {}) => [
  ...letters('MThd'),
  ...long(6 + more.length),
  ...word(format),
  ...word(tracks),
  ...word(division),
  ...more,
]

/** @param length  as the file says it is */
export const track = (bytes: readonly number[], length = bytes.length): readonly number[] => [
  ...letters('MTrk'),
  ...long(length),
  ...bytes,
]

export const END = [0, 0xff, 0x2f, 0]
/** C4 for a beat of 96 ticks, and one of E4 behind it. */
export const C4 = [0, 0x90, 60, 100, 96, 0x80, 60, 0]
export const E4 = [0, 0x90, 64, 80, 96, 0x80, 64, 0]

/** A file of one track. */
export const fileOf = (...events: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([...head(), ...track(events.flat())])
