import { expect, test } from 'vitest'
import type { LinkStats, Person } from '../../app/session-types.ts'
import {
  figureWords,
  linkWords,
  personWords,
  receptionOf,
  shareThroughServer,
  type Reception,
} from './link-words.ts'

const BO: Person = {
  id: 'bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
}

test.each<[Partial<Person>, string]>([
  [{}, 'here, connected directly'],
  [{ stats: { route: 'turn' } }, 'here, connected by a detour'],
  [{ link: 'relayed', stats: { route: 'server' } }, 'here, through the server'],
  [{ link: 'cut-off' }, 'here, disconnected for breaking the rules'],
  [{ link: 'cut-off-by-them' }, 'here, has disconnected this browser'],
  [{ presence: 'away', role: 'player', link: 'connecting' }, 'away'],
  [
    { presence: 'away', role: 'player', link: 'cut-off' },
    'away, disconnected for breaking the rules',
  ],
  [{ hears: false }, 'here, connected directly, without sound yet'],
])('%o is told as "%s"', (change, words) => {
  expect(personWords({ ...BO, ...change })).toBe(words)
})

test('how one is linked does not depend on being here', () => {
  expect(linkWords({ link: 'unsteady' })).toBe('unsteady connection')
})

test.each<[Person['link'], LinkStats | undefined, string]>([
  ['direct', undefined, ''],
  ['direct', { route: 'direct' }, ''],
  ['direct', { route: 'direct', rttMs: 41, loss: 0 }, '41 ms round trip'],
  ['relayed', { route: 'server', rttMs: 80, loss: 0.12 }, '80 ms round trip, 12 % lost'],
  ['unsteady', { route: 'direct', loss: 1 }, '100 % lost'],
  ['unreachable', { route: 'direct', rttMs: 41 }, ''],
])('figures of a link that is %s with %o: "%s"', (link, stats, words) => {
  expect(figureWords({ link, ...(stats && { stats }) })).toBe(words)
})

test.each<[Person['link'], LinkStats | undefined, Reception]>([
  ['direct', undefined, 'good'],
  ['direct', { route: 'direct', rttMs: 150, loss: 0.03 }, 'good'],
  ['direct', { route: 'turn', rttMs: 151 }, 'fair'],
  ['direct', { route: 'direct', rttMs: 20, loss: 0.04 }, 'fair'],
  ['direct', { route: 'direct', rttMs: 401 }, 'poor'],
  ['direct', { route: 'direct', rttMs: 20, loss: 0.11 }, 'poor'],
  ['relayed', { route: 'server', rttMs: 20 }, 'fair'],
  ['unsteady', { route: 'direct', rttMs: 20 }, 'poor'],
  ['connecting', undefined, 'none'],
  ['unreachable', undefined, 'none'],
  ['cut-off', undefined, 'none'],
])('reception of a link that is %s with %o is %s', (link, stats, reception) => {
  expect(receptionOf({ link, ...(stats && { stats }) })).toBe(reception)
})

test.each<[readonly Person['link'][], 'none' | 'some' | 'all']>([
  [['self'], 'none'],
  [['self', 'direct'], 'none'],
  [['self', 'direct', 'relayed'], 'some'],
  [['self', 'relayed', 'connecting'], 'all'],
])('among %j the server passes on for %s', (links, share) => {
  expect(shareThroughServer(links.map((link) => ({ ...BO, link })))).toBe(share)
})
