import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers } from './fake-timers.ts'
import { createReach } from './reach.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]

test('[LINK12] who takes no more just then is told later', () => {
  const timers = createFakeTimers()
  const told: string[] = []
  let isSlow = true
  const reach = createReach({
    timers,
    peers: () => [ANA, BO],
    send(to) {
      if (isSlow && to === ANA) return false
      told.push(to[0] ?? '')
      return true
    },
  })
  reach.onLink(ANA, 'open')
  reach.onLink(BO, 'open')
  timers.advance(1000)
  expect(told).toEqual(['b'])

  isSlow = false
  timers.advance(1000)

  expect(told).toEqual(['b', 'a'])
  expect(timers.waiting()).toBe(0)
  reach.close()
})
