import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COLOUR_COUNT } from '../../app/my-colour.ts'
import { inkOn } from './ink.ts'

const sheet = readFileSync('client/src/ui/theme.css', 'utf8')
const tokenOf = (theme: string, name: string): string => {
  const block = sheet.slice(sheet.indexOf(`[data-theme='${theme}']`)).split('}')[0] ?? ''
  return new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? ''
}
const rows = ['roll-natural', 'roll-accidental', 'roll-scale', 'roll-root']
const STRENGTHS = [0.15, 0.4, 0.5, 0.63, 0.8, 1]

/** Of a mixed colour, by WCAG 2.2, written once more from its text. */
function light(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) =>
    channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const channels = (hex: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

test.each(['dark', 'light'])(
  'in the %s theme a note’s name can be read, however faint the note',
  (theme) => {
    const grounds = rows.map((row) => tokenOf(theme, row))
    expect(grounds).not.toContain('')
    for (let person = 0; person < COLOUR_COUNT; person++) {
      const colour = tokenOf(theme, `person-${person}`)
      for (const strength of STRENGTHS) {
        for (const ground of grounds) {
          const ink = light(channels(inkOn(colour, strength, ground)))
          const under = channels(ground)
          const body = light(
            channels(colour).map(
              (value, at) => value * strength + (under[at] ?? 0) * (1 - strength),
            ),
          )
          const contrast = (Math.max(ink, body) + 0.05) / (Math.min(ink, body) + 0.05)
          expect(contrast, `${colour} at ${strength} on ${ground}`).toBeGreaterThanOrEqual(4.5)
        }
      }
    }
  },
)
