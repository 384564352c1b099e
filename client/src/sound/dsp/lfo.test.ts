import { expect, test } from 'vitest'
import { LFO_SHAPES } from '../../sequence/synth-sound.ts'
import { lfoAt } from './lfo.ts'

test.each([
  ['sine', [0, 1, 0, -1]],
  ['triangle', [0, 1, 0, -1]],
  ['saw', [1, 0.5, 0, -0.5]],
  ['square', [1, 1, -1, -1]],
] as const)('a %s is where it should be in each quarter of its cycle', (shape, levels) => {
  for (const [quarter, level] of levels.entries()) {
    for (const cycle of [-3, 0, 1, 1000]) {
      expect(lfoAt(shape, cycle + quarter / 4, 1)).toBeCloseTo(level, 9)
    }
  }
})

test('a random one holds a level for each cycle, and draws by seed and cycle alone', () => {
  const levels = Array.from({ length: 200 }, (_, cycle) => lfoAt('random', cycle + 0.1, 7))

  expect(levels.map((_, cycle) => lfoAt('random', cycle + 0.9, 7))).toEqual(levels)
  expect(new Set(levels).size).toBeGreaterThan(190)
  expect(levels.map((_, cycle) => lfoAt('random', cycle, 8))).not.toEqual(levels)
  expect(Math.abs(levels.reduce((sum, level) => sum + level, 0) / 200)).toBeLessThan(0.2)
})

test.each(LFO_SHAPES)('a %s stays between -1 and 1, before beat 0 too', (shape) => {
  for (let cycles = -2; cycles < 2; cycles += 0.013) {
    expect(Math.abs(lfoAt(shape, cycles, 3))).toBeLessThanOrEqual(1)
  }
})

test.each(['saw', 'square', 'random'] as const)(
  'a %s leaps within its edge, in a straight line',
  (shape) => {
    const edge = 0.05
    const levels = Array.from({ length: 2000 }, (_, at) => lfoAt(shape, at / 1000, 7, edge))

    const steps = levels.slice(1).map((level, at) => Math.abs(level - (levels[at] ?? 0)))
    expect(Math.max(...steps)).toBeLessThanOrEqual(2 / (1000 * edge) + 0.003)
    expect(lfoAt(shape, 1 + edge, 7, edge)).toBe(lfoAt(shape, 1 + edge, 7))
  },
)
