import { expect, test } from 'vitest'
import { COLOUR_COUNT } from '../app/my-colour.ts'
import { SHAPES, initialOf, personColour, personShape } from './palette.ts'

test.each([
  [13, 13],
  [14, 0],
  [15, 1],
  [-1, 13],
  [-15, 13],
  [1.5, 0],
  [Number.NaN, 0],
])('index %d wraps round to person %i, whoever sent it', (index, wrapped) => {
  expect(personColour(index)).toBe(`var(--person-${wrapped})`)
  expect(personShape(index)).toBe(personShape(wrapped))
})

test('as many people as a small room holds have shapes of their own', () => {
  expect(SHAPES.length).toBeGreaterThanOrEqual(8)
  expect(new Set(SHAPES.map(({ path }) => path)).size).toBe(SHAPES.length)
  const worn = Array.from({ length: COLOUR_COUNT }, (_, index) => personShape(index))
  expect(new Set(worn).size).toBe(SHAPES.length)
})

test.each([
  ['ana', 'A'],
  ['élodie', 'É'],
  ['🎷 sax', '🎷'],
  ['', '?'],
])('%s has the letter %s', (name, letter) => {
  expect(initialOf(name)).toBe(letter)
})
