import { expect, test } from 'vitest'
import { decibelsInWords, decibelsToFactor, MY_PAN, ROOM_PAN } from './mix-faces.ts'
import { scopeLine } from './scope-line.ts'

test.each([
  [0, '−∞ dB'],
  [0.5, '−6.0 dB'],
  [0.7, '−3.1 dB'],
  [1, '0.0 dB'],
  [0.9999, '0.0 dB'],
  [2, '+6.0 dB'],
])('a factor of %f is read as %s', (factor, words) => {
  expect(decibelsInWords(factor)).toBe(words)
})

test('decibels lead back to their factor', () => {
  expect(decibelsToFactor(0)).toBe(1)
  expect(decibelsToFactor(-6)).toBeCloseTo(0.501)
})

test('a place between the loudspeakers is read as a side and how far', () => {
  expect([-1, -0.25, 0, 0.001, 0.5].map(ROOM_PAN.words)).toEqual([
    '100 left',
    '25 left',
    'middle',
    'middle',
    '50 right',
  ])
  expect(MY_PAN.words(0)).toBe('Same')
})

test('the line of the scope begins where the samples rise through 0', () => {
  const wave = Float32Array.from({ length: 1024 }, (_, at) => Math.sin((at - 100) / 50))

  const line = scopeLine(wave)

  expect(line[0]?.x).toBe(0)
  expect(line.at(-1)?.x).toBe(1)
  expect(line[0]?.y).toBeCloseTo(0.5, 1)
  expect(line[5]?.y).toBeLessThan(0.5)
})

test('silence is a line through the middle, and what is too loud stays on the field', () => {
  expect(new Set(scopeLine(new Float32Array(1024)).map(({ y }) => y))).toEqual(new Set([0.5]))
  expect(scopeLine(new Float32Array(1024).fill(-3)).every(({ y }) => y === 1)).toBe(true)
})
