import { expect, test } from 'vitest'
import { readWav } from '../testing/read-wav.ts'
import type { AudioTags, WavFormat } from './file-types.ts'
import { createWavFile, wavHeader } from './wav.ts'

const TAGS: AudioTags = {
  title: 'Küche',
  artist: 'ana, bo',
  comment: 'ana: Bass. bo: Drums',
  date: '2026-11-26',
}

async function written(format: WavFormat, sides: readonly Float32Array[], tags = TAGS) {
  const file = createWavFile({ format, sampleRate: 44_100, tags })
  for (const side of sides)
    await file.add(
      side,
      side.map((sample) => -sample),
    )
  return readWav(new Uint8Array(await (await file.finish()).arrayBuffer()))
}

const ramp = Float32Array.from({ length: 1001 }, (_, at) => (at - 500) / 500)

test.each([
  { format: 'wav16', bits: 16, tag: 1, most: 1.6 / 32_767 },
  { format: 'wav24', bits: 24, tag: 1, most: 0.51 / 8_388_607 },
  { format: 'wav32', bits: 32, tag: 3, most: 0 },
] as const)('$format holds both sides of what was added, part after part', async (row) => {
  const wav = await written(row.format, [ramp, ramp])

  const sides = [...ramp, ...ramp]
  const off = (side: Float64Array, sign: number): number =>
    Math.max(...sides.map((sample, at) => Math.abs(sign * sample - (side[at] ?? NaN))))
  expect(wav).toMatchObject({ form: 'RIFF', bits: row.bits, tag: row.tag, sampleRate: 44_100 })
  expect(wav.left.length).toBe(2002)
  expect(off(wav.left, 1)).toBeLessThanOrEqual(row.most)
  expect(off(wav.right, -1)).toBeLessThanOrEqual(row.most)
})

test('it says title, artists, software, comment and day, before the sound; what is empty it leaves out', async () => {
  const { info, chunks } = await written('wav24', [ramp])

  expect(info).toEqual({
    INAM: 'Küche',
    IART: 'ana, bo',
    ICMT: 'ana: Bass. bo: Drums',
    ICRD: '2026-11-26',
    ISFT: 'Beatcord',
  })
  expect(chunks.at(-1)).toBe('data')
  expect((await written('wav24', [ramp], { ...TAGS, comment: '' })).info).not.toHaveProperty('ICMT')
})

test('whole numbers are cut off at full scale and do not turn over', async () => {
  const loud = Float32Array.of(1.5, -1.5, 1, -1)

  for (const format of ['wav16', 'wav24'] as const) {
    const { left } = await written(format, [loud])
    expect(left.map((sample) => Math.round(sample * 100) / 100)).toEqual(
      Float64Array.of(1, -1, 1, -1),
    )
  }
})

test('in 16 bits silence stays silent, and what is softer than a step is noise, no distortion', async () => {
  const soft = new Float32Array(20_000).fill(0.25 / 32_767)

  const { left } = await written('wav16', [new Float32Array(100), soft])

  const heard = left.subarray(100)
  const mean = heard.reduce((sum, sample) => sum + sample, 0) / heard.length
  expect(left.subarray(0, 100).every((sample) => sample === 0)).toBe(true)
  expect(mean * 32_767).toBeGreaterThan(0.2)
  expect(mean * 32_767).toBeLessThan(0.3)
})

test('a file beyond 4 GiB says its sizes in 64 bits, with a head of the same length', () => {
  const frames = 800_000_000
  const head = wavHeader({ format: 'wav24', sampleRate: 48_000, tags: TAGS }, frames)
  const view = new DataView(head.buffer)

  expect(head.length).toBe(
    wavHeader({ format: 'wav24', sampleRate: 48_000, tags: TAGS }, 10).length,
  )
  expect(String.fromCharCode(...head.subarray(0, 4), ...head.subarray(12, 16))).toBe('RF64ds64')
  expect(view.getBigUint64(20, true)).toBe(BigInt(frames * 6 + head.length - 8))
  expect(view.getBigUint64(28, true)).toBe(BigInt(frames * 6))
  expect(view.getBigUint64(36, true)).toBe(BigInt(frames))
  expect(view.getUint32(4, true)).toBe(0xffff_ffff)
  expect(view.getUint32(head.length - 4, true)).toBe(0xffff_ffff)
})

test('a file whose length nobody knows yet is read to its end', () => {
  const head = wavHeader({ format: 'wav16', sampleRate: 48_000, tags: TAGS }, undefined)
  const file = new Uint8Array(head.length + 40)
  file.set(head)

  expect(readWav(file).left.length).toBe(10)
})
