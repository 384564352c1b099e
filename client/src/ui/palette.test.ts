import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COLOUR_COUNT } from '../app/my-colour.ts'
import { PERSON_COLOURS, personColour } from './palette.ts'

const LEAST_CONTRAST = 4.5

const tokens = new Map(
  [...readFileSync('client/src/ui/tokens.css', 'utf8').matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(
    ([, name = '', colour = '']) => [name, colour],
  ),
)
const token = (name: string): string => tokens.get(name) ?? ''

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

test.each(PERSON_COLOURS)('%s can be read on every ground, and carries dark text', (colour) => {
  for (const ground of ['ink-0', 'ink-1', 'ink-2', 'ink-3']) {
    expect(contrast(colour, token(ground))).toBeGreaterThanOrEqual(LEAST_CONTRAST)
  }
})

test.each([
  ['text', 'ink-3'],
  ['muted', 'ink-3'],
  ['accent', 'ink-1'],
  ['on-accent', 'accent'],
  ['danger', 'ink-3'],
  ['warn', 'ink-3'],
  ['roll-key-text', 'roll-key'],
  ['muted', 'roll-key-dark'],
])('%s can be read on %s', (text, ground) => {
  expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(LEAST_CONTRAST)
})

test('there are as many colours as the app hands out, all different', () => {
  expect(new Set(PERSON_COLOURS).size).toBe(COLOUR_COUNT)
})

test.each([
  [13, 13],
  [14, 0],
  [15, 1],
  [-1, 13],
  [-15, 13],
])('index %i wraps round to colour %i, whoever sent it', (index, wrapped) => {
  expect(personColour(index)).toBe(PERSON_COLOURS[wrapped])
})
