import { expect, test } from 'vitest'
import { createVisitors } from './visitors.ts'

test('so many sockets may wait to join, each visitor for itself', () => {
  const visitors = createVisitors({ waiting: 2, joined: 5 })

  const mine = [1, 2, 3].map(() => visitors.enter('192.0.2.1'))
  const other = visitors.enter('192.0.2.2')

  expect(mine.map((visit) => visit !== undefined)).toEqual([true, true, false])
  expect(other).toBeDefined()
  expect(visitors.sockets()).toBe(3)
})

test('who has joined waits no longer, and so many may have', () => {
  const visitors = createVisitors({ waiting: 1, joined: 2 })

  const joins = [1, 2].map(() => visitors.enter('192.0.2.1')?.join())
  const third = visitors.enter('192.0.2.1')

  expect(joins).toEqual([true, true])
  expect(third?.join()).toBe(false)
})

test('a socket that is gone gives its place back, once', () => {
  const visitors = createVisitors({ waiting: 1, joined: 1 })
  const joined = visitors.enter('192.0.2.1')
  joined?.join()
  const waiting = visitors.enter('192.0.2.1')

  joined?.leave()
  joined?.leave()

  expect(visitors.sockets()).toBe(1)
  expect(waiting?.join()).toBe(true)
  waiting?.leave()
  expect(visitors.sockets()).toBe(0)
  expect(visitors.enter('192.0.2.1')?.join()).toBe(true)
})
