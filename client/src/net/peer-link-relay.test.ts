import { expect, test } from 'vitest'
import { createLinkedPair } from './linked-pair.ts'
import type { LinkedPair } from './linked-pair.ts'

type Act = (pair: LinkedPair) => void

const wait =
  (ms: number): Act =>
  ({ timers }) => {
    timers.advance(ms)
  }
const set =
  (change: Partial<LinkedPair['world']>): Act =>
  ({ world }) => {
    Object.assign(world, change)
  }
const loseConnections: Act = ({ ana, bo }) => {
  ana.wires.newest().events.onClosed()
  bo.wires.newest().events.onClosed()
}
const losePath: Act = ({ ana }) => {
  ana.wires.newest().events.onPath(false)
}
const findPath: Act = ({ ana }) => {
  ana.wires.newest().events.onPath(true)
}
const relayGoes: Act = (pair) => {
  set({ relay: false })(pair)
  pair.ana.link.relayChanged(false)
  pair.bo.link.relayChanged(false)
}
const relayComes: Act = (pair) => {
  set({ relay: true })(pair)
  pair.ana.link.relayChanged(true)
  pair.bo.link.relayChanged(true)
}
const reviveBoth: Act = ({ ana, bo }) => {
  ana.link.revive()
  bo.link.revive()
}

/** How each state is come to, and what becomes of it: what ana is told from the last act on. */
const CONNECTING: readonly Act[] = [set({ network: false }), wait(100)]
const RELAYED: readonly Act[] = [set({ network: false }), wait(3000)]
const OPEN: readonly Act[] = [wait(3000)]
const UNSTEADY: readonly Act[] = [set({ relay: false }), ...OPEN, losePath]
const UNREACHABLE: readonly Act[] = [set({ relay: false, network: false }), wait(30_000)]

test.each<[string, readonly Act[], readonly Act[], readonly string[]]>([
  ['nothing to connecting', [], [], ['connecting']],
  ['connecting to open', [], [wait(100)], ['open', 'reachable', '(open)']],
  ['connecting to relayed', CONNECTING, [wait(450)], ['relayed', 'reachable', '(open)']],
  ['connecting to connecting, for half a second', CONNECTING, [wait(390)], []],
  [
    'connecting to unreachable',
    [...CONNECTING, set({ relay: false })],
    [wait(20_000)],
    ['unreachable'],
  ],
  ['relayed to open', RELAYED, [set({ network: true }), wait(9000)], ['open', '(moved)']],
  ['relayed to connecting', RELAYED, [relayGoes], ['connecting', 'lost', '(closed)']],
  ['relayed to unsteady', RELAYED, [set({ server: false }), wait(3900)], ['unsteady']],
  [
    'relayed to unsteady and back',
    RELAYED,
    [set({ server: false }), wait(3900), set({ server: true }), wait(2000)],
    ['unsteady', 'relayed'],
  ],
  [
    'open to connecting',
    [set({ relay: false }), ...OPEN],
    [loseConnections],
    ['connecting', 'lost', '(closed)'],
  ],
  [
    'open to connecting to relayed',
    OPEN,
    [set({ network: false }), loseConnections, wait(300)],
    ['connecting', 'lost', '(closed)', 'relayed', 'reachable', '(open)'],
  ],
  ['open to unsteady', [set({ relay: false }), ...OPEN], [losePath], ['unsteady']],
  ['open to unsteady to relayed', OPEN, [losePath, wait(100)], ['unsteady', 'relayed', '(moved)']],
  [
    'open to relayed and back',
    OPEN,
    [losePath, wait(100), findPath, wait(1000)],
    ['unsteady', 'relayed', '(moved)', 'open', '(moved)'],
  ],
  ['unsteady to open', UNSTEADY, [findPath, wait(1000)], ['open']],
  [
    'unsteady to connecting',
    UNSTEADY,
    [set({ network: false }), wait(6000)],
    ['connecting', 'lost', '(closed)'],
  ],
  [
    'unreachable to open',
    UNREACHABLE,
    [set({ network: true }), reviveBoth, wait(1000)],
    ['connecting', 'open', 'reachable', '(open)'],
  ],
  [
    'unreachable to relayed',
    UNREACHABLE,
    [relayComes, wait(100)],
    ['relayed', 'reachable', '(open)'],
  ],
])('[LINK13] a link goes from %s', (_, before, acts, told) => {
  const pair = createLinkedPair(true)
  for (const act of before) act(pair)
  const from = before.length === 0 && acts.length === 0 ? 0 : pair.ana.told.length

  for (const act of acts) act(pair)

  expect(pair.ana.told.slice(from)).toEqual(told)
})

test.each([
  [1, 500],
  [4, 800],
  [7, 1400],
  [20, 1500],
])('[LINK13] among %i others a link without a connection greets after %i ms', (others, afterMs) => {
  const { ana, timers } = createLinkedPair(true, { network: false, others })

  timers.advance(afterMs - 1)
  expect(ana.told).toEqual(['connecting'])
  // A hello and two proofs, each 15 ms under way.
  timers.advance(1 + 60)
  expect(ana.told).toContain('relayed')
})

test('[LINK13] a connection that opens in time needs no server', () => {
  const { ana, bo, timers } = createLinkedPair(true)
  timers.advance(60_000)

  expect([ana.told, bo.told].map((told) => told.includes('relayed'))).toEqual([false, false])
  expect([ana.link.report().route, bo.link.report().route]).toEqual(['direct', 'direct'])
})

test('[LINK13] bytes go through the server meanwhile, and by the connection as soon as it opens', () => {
  const { ana, bo, timers, world } = createLinkedPair(true)
  world.network = false
  timers.advance(2000)

  ana.link.send('doc', new Uint8Array(5))
  timers.advance(20)
  expect(bo.told.at(-1)).toBe('doc 5')
  expect([ana.link.report().route, ana.wires.newest().sent]).toEqual(['server', []])

  world.network = true
  timers.advance(9000)
  ana.link.send('doc', new Uint8Array(6))
  timers.advance(20)

  expect(bo.told.at(-1)).toBe('doc 6')
  expect(ana.wires.newest().sent.some(([lane]) => lane === 'doc')).toBe(true)
})

test('[LINK13] what was sent through the server before the move still arrives after it', () => {
  const { ana, bo, timers, world } = createLinkedPair(true)
  world.network = false
  timers.advance(2000)
  world.network = true
  ana.link.revive()
  while (!ana.told.includes('(moved)')) {
    ana.link.send('clock', new Uint8Array(9))
    timers.advance(1)
  }
  const before = bo.told.filter((each) => each === 'clock 9').length
  timers.advance(20)

  expect(bo.told.filter((each) => each === 'clock 9').length).toBeGreaterThan(before)
})

test('[LINK13] while the server carries the bytes a connection is tried for at least every half minute', () => {
  const { ana, timers, world } = createLinkedPair(true)
  world.network = false
  timers.advance(120_000)
  const made = ana.wires.made.length
  timers.advance(40_000)

  expect(ana.wires.made.length).toBeGreaterThan(made)
  expect(ana.told.slice(-1)).toEqual(['(open)'])
  world.network = true
  timers.advance(40_000)
  expect(ana.told.slice(-2)).toEqual(['open', '(moved)'])
})

test('[LINK13] a peer that greets is answered, also by one that has not noticed the loss', () => {
  const { ana, bo, timers, world } = createLinkedPair(true)
  timers.advance(5000)
  world.network = false
  bo.wires.newest().events.onClosed()

  timers.advance(1600)

  expect(bo.told.slice(-3)).toEqual(['relayed', 'reachable', '(open)'])
  expect(ana.told.slice(-2)).toEqual(['relayed', '(moved)'])
  expect([ana, bo].map(({ link }) => link.report().route)).toEqual(['server', 'server'])
})

test('a page that is put away greets nobody, and does again when it is looked at', () => {
  const { ana, bo, timers, world } = createLinkedPair(true)
  world.network = false
  timers.advance(2000)

  ana.link.suspend()
  timers.advance(20)
  expect(bo.link.isOpen()).toBe(false)
  const said = ana.told.length
  ana.link.revive()
  timers.advance(2000)

  expect(ana.told.slice(said)).toEqual(['relayed', 'reachable', '(open)'])
})

test('[LINK9] a peer that is cut off is told why before the link closes', () => {
  const { ana, bo, timers } = createLinkedPair(true)
  timers.advance(1000)
  const parted: string[] = []

  ana.link.part('too-fast', () => parted.push('parted'))
  expect([ana.link.isOpen(), ana.wires.newest().isClosed()]).toEqual([false, false])
  bo.link.send('doc', new Uint8Array(7))
  timers.advance(400)

  expect(bo.told).toContain('cut')
  expect(ana.told).not.toContain('doc 7')
  expect([parted, ana.wires.newest().isClosed()]).toEqual([['parted'], true])
})

test('a relayed link that is closed leaves no timer', () => {
  const { ana, bo, timers, world } = createLinkedPair(true)
  world.network = false
  timers.advance(3000)
  ana.link.close()
  bo.link.close()
  timers.advance(100)

  expect(timers.waiting()).toBe(0)
})
