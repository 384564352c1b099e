/** A WAV file as a reader finds it, that knows nothing of how ours are written (RIFF, RF64). */
export interface ReadWav {
  readonly form: string
  /** Whether its head says how long it is. */
  readonly isSized: boolean
  /** Ids of its chunks, in their order. */
  readonly chunks: readonly string[]
  readonly tag: number
  readonly sampleRate: number
  readonly bits: number
  /** Texts of LIST INFO by their ids. */
  readonly info: Readonly<Record<string, string>>
  readonly left: Float64Array
  readonly right: Float64Array
}

const MOST_32 = 0xffff_ffff

/** @throws Error where it is no WAV file of two sides, or its sizes do not agree */
export function readWav(bytes: Uint8Array): ReadWav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number, count: number): string =>
    String.fromCharCode(...bytes.subarray(at, at + count))
  const form = text(0, 4)
  if ((form !== 'RIFF' && form !== 'RF64') || text(8, 4) !== 'WAVE') throw new Error('no WAV file')
  const chunks: string[] = []
  const found = new Map<string, { at: number; size: number }>()
  for (let at = 12; at < bytes.length;) {
    const id = text(at, 4)
    const told = view.getUint32(at + 4, true)
    const size = told === MOST_32 ? bytes.length - at - 8 : told
    chunks.push(id)
    found.set(id, { at: at + 8, size })
    at += 8 + size + (size % 2)
    if (at > bytes.length) throw new Error(`${id} must end within the file`)
  }
  const riff = view.getUint32(4, true)
  if (riff !== MOST_32 && riff !== bytes.length - 8) throw new Error(`sized ${riff}`)
  const format = found.get('fmt ')
  const data = found.get('data')
  if (format === undefined || data === undefined) throw new Error('format and data must be there')
  const bits = view.getUint16(format.at + 14, true)
  const frame = view.getUint16(format.at + 12, true)
  if (view.getUint16(format.at + 2, true) !== 2 || frame !== bits / 4) throw new Error('two sides')
  const sample = (at: number): number => {
    if (bits === 16) return view.getInt16(at, true) / 32_767
    if (bits === 32) return view.getFloat32(at, true)
    return (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_607
  }
  const frames = data.size / frame
  const side = (offset: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, at) => sample(data.at + at * frame + offset))
  return {
    form,
    isSized: riff !== MOST_32,
    chunks,
    tag: view.getUint16(format.at, true),
    sampleRate: view.getUint32(format.at + 4, true),
    bits,
    info: infoIn(bytes, found.get('LIST')),
    left: side(0),
    right: side(bits / 8),
  }
}

function infoIn(
  bytes: Uint8Array,
  list: { at: number; size: number } | undefined,
): Readonly<Record<string, string>> {
  const info: Record<string, string> = {}
  if (list === undefined) return info
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder()
  for (let at = list.at + 4; at < list.at + list.size;) {
    const size = view.getUint32(at + 4, true)
    const id = decoder.decode(bytes.subarray(at, at + 4))
    // Texts end with a zero.
    info[id] = decoder.decode(bytes.subarray(at + 8, at + 8 + size - 1))
    at += 8 + size + (size % 2)
  }
  return info
}
