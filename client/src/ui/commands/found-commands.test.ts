import { expect, test } from 'vitest'
import type { Command } from './commands.ts'
import { foundCommands, type Found } from './found-commands.ts'

const run = (): void => undefined
const ALL: readonly Command[] = [
  { id: 'leave', run },
  { id: 'mixer', run },
  { id: 'octave-up', run },
  { id: 'open-track', of: { key: 'bosbosbo', name: 'bo' }, run },
  { id: 'details', run },
  { id: 'play', run },
]
const idsOf = (found: readonly Found[]): readonly string[] => found.map(({ name }) => name)

test('without anything typed all come by their groups, what was done last before them', () => {
  expect(idsOf(foundCommands(ALL, '', []))).toEqual([
    'play',
    'octave-up',
    'mixer',
    'open-track bosbosbo',
    'leave',
    'details',
  ])
  const recent = ['leave', 'gone', 'mixer']
  expect(idsOf(foundCommands(ALL, ' ', recent)).slice(0, 3)).toEqual(['leave', 'mixer', 'play'])
})

test('the best answer comes first, and what is far from it not at all', () => {
  expect(idsOf(foundCommands(ALL, 'oct', ['details']))).toEqual(['octave-up', 'mixer'])
  expect(idsOf(foundCommands(ALL, 'bo', []))[0]).toBe('open-track bosbosbo')
  expect(foundCommands(ALL, 'qqq', [])).toEqual([])
})

test('the letters that answer are told from the others', () => {
  const [first] = foundCommands(ALL, 'oct', [])

  expect(first?.pieces).toEqual([
    { text: 'An ', isHit: false },
    { text: 'oct', isHit: true },
    { text: 'ave up', isHit: false },
  ])
})
