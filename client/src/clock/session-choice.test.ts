import { expect, test } from 'vitest'
import type { Beacon } from './beacon.ts'
import { chooseSession } from './session-choice.ts'

/** Somebody of that session, founded at that time, who says that so many are in it. */
const of = (sessionId: string, bornAtMs: number, members = 1): Beacon => ({
  sessionId,
  bornAtMs,
  members,
  localMs: 0,
  sharedMs: 0,
  rate: 0,
  slew: 0,
  leantMs: 0,
  isSettled: true,
})
const NONE = { sessionId: '', bornAtMs: 0 }
const OURS = { sessionId: 'bb', bornAtMs: 10_000 }

test('whoever has no session takes the one that is there', () => {
  expect(chooseSession(NONE, [of('', 0), of('aa', 5000)]).sessionId).toBe('aa')
  expect(chooseSession(NONE, [of('', 0)])).toBe(NONE)
})

test('of two by themselves the older session wins, on both sides', () => {
  expect(chooseSession(OURS, [of('aa', 5000)]).sessionId).toBe('aa')
  expect(chooseSession({ sessionId: 'aa', bornAtMs: 5000 }, [of('bb', 10_000)]).sessionId).toBe(
    'aa',
  )
})

test('of two sessions of one age the lower id wins', () => {
  expect(chooseSession(OURS, [of('aa', 10_400)]).sessionId).toBe('aa')
  expect(chooseSession(OURS, [of('cc', 9600)]).sessionId).toBe('bb')
})

test('of two groups the larger one wins, however old the other is', () => {
  const three = [of('bb', 10_000), of('bb', 10_000)]

  expect(chooseSession(OURS, [...three, of('aa', 0), of('aa', 0)]).sessionId).toBe('bb')
  expect(chooseSession(OURS, [of('bb', 0), of('aa', 0), of('aa', 0), of('aa', 0)]).sessionId).toBe(
    'aa',
  )
})

test('one who claims to be old and many moves no group of three', () => {
  const three = [of('bb', 10_000), of('bb', 10_000)]

  expect(chooseSession(OURS, [...three, of('00', 1, 255)]).sessionId).toBe('bb')
})

test('nor a pair', () => {
  expect(chooseSession(OURS, [of('bb', 10_000), of('00', 1, 255)]).sessionId).toBe('bb')
})

test('one by itself believes how many the others are, though it sees but one of them', () => {
  expect(chooseSession({ sessionId: 'aa', bornAtMs: 0 }, [of('bb', 10_000, 3)]).sessionId).toBe(
    'bb',
  )
})
