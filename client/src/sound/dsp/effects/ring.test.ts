import { expect, test } from 'vitest'
import { BLOCK } from '../strip.ts'
import { addRing, createRing, hushRing, readRing, type Ring, writeRing } from './ring.ts'

/** A ring of 512 frames whose block begins so near its end that what is read and written goes round. */
const RING_FRAMES = 512
const AT = RING_FRAMES + 200

/** A curve that the interpolation follows without an error, told by the frame. */
const curveAt = (frame: number): number => 0.3 + 0.02 * (frame - AT) - 0.0001 * (frame - AT) ** 2

function curvedRing(): Ring {
  const ring = createRing(RING_FRAMES - 2 * BLOCK)
  for (let frame = AT - RING_FRAMES; frame < AT; frame++) {
    ring[frame & (RING_FRAMES - 1)] = curveAt(frame)
  }
  return ring
}

test.each([140, 201, 260.25, 320.9])('a head that stands %d frames back reads there', (delay) => {
  const out = new Float64Array(BLOCK)

  readRing(curvedRing(), AT, { begin: delay, end: delay }, out, BLOCK)

  out.forEach((sample, i) => {
    expect(sample).toBeCloseTo(curveAt(AT + i - delay), 5)
  })
})

test.each([
  [220, 220],
  [220.5, 221.9],
  [224.25, 219.5],
  [160, 166.4],
  [166.4, 160],
])('a head that moves from %d to %d frames back adds what is there', (begin, end) => {
  const out = new Float64Array(BLOCK).fill(0.5)

  addRing(curvedRing(), AT, { begin, end }, out, BLOCK)

  out.forEach((sample, i) => {
    const delay = begin + ((end - begin) * (i + 1)) / BLOCK
    expect(sample).toBeCloseTo(0.5 + curveAt(AT + i - delay), 5)
  })
})

test('a block of which nothing is heard is written as silence', () => {
  const ring = curvedRing()

  const isSilence = writeRing(ring, AT, new Float64Array(BLOCK).fill(1e-11), BLOCK)

  expect(isSilence).toBe(true)
  for (let i = 0; i < BLOCK; i++) expect(ring[(AT + i) & (RING_FRAMES - 1)]).toBe(0)
  expect(ring[(AT + BLOCK) & (RING_FRAMES - 1)]).not.toBe(0)
  expect(ring[(AT - 1) & (RING_FRAMES - 1)]).not.toBe(0)
})

test('a block with one sample that is heard is no silence', () => {
  const ring = createRing(BLOCK)
  const samples = new Float64Array(BLOCK)
  samples[BLOCK - 1] = -1e-7

  const isSilence = writeRing(ring, 0, samples, BLOCK)

  expect(isSilence).toBe(false)
  expect(ring[BLOCK - 1]).toBe(Math.fround(-1e-7))
})

test('a block that is no number is written as silence', () => {
  const ring = new Float32Array(RING_FRAMES).fill(NaN)

  const isSilence = hushRing(ring, 0, RING_FRAMES, NaN)

  expect(isSilence).toBe(true)
  expect(ring.every((sample) => sample === 0)).toBe(true)
})
