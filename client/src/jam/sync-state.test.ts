import { expect, test } from 'vitest'
import {
  type ClockReading,
  judgePeer,
  judgeSync,
  type PeerSync,
  type Standing,
  type SyncState,
} from './sync-state.ts'

const SYNCING: PeerSync = { status: 'syncing' }
const UNMEASURED: PeerSync = { status: 'unmeasured' }
const inTime = (errorMs: number): PeerSync => ({ status: 'in-time', errorMs })
const drifting = (errorMs: number): PeerSync => ({ status: 'drifting', errorMs })

const off = (offMs: number, change: Partial<ClockReading> = {}): ClockReading => ({
  offMs,
  spreadMs: 0,
  rttMs: 0,
  isTrusted: true,
  ...change,
})
const JOINED: Standing = { sessionId: 'now', links: 2, silentMs: 0 }

test.each<[Partial<ClockReading>, number]>([
  [{ offMs: 0.4 }, 0.4],
  [{ offMs: 0.4, spreadMs: 0.3 }, 0.7],
  [{ offMs: 0.4, spreadMs: 0.3, rttMs: 20 }, 2.7],
  [{ offMs: 0.1, spreadMs: 0.2, rttMs: 3 }, 0.6],
  [{ offMs: 0.41 }, 0.5],
  [{ offMs: 0 }, 0.1],
])(
  'of %o the error is %d ms: distance, spread and a tenth of the round trip',
  (reading, errorMs) => {
    expect(judgePeer(SYNCING, off(0, reading), 0)).toEqual(inTime(errorMs))
  },
)

test.each<[PeerSync, ClockReading | undefined, number, PeerSync]>([
  [SYNCING, undefined, 0, SYNCING],
  [SYNCING, off(1), 0, inTime(1)],
  [SYNCING, off(31), 0, drifting(31)],
  [SYNCING, undefined, 10_000, UNMEASURED],
  [inTime(1), off(30), 0, inTime(30)],
  [inTime(1), off(30.1), 0, drifting(30.1)],
  [inTime(1), off(1, { isTrusted: false }), 0, drifting(1)],
  [inTime(1), off(1), 9999, inTime(1)],
  [inTime(1), off(1), 10_000, UNMEASURED],
  [inTime(1), undefined, 0, SYNCING],
  [drifting(40), off(1), 0, inTime(1)],
  [drifting(40), off(1, { isTrusted: false }), 0, drifting(1)],
  [drifting(40), off(40), Infinity, UNMEASURED],
  [drifting(40), undefined, 0, SYNCING],
  [UNMEASURED, off(1), 0, inTime(1)],
  [UNMEASURED, off(31), 0, drifting(31)],
  [UNMEASURED, undefined, 0, SYNCING],
  [UNMEASURED, undefined, 10_000, UNMEASURED],
])('somebody who was %o, is at %o and answered %d ms ago is %o', (before, reading, ms, after) => {
  expect(judgePeer(before, reading, ms)).toEqual(after)
})

test('at the edge nobody flickers: out above 30 ms, in again from 20 ms down', () => {
  const wanderings = [29, 31, 29, 21, 20, 29, 31]
  const seen: PeerSync['status'][] = []
  let state: PeerSync = SYNCING

  for (const offMs of wanderings) {
    state = judgePeer(state, off(offMs), 0)
    seen.push(state.status)
  }

  const out = 'drifting'
  expect(seen).toEqual(['in-time', out, out, out, 'in-time', 'in-time', out])
})

test('a figure rises at once and falls when it pays, so that it never says too little', () => {
  const shown: number[] = []
  let state: PeerSync = SYNCING

  for (const offMs of [2, 1.9, 1.7, 2.1, 1.7, 1.6, 1.5]) {
    state = judgePeer(state, off(offMs), 0)
    if (state.status === 'in-time') shown.push(state.errorMs)
  }

  expect(shown).toEqual([2, 2, 2, 2.1, 2.1, 1.6, 1.6])
})

test.each<[PeerSync, ClockReading | undefined, number]>([
  [SYNCING, undefined, 0],
  [inTime(1), off(0.9), 0],
  [drifting(40), off(38), 0],
  [UNMEASURED, off(1), 20_000],
])('%o is handed back itself when nothing changed', (before, reading, silentMs) => {
  expect(judgePeer(before, reading, silentMs)).toBe(before)
  const peers = reading === undefined ? [] : [reading]
  expect(judgeSync(before, { ...JOINED, silentMs }, peers)).toBe(before)
})

test.each<[SyncState, Partial<Standing>, readonly ClockReading[], SyncState]>([
  [SYNCING, { sessionId: '', links: 0, silentMs: Infinity }, [], SYNCING],
  [SYNCING, { links: 0, silentMs: Infinity }, [], { status: 'alone' }],
  [inTime(1), { links: 0, silentMs: Infinity }, [], { status: 'alone' }],
  [{ status: 'alone' }, {}, [], SYNCING],
  [{ status: 'alone' }, { sessionId: '' }, [off(1)], SYNCING],
  [SYNCING, {}, [off(1)], inTime(1)],
  [inTime(1), {}, [], SYNCING],
  [inTime(1), { silentMs: 10_000 }, [off(1)], UNMEASURED],
  [SYNCING, { sessionId: '', silentMs: 10_000 }, [], UNMEASURED],
  [inTime(1), {}, [off(31)], drifting(31)],
  [drifting(31), {}, [off(25)], drifting(31)],
  [drifting(31), {}, [off(20)], inTime(20)],
])('a tab that was %o stands at %o with %o: it is %o', (before, standing, peers, after) => {
  expect(judgeSync(before, { ...JOINED, ...standing }, peers)).toEqual(after)
})

test('alone for long one is still alone', () => {
  const alone: SyncState = { status: 'alone' }

  expect(judgeSync(alone, { ...JOINED, links: 0, silentMs: Infinity }, [])).toBe(alone)
})

test('one’s own figure is that of the middle one of the others, of two the farther', () => {
  const ownOf = (...offs: number[]): SyncState =>
    judgeSync(
      SYNCING,
      JOINED,
      offs.map((offMs) => off(offMs)),
    )

  expect(ownOf(3, 1)).toEqual(inTime(3))
  expect(ownOf(900, 1, 2)).toEqual(inTime(2))
  expect(ownOf(5, 900, 1, 2)).toEqual(inTime(5))
})

test('whom the others vote out does not count, unless nobody else is left', () => {
  const liar = off(900, { isTrusted: false })

  expect(judgeSync(SYNCING, JOINED, [liar, off(1)])).toEqual(inTime(1))
  expect(judgeSync(SYNCING, JOINED, [liar])).toEqual(drifting(900))
})
