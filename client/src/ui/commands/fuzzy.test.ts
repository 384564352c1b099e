import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzy.ts'

const best = (typed: string, ...words: string[]): string | undefined =>
  words
    .map((each) => ({ each, score: fuzzyMatch(typed, each)?.score ?? -Infinity }))
    .filter(({ score }) => score > -Infinity)
    .sort((one, other) => other.score - one.score)[0]?.each

test('letters are found in their order, whatever is between them', () => {
  expect(fuzzyMatch('mx', 'Mixer')?.at).toEqual([0, 2])
  expect(fuzzyMatch('xm', 'Mixer')).toBeUndefined()
  expect(fuzzyMatch('', 'Mixer')).toEqual({ score: 0, at: [] })
})

test('the beginnings of words count more than what is within them', () => {
  expect(fuzzyMatch('om', 'Metronome on or off, mine')?.at).toEqual([10, 21])
  expect(best('so', 'Also', 'Save or open', 'Sound')).toBe('Sound')
  expect(best('oct', 'Connect', 'An octave up')).toBe('An octave up')
})

test('spaces and capitals count for nothing', () => {
  expect(fuzzyMatch('CON NEC', 'Connection')?.at).toEqual([0, 1, 2, 3, 4, 5])
})
