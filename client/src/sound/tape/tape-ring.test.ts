import { expect, test } from 'vitest'
import {
  clearRing,
  framesIn,
  putFrames,
  readFrames,
  ringIn,
  TAPE_BLOCK,
  TAPE_BYTES,
} from './tape-ring.ts'

function emptyRing() {
  const ring = ringIn(new ArrayBuffer(TAPE_BYTES))
  clearRing(ring)
  return ring
}

/** Each sample says which frame it is, as far as a float can. */
function write(ring: ReturnType<typeof emptyRing>, from: number, to: number): void {
  const [left, right] = [new Float32Array(TAPE_BLOCK), new Float32Array(TAPE_BLOCK)]
  for (let frame = from; frame < to; frame += TAPE_BLOCK) {
    for (let i = 0; i < TAPE_BLOCK; i++) {
      left[i] = frame + i
      right[i] = -frame - i
    }
    putFrames(ring, frame, TAPE_BLOCK, left, right)
  }
}

const HOUR = 48_000 * 3600 * 30

test('an empty tape has nothing to read', () => {
  const ring = emptyRing()

  expect(framesIn(ring)).toEqual({ from: 0, to: 0 })
  expect(readFrames(ring, 0, 128)).toBeUndefined()
})

test('what was written is read by its frames, to the sample, also a day later', () => {
  for (const begin of [1280, HOUR]) {
    const ring = emptyRing()
    write(ring, begin, begin + 12_800)

    const read = readFrames(ring, begin + 77, begin + 5000)

    expect(framesIn(ring)).toEqual({ from: begin, to: begin + 12_800 })
    expect(read?.left.length).toBe(4923)
    expect(
      [...(read?.left ?? [])].every((value, at) => value === Math.fround(begin + 77 + at)),
    ).toBe(true)
    expect(read?.right[9]).toBe(Math.fround(-begin - 86))
    expect(readFrames(ring, begin, begin + 12_801)).toBeUndefined()
    expect(readFrames(ring, begin - 1, begin + 100)).toBeUndefined()
  }
})

test('it holds a minute, in 24 MB, over its own end, and gives out nothing that is being written over', () => {
  const ring = emptyRing()
  const to = 48_000 * 150
  write(ring, 0, to)

  const { from } = framesIn(ring)
  const read = readFrames(ring, from, to)

  expect(TAPE_BYTES).toBeLessThan(24_000_010)
  expect((to - from) / 48_000).toBeGreaterThan(60)
  expect(read?.left.every((value, at) => value === from + at)).toBe(true)
  expect(readFrames(ring, from - 1, to)).toBeUndefined()
})

test('after a gap nothing from before it is given out', () => {
  const ring = emptyRing()
  write(ring, 0, 12_800)
  write(ring, 25_600, 25_728)

  expect(framesIn(ring)).toEqual({ from: 25_600, to: 25_728 })
})

test('no sides are silence', () => {
  const ring = emptyRing()
  write(ring, 0, 128)
  putFrames(ring, 128, TAPE_BLOCK, undefined, undefined)

  expect(readFrames(ring, 128, 256)?.left).toEqual(new Float32Array(128))
})
