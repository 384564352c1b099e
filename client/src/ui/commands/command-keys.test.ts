import { expect, test } from 'vitest'
import { chordForAria, chordWords, COMMAND_KEYS, isPressed } from './command-keys.ts'

const pressed = (key: string, more: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...more })

test('a letter is pressed alone, large or small', () => {
  expect(isPressed('X', pressed('x'))).toBe(true)
  expect(isPressed('X', pressed('X'))).toBe(true)
  expect(isPressed('X', pressed('y'))).toBe(false)
  expect(isPressed('X', pressed('X', { shiftKey: true }))).toBe(false)
  expect(isPressed('X', pressed('x', { ctrlKey: true }))).toBe(false)
  expect(isPressed('X', pressed('x', { altKey: true }))).toBe(false)
})

test('on a keyboard without Latin letters it is in its place', () => {
  expect(isPressed('X', pressed('ч', { code: 'KeyX' }))).toBe(true)
  // Of an AZERTY keyboard: what is printed counts.
  expect(isPressed('Q', pressed('a', { code: 'KeyQ' }))).toBe(false)
})

test('a sign is one with Shift or without it', () => {
  expect(isPressed('?', pressed('?', { shiftKey: true }))).toBe(true)
  expect(isPressed('?', pressed('?'))).toBe(true)
})

test('Mod is Control or Command', () => {
  expect(isPressed('Mod+K', pressed('k', { ctrlKey: true }))).toBe(true)
  expect(isPressed('Mod+K', pressed('k', { metaKey: true }))).toBe(true)
  expect(isPressed('Mod+K', pressed('k'))).toBe(false)
  expect(isPressed('Mod+Shift+Z', pressed('Z', { ctrlKey: true, shiftKey: true }))).toBe(true)
  expect(chordWords('Mod+K', true)).toEqual(['⌘', 'K'])
  expect(chordWords('Mod+K', false)).toEqual(['Ctrl', 'K'])
  expect(chordForAria('Mod+K', true)).toBe('Meta+K')
})

test('no two commands have one key', () => {
  const all = Object.values(COMMAND_KEYS).flat()

  expect(new Set(all).size).toBe(all.length)
})
