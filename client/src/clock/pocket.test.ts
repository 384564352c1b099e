import { expect, test } from 'vitest'
import { pocketFor } from './pocket.ts'

test.each([
  [0, 120, 1 / 32],
  [15.6, 120, 1 / 32],
  [15.7, 120, 1 / 16],
  [62.5, 120, 1 / 8],
  [63, 120, 1 / 4],
  [63, 60, 1 / 8],
  [300, 120, 1],
  [3000, 240, 1],
])('[HAND4] %f ms at %i bpm fit into a part of a beat', (needMs, bpm, beats) => {
  const pocket = pocketFor(needMs, bpm)

  expect(pocket.beats).toBe(beats)
  expect(pocket.ms).toBeCloseTo((beats * 60_000) / bpm, 9)
})
