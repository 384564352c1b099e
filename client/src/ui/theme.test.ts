import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createThemeChoice } from '../app/theme-choice.ts'
import { COLOUR_COUNT } from '../app/my-colour.ts'
import { createLive } from '../lib/live.ts'
import type { ThemeChoice } from '../app/app-types.ts'
import { onTheme, paintOf, wearTheme } from './theme.ts'

const UI = 'client/src/ui'
const TEXT = 4.5
const EDGE = 3
const GROUNDS = ['ground', 'surface', 'raised', 'held', 'well'] as const

const sheet = readFileSync(join(UI, 'theme.css'), 'utf8')
const tokensOf = (theme: 'dark' | 'light'): ReadonlyMap<string, string> => {
  const block = sheet.slice(sheet.indexOf(`[data-theme='${theme}']`)).split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): ((?:"[^"]*"|[^;])+);/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}
const THEMES = { dark: tokensOf('dark'), light: tokensOf('light') } as const
const BOTH = ['dark', 'light'] as const

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(theme: 'dark' | 'light', one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other]
    .map((name) => luminance(THEMES[theme].get(name) ?? 'none'))
    .sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
const PEOPLE = Array.from({ length: COLOUR_COUNT }, (_, index) => `person-${index}`)

test('both themes have the same names', () => {
  expect([...THEMES.light.keys()].sort()).toEqual([...THEMES.dark.keys()].sort())
})

test.each(BOTH)('in the %s theme all text can be read on every ground it stands on', (theme) => {
  for (const text of ['text', 'muted', 'faint', 'accent-text', 'good', 'warn', 'danger', ...PEOPLE])
    for (const ground of GROUNDS)
      expect(contrast(theme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(TEXT)
})

test.each(BOTH)('in the %s theme edges and the focus can be seen on every ground', (theme) => {
  for (const edge of ['edge', 'focus'])
    for (const ground of GROUNDS)
      expect(contrast(theme, edge, ground), `${edge} on ${ground}`).toBeGreaterThanOrEqual(EDGE)
})

test.each(BOTH)('in the %s theme what is filled carries its text', (theme) => {
  const pairs = [
    ['on-accent', 'accent'],
    ['on-accent', 'accent-held'],
    ['on-text', 'text'],
    ['on-sign', 'danger'],
    ['on-sign', 'warn'],
    ['warn', 'warn-ground'],
    ['text', 'warn-ground'],
    ['roll-key-text', 'roll-key'],
    ['muted', 'roll-key-dark'],
    ['text', 'roll-key-dark'],
    ...PEOPLE.map((person) => ['on-person', person] as const),
  ] as const
  for (const [text, ground] of pairs)
    expect(contrast(theme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(TEXT)
})

test('no two people have one colour', () => {
  for (const theme of BOTH)
    expect(new Set(PEOPLE.map((person) => THEMES[theme].get(person))).size).toBe(COLOUR_COUNT)
})

test('every token that is used is there', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(css|vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(UI, file), 'utf8'))
  const made = new Set(
    files.flatMap((text) => [...text.matchAll(/--([\w-]+)['"]?:/g)].map(([, name]) => name)),
  )
  const missing = files
    .flatMap((text) => [...text.matchAll(/(?:var\(|token\(')--([\w-]+)/g)].map(([, name]) => name))
    // Ends in a number that is known only when it is used.
    .filter((name) => name?.endsWith('-') === false && !made.has(name))

  expect([...new Set(missing)]).toEqual([])
})

const root = document.createElement('div')
afterEach(() => root.removeAttribute('data-theme'))

test('the page wears the theme that was chosen, at once and whenever the choice changes', async () => {
  const choice = createLive<ThemeChoice>('light')
  let drawn = 0
  const undress = wearTheme(root, choice)
  const forget = onTheme(root, () => (drawn += 1))
  expect(root.dataset['theme']).toBe('light')

  choice.set('dark')
  expect(root.dataset['theme']).toBe('dark')
  await Promise.resolve()
  expect(drawn).toBe(1)

  forget()
  undress()
  choice.set('light')
  expect(root.dataset['theme']).toBe('dark')
})

test('the choice is kept, and what is no choice is forgotten', () => {
  const kept = new Map<string, string>()
  const drawer = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string) => void kept.set(key, value),
  }
  createThemeChoice(drawer).setTheme('light')
  expect(createThemeChoice(drawer).theme.read()).toBe('light')

  kept.set('theme', 'beige')
  expect(createThemeChoice(drawer).theme.read()).toBe('system')
})

test('the stamp before the first paint reads the choice where it is kept', () => {
  expect(readFileSync('client/public/theme-stamp.js', 'utf8')).toContain("'beatcord/theme'")
})

test('a canvas gets the colour that a token stands for', () => {
  root.style.setProperty('--person-1', '#5cc8ff')
  document.body.append(root)

  expect(paintOf(root, 'var(--person-1)')).toBe('#5cc8ff')
  expect(paintOf(root, '#ffffff')).toBe('#ffffff')
  root.remove()
})
