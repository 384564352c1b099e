import { expect, test } from 'vitest'
import type { Sent } from '../page/page-types.ts'
import { delaysOf } from './delays.ts'

const sentAt = (key: string, atMs: number, kind: Sent['kind'] = 'edit'): Sent => ({
  kind,
  key,
  atMs,
})

test('a delay is told by the clock of the sender', () => {
  const heard = [sentAt('+1', 1105)]

  expect(delaysOf([sentAt('+1', 100)], heard, 'edit', 1000)).toEqual([5])
})

test('what never arrived has no delay', () => {
  const heard = [sentAt('+1', 105), sentAt('+2', 203, 'raw')]

  expect(delaysOf([sentAt('+1', 100), sentAt('+2', 200)], heard, 'edit', 0)).toEqual([5])
})

test('a cell that is written again counts each time by itself', () => {
  const heard = [sentAt('+1', 105), sentAt('+1', 307)]

  expect(delaysOf([sentAt('+1', 300)], heard, 'edit', 0)).toEqual([7])
})

test('the first of two copies counts', () => {
  const heard = [sentAt('+1', 105), sentAt('+1', 120)]

  expect(delaysOf([sentAt('+1', 100)], heard, 'edit', 0)).toEqual([5])
})
