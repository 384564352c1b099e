import { createByteWriter, type ByteWriter } from './bytes.ts'

/** A file in an archive. */
export interface NamedFile {
  /** With its extension. */
  readonly name: string
  readonly blob: Blob
}

/** Fields of 32 bits: beyond it the format is another one, which not all can open. */
const MOST_BYTES = 0xffff_ffff
const VERSION = 20
/** Names are UTF-8. */
const UTF8_NAMES = 0x0800
const CHUNK_BYTES = 4 * 1024 * 1024

interface Entry {
  readonly name: Uint8Array
  readonly crc: number
  readonly size: number
  /** Where its own head begins. */
  readonly at: number
}

/**
 * Puts files into one archive, uncompressed: sound hardly packs.
 *
 * @throws (rejects) RangeError when it would be larger than 4 GiB
 */
export async function zip(files: readonly NamedFile[], at: Date): Promise<Blob> {
  const size = files.reduce((sum, { blob }) => sum + blob.size + CHUNK_BYTES, 0)
  if (size > MOST_BYTES) throw new RangeError('an archive must be smaller than 4 GiB')
  const parts: (Uint8Array<ArrayBuffer> | Blob)[] = []
  const entries: Entry[] = []
  let begin = 0
  for (const { name, blob } of files) {
    const bytes = new TextEncoder().encode(name)
    const entry = { name: bytes, crc: await crcOf(blob), size: blob.size, at: begin }
    const head = createByteWriter()
    head.u32(0x0403_4b50)
    writeFacts(head, entry, at)
    head.bytes(bytes)
    parts.push(head.done(), blob)
    entries.push(entry)
    begin += head.done().length + blob.size
  }
  const list = createByteWriter()
  for (const entry of entries) {
    list.u32(0x0201_4b50)
    list.u16(VERSION)
    writeFacts(list, entry, at)
    // No comment, the first disk, no attributes.
    for (let field = 0; field < 3; field++) list.u16(0)
    list.u32(0)
    list.u32(entry.at)
    list.bytes(entry.name)
  }
  const end = createByteWriter()
  end.u32(0x0605_4b50)
  end.u16(0)
  end.u16(0)
  end.u16(entries.length)
  end.u16(entries.length)
  end.u32(list.done().length)
  end.u32(begin)
  end.u16(0)
  return new Blob([...parts, list.done(), end.done()], { type: 'application/zip' })
}

/** What stands before a file and in the list of all of them. */
function writeFacts(writer: ByteWriter, { name, crc, size }: Entry, at: Date): void {
  writer.u16(VERSION)
  writer.u16(UTF8_NAMES)
  writer.u16(0)
  writer.u16(at.getHours() * 2048 + at.getMinutes() * 32 + Math.floor(at.getSeconds() / 2))
  writer.u16((at.getFullYear() - 1980) * 512 + (at.getMonth() + 1) * 32 + at.getDate())
  writer.u32(crc)
  writer.u32(size)
  writer.u32(size)
  writer.u16(name.length)
  writer.u16(0)
}

const POLYNOMIAL = 0xedb8_8320
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
  return rest
})

async function crcOf(blob: Blob): Promise<number> {
  let crc = 0xffff_ffff
  for (let from = 0; from < blob.size; from += CHUNK_BYTES) {
    const bytes = new Uint8Array(await blob.slice(from, from + CHUNK_BYTES).arrayBuffer())
    for (let i = 0; i < bytes.length; i++) {
      crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0)
    }
  }
  return ~crc >>> 0
}
