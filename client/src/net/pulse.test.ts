import { expect, test } from 'vitest'
import { createPulse } from './pulse.ts'
import type { PulseVerdict } from './pulse.ts'

test('[LINK5] three missed heartbeats make a peer unsteady, five seconds dead', () => {
  const pulse = createPulse(0)
  pulse.heard(100)

  const verdicts = [1000, 2000, 3000, 4000, 5000, 6000].map((ms) => pulse.beat(ms))

  const expected: PulseVerdict[] = ['steady', 'steady', 'steady', 'unsteady', 'unsteady', 'dead']
  expect(verdicts).toEqual(expected)
})

test('whoever is heard again is steady again', () => {
  const pulse = createPulse(0)
  for (const ms of [1000, 2000, 3000]) pulse.beat(ms)
  pulse.heard(3500)

  expect(pulse.beat(4000)).toBe('steady')
})

test('after a sleep of ours the peer is asked before it is judged', () => {
  const pulse = createPulse(0)
  pulse.beat(1000)

  expect(pulse.beat(60_000)).toBe('steady')
  pulse.heard(60_020)
  expect(pulse.beat(61_000)).toBe('steady')
})

test('whoever does not answer within 2 s of our waking is dead', () => {
  const pulse = createPulse(0)
  pulse.beat(1000)
  pulse.beat(60_000)

  expect([pulse.beat(61_000), pulse.beat(62_000)]).toEqual(['unsteady', 'dead'])
})

test('timers held back to one a minute do not keep a dead link alive', () => {
  const pulse = createPulse(0)

  expect(pulse.beat(60_000)).toBe('steady')
  expect(pulse.beat(120_000)).toBe('dead')
})

test('timers held back to one a minute do not kill a link that answers', () => {
  const pulse = createPulse(0)

  for (let ms = 60_000; ms < 600_000; ms += 60_000) {
    expect(pulse.beat(ms)).toBe('steady')
    pulse.heard(ms + 30)
  }
})

test('asking again does not give more time', () => {
  const pulse = createPulse(0)
  pulse.ask(100)
  pulse.ask(1900)

  expect(pulse.beat(2900)).toBe('dead')
})
