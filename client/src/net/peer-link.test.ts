import { expect, test } from 'vitest'
import { areOpen, createLinkedPair } from './linked-pair.ts'
import type { End } from './linked-pair.ts'

test('the two ends meet, and carry bytes', () => {
  const { ana, bo, timers } = createLinkedPair()

  timers.advance(100)
  bo.link.send('clock', new Uint8Array(3))
  timers.advance(10)

  expect(ana.told).toEqual(['connecting', 'open', 'reachable', '(open)', 'clock 3'])
  expect(bo.told).toEqual(['connecting', 'open', 'reachable', '(open)'])
  expect(ana.wires.newest().offers && !bo.wires.newest().offers).toBe(true)
})

test('[LINK3] an attempt that is not open after 8 s is given up and made again', () => {
  const { ana, timers, world } = createLinkedPair()
  world.network = false

  timers.advance(7999)
  expect(ana.wires.made).toHaveLength(1)
  timers.advance(201)

  expect(ana.wires.made[0]?.isClosed()).toBe(true)
  expect(ana.wires.made).toHaveLength(2)
})

test('a peer that cannot be met is unreachable in words, and tried on ever more slowly', () => {
  const { ana, bo, timers, world } = createLinkedPair()
  world.network = false
  timers.advance(120_000)

  expect(ana.told.at(-1)).toBe('unreachable')
  expect(bo.told).toContain('unreachable')
  expect(ana.wires.made.length).toBeGreaterThan(8)
  expect(ana.wires.made.length).toBeLessThan(16)

  world.network = true
  timers.advance(15_000)
  expect(areOpen(ana, bo)).toBe(true)
  expect(ana.told.slice(-3)).toEqual(['open', 'reachable', '(open)'])
})

test('[LINK4] the answering end asks for an offer that was lost on the way', () => {
  const { ana, bo, timers, world } = createLinkedPair()
  world.server = false
  timers.advance(11)
  world.server = true
  expect(bo.wires.made).toEqual([])

  timers.advance(2500)

  expect(areOpen(ana, bo)).toBe(true)
  expect(bo.said.some(({ kind }) => kind === 'please')).toBe(true)
})

test('a request that crossed the offer does not disturb the attempt', () => {
  const { ana, timers } = createLinkedPair()
  timers.advance(5)

  ana.link.signal({ kind: 'please', page: 'page-of-bo-1' })
  timers.advance(200)

  expect(ana.wires.made).toHaveLength(1)
  expect(ana.link.isOpen()).toBe(true)
})

test.each([
  ['has not left a slow machine yet', { makesOfferMs: 1800 }],
  ['took as long to make as it takes to be answered', { makesOfferMs: 800, signalMs: 1100 }],
])(
  '[LINK4] an offer that %s is not given up for a request that knows nothing of it',
  (_, world) => {
    const { ana, bo, timers } = createLinkedPair(false, world)

    timers.advance(5000)

    expect(bo.said.filter(({ kind }) => kind === 'please').length).toBeGreaterThan(0)
    expect(ana.wires.made).toHaveLength(1)
    expect(areOpen(ana, bo)).toBe(true)
  },
)

test('a stale request does not disturb an open connection', () => {
  const { ana, timers } = createLinkedPair()
  timers.advance(5000)

  ana.link.signal({ kind: 'please', page: 'page-of-bo-1', last: { page: 'page-of-ana-1', n: 0 } })
  timers.advance(200)

  expect(ana.wires.made).toHaveLength(1)
})

test('signals of another attempt, and those that are not for this end, are dropped', () => {
  const { ana, bo, timers } = createLinkedPair()
  timers.advance(100)
  const attempt = { page: 'page-of-ana-1', n: 1 }
  const heard = ana.wires.newest().heard.length + bo.wires.newest().heard.length
  const say = (to: End, n: number, type: 'offer' | 'answer'): void => {
    const signal = { type, sdp: '' }
    to.link.signal({ kind: 'wire', page: 'x', attempt: { ...attempt, n }, signal })
  }

  say(ana, 1, 'offer')
  say(ana, 2, 'answer')
  say(bo, 1, 'answer')
  say(bo, 0, 'offer')
  timers.advance(100)

  expect(ana.wires.newest().heard.length + bo.wires.newest().heard.length).toBe(heard)
  expect([ana.wires.made.length, bo.wires.made.length]).toEqual([1, 1])
})

test('a closed link says and does nothing more', () => {
  const { ana, bo, timers } = createLinkedPair()
  timers.advance(1000)

  ana.link.close()
  bo.link.close()
  const said = ana.said.length + bo.said.length
  ana.link.signal({ kind: 'please', page: 'page-of-bo-1' })
  timers.advance(60_000)

  expect(ana.said.length + bo.said.length).toBe(said)
  expect(timers.waiting()).toBe(0)
  expect(ana.wires.newest().isClosed()).toBe(true)
})
