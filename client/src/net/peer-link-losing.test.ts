import { expect, test } from 'vitest'
import { areOpen, createLinkedPair } from './linked-pair.ts'

test('both ends that lose the connection at the same moment meet again', () => {
  const { ana, bo, timers } = createLinkedPair()
  timers.advance(10_000)

  ana.wires.newest().events.onClosed()
  bo.wires.newest().events.onClosed()
  expect(areOpen(ana) || areOpen(bo)).toBe(false)
  timers.advance(200)

  expect(areOpen(ana, bo)).toBe(true)
  const again = ['(open)', 'connecting', 'lost', '(closed)', 'open', 'reachable', '(open)']
  expect([ana.told.slice(-7), bo.told.slice(-7)]).toEqual([again, again])
})

test('an end that alone has noticed the loss gets the other one to replace the connection', () => {
  const { ana, bo, timers } = createLinkedPair()
  timers.advance(10_000)

  bo.wires.newest().events.onClosed()
  timers.advance(600)

  expect(ana.wires.made).toHaveLength(2)
  expect(areOpen(ana, bo)).toBe(true)
})

test('silence makes the link unsteady, looks for a new path at most twice, then replaces it', () => {
  const { ana, timers, world } = createLinkedPair()
  timers.advance(10_000)
  const first = ana.wires.newest()
  world.network = false

  timers.advance(3500)
  expect(ana.told.at(-1)).toBe('unsteady')
  expect(first.restarts()).toBe(1)
  timers.advance(2500)

  expect(first.restarts()).toBe(2)
  expect(first.isClosed()).toBe(true)
  expect(ana.told).toContain('(closed)')
  world.network = true
  timers.advance(10_000)
  expect(ana.link.isOpen()).toBe(true)
})

test('a lost path is looked for anew after 1.5 s, and found again is steady', () => {
  const { ana, timers } = createLinkedPair()
  timers.advance(10_000)
  const wire = ana.wires.newest()

  wire.events.onPath(false)
  expect(ana.told.at(-1)).toBe('unsteady')
  expect(wire.restarts()).toBe(0)
  timers.advance(2500)
  expect(wire.restarts()).toBe(1)
  timers.advance(6000)
  expect(wire.restarts()).toBe(2)
  wire.events.onPath(true)
  timers.advance(1100)

  expect(ana.told.at(-1)).toBe('open')
  expect(ana.wires.made).toHaveLength(1)
})

test('without the server a silent connection is kept, and its peer is back when heard', () => {
  const { ana, timers, world } = createLinkedPair()
  timers.advance(10_000)
  Object.assign(world, { server: false, network: false })

  timers.advance(15_000)
  expect(ana.told.slice(-2)).toEqual(['unsteady', 'lost'])
  world.network = true
  timers.advance(1100)

  expect(ana.told.slice(-2)).toEqual(['reachable', 'open'])
  expect(ana.wires.made).toHaveLength(1)
})

test('a sleep of ours is no silence of the peer', () => {
  const { ana, bo, timers } = createLinkedPair()
  timers.advance(10_000)

  timers.sleep(50_000)
  timers.advance(3000)

  expect([ana.wires.made.length, bo.wires.made.length]).toEqual([1, 1])
  expect(areOpen(ana, bo)).toBe(true)
})

test('a revived link whose peer does not answer is replaced within about 2 s', () => {
  const { ana, timers, world } = createLinkedPair()
  timers.advance(10_300)
  world.network = false
  timers.advance(100)

  ana.link.revive()
  timers.advance(2100)

  expect(ana.wires.made.length).toBeGreaterThan(1)
})

test('a revived link tries at once, however long the next try was off', () => {
  const { ana, bo, timers, world } = createLinkedPair()
  world.network = false
  timers.advance(60_000)
  world.network = true
  timers.advance(1000)
  const wasOpen = areOpen(ana, bo)

  ana.link.revive()
  bo.link.revive()
  timers.advance(700)

  expect([wasOpen, areOpen(ana, bo)]).toEqual([false, true])
})

test('a try that fell due while no signal got through is made when one would, and not before', () => {
  const { ana, bo, timers, world } = createLinkedPair()
  timers.advance(5000)
  world.server = false
  for (const end of [ana, bo]) end.wires.newest().events.onClosed()
  timers.advance(10_000)

  ana.link.nudge()
  expect(ana.wires.made).toHaveLength(1)
  world.server = true
  ana.link.nudge()
  ana.link.nudge()
  timers.advance(100)

  expect(ana.wires.made).toHaveLength(2)
  expect(areOpen(ana, bo)).toBe(true)
})
