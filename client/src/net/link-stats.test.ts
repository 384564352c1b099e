import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers } from './fake-timers.ts'
import { createLinkStats } from './link-stats.ts'
import { until } from './test-tab.ts'

const ANA = 'a'.repeat(26) as PeerId
const REPORT = { route: 'direct', attempts: 2, sentBytes: 1, receivedBytes: 2 } as const

type Stats = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A connection that answers with these, and counts how often it was asked. */
function connectionOf(stats: Stats | Error): RTCPeerConnection & { asked: number } {
  const connection = {
    asked: 0,
    getStats() {
      connection.asked += 1
      return stats instanceof Error
        ? Promise.reject(stats)
        : Promise.resolve(new Map(Object.entries(stats)))
    },
  }
  return connection as unknown as RTCPeerConnection & { asked: number }
}

const ends = (local: string, remote: string): Stats => ({
  l: { type: 'local-candidate', candidateType: local },
  r: { type: 'remote-candidate', candidateType: remote },
  other: { type: 'candidate-pair', nominated: false, localCandidateId: 'x' },
})
const pair = { type: 'candidate-pair', localCandidateId: 'l', remoteCandidateId: 'r' }

test.each([
  ['as Chromium names it', { t: { type: 'transport', selectedCandidatePairId: 'p' }, p: pair }],
  ['as Firefox marks it', { p: { ...pair, selected: true } }],
  ['nominated', { p: { ...pair, nominated: true, state: 'succeeded' } }],
])(
  'a relayed candidate at either end of the pair, %s, makes the way one over TURN',
  async (_, chosen) => {
    for (const [local, remote, route] of [
      ['relay', 'srflx', 'turn'],
      ['host', 'relay', 'turn'],
      ['host', 'prflx', 'direct'],
    ] as const) {
      const stats = createLinkStats(createFakeTimers())
      const connection = connectionOf({ ...ends(local, remote), ...chosen })
      expect(stats.read(ANA, REPORT, connection)).toEqual(REPORT)

      await until(() => stats.read(ANA, REPORT, connection).candidates !== undefined)
      const known = { ...REPORT, route, candidates: { local, remote } }
      expect(stats.read(ANA, REPORT, connection)).toEqual(known)
    }
  },
)

test('a connection is asked every 3 s while somebody wants to know, and one that fails says nothing', async () => {
  const timers = createFakeTimers()
  const stats = createLinkStats(timers)
  const connection = connectionOf(new Error('closed'))

  for (let times = 0; times < 10; times++) stats.read(ANA, REPORT, connection)
  expect(connection.asked).toBe(1)
  timers.advance(3000)
  stats.read(ANA, REPORT, connection)
  await Promise.resolve()

  expect(connection.asked).toBe(2)
  expect(stats.read(ANA, REPORT, connection)).toEqual(REPORT)
})

test('what was known of one connection is not told of the next', async () => {
  const stats = createLinkStats(createFakeTimers())
  const first = connectionOf({ ...ends('relay', 'host'), p: { ...pair, selected: true } })
  stats.read(ANA, REPORT, first)
  await until(() => stats.read(ANA, REPORT, first).route === 'turn')

  expect(stats.read(ANA, REPORT, connectionOf({})).route).toBe('direct')
  expect(stats.read(ANA, { ...REPORT, route: 'server' }, first).route).toBe('server')
  stats.forget(ANA)
  expect(stats.read(ANA, REPORT, first).route).toBe('direct')
})
