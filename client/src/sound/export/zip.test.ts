import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { zip } from './zip.ts'

const AT = new Date(2026, 10, 26, 17, 5, 8)

test('files come out of the archive by its list, with their names, sums and days', async () => {
  const texts = { 'ana – Bass.wav': 'low', 'bo.wav': 'x'.repeat(5000) }
  const files = Object.entries(texts).map(([name, text]) => ({ name, blob: new Blob([text]) }))

  const bytes = new Uint8Array(await (await zip(files, AT)).arrayBuffer())

  const view = new DataView(bytes.buffer)
  const end = bytes.length - 22
  expect(view.getUint32(end, true)).toBe(0x0605_4b50)
  let at = view.getUint32(end + 16, true)
  for (const [name, text] of Object.entries(texts)) {
    const length = view.getUint16(at + 28, true)
    const read = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length))
    const begin = view.getUint32(at + 42, true)
    const from = begin + 30 + view.getUint16(begin + 26, true)
    expect(view.getUint32(at, true)).toBe(0x0201_4b50)
    expect(view.getUint32(begin, true)).toBe(0x0403_4b50)
    expect(read).toBe(name)
    expect(view.getUint32(at + 24, true)).toBe(text.length)
    expect(new TextDecoder().decode(bytes.subarray(from, from + text.length))).toBe(text)
    expect(view.getUint32(at + 16, true)).toBe(crc32(text))
    expect(view.getUint16(at + 14, true)).toBe((46 << 9) | (11 << 5) | 26)
    at += 46 + length
  }
  expect(at).toBe(end)
})

test('an archive that none could open is refused before it is made', async () => {
  const huge = { size: 0xffff_ffff } as Blob

  await expect(zip([{ name: 'all.wav', blob: huge }], AT)).rejects.toThrow('4 GiB')
})
