import { expect, test } from 'vitest'
import { ANA, BO } from './jam-stage.ts'
import { createPresenceDoor } from './presence-door.ts'

const door = () => createPresenceDoor({ clientID: 1 })

test('[SYNC3] everyone speaks of one client, and of nobody else’s', () => {
  const { admits, clientOf } = door()

  expect(admits(ANA, { clientId: 1, clock: 1 }), 'ours').toBe(false)
  expect(admits(ANA, { clientId: 2, clock: 1 })).toBe(true)
  expect(admits(BO, { clientId: 2, clock: 1 }), 'ana’s').toBe(false)
  expect(admits(ANA, { clientId: 3, clock: 1 }), 'a second one').toBe(false)
  expect(clientOf(ANA)).toBe(2)
})

test('[SYNC3] a clock that leaps ahead is refused, so that nobody is silenced', () => {
  const { admits } = door()

  expect(admits(ANA, { clientId: 2, clock: Number.MAX_SAFE_INTEGER })).toBe(false)
  expect(admits(ANA, { clientId: 2, clock: 50 })).toBe(true)
  expect(admits(ANA, { clientId: 2, clock: 20 }), 'an old one that was overtaken').toBe(true)
  expect(admits(ANA, { clientId: 2, clock: 1050 })).toBe(true)
  expect(admits(ANA, { clientId: 2, clock: 2051 })).toBe(false)
})

test('whoever went may come back as somebody else', () => {
  const { admits, forget } = door()
  admits(ANA, { clientId: 2, clock: 1 })

  expect(forget(ANA)).toBe(2)
  expect(admits(ANA, { clientId: 3, clock: 1 })).toBe(true)
  expect(forget(BO)).toBeUndefined()
})
