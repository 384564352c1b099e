import type { PeerId, RosterEntry } from '@beatcord/shared'
import { expect, test } from 'vitest'
import {
  AWAY_MS,
  EMPTY_ROSTER,
  isSeated,
  nextGoneMs,
  rosterAfter,
  rosterEntries,
} from './roster.ts'
import type { Roster, RosterEvent } from './roster.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]

const entry = (peerId: PeerId, presence: 'here' | 'away' = 'here'): RosterEntry => ({
  peerId,
  presence,
  role: 'player',
  sealed: '',
})
const welcome = (serverId: string, ...roster: RosterEntry[]): RosterEvent => ({
  type: 'welcome',
  roster,
  serverId,
})
const link = (peerId: PeerId, open: boolean): RosterEvent => ({ type: 'link', peerId, open })
const AWAY: RosterEvent = { type: 'server-away' }

/** What is known after each event happened at its moment. */
function after(...events: (readonly [number, RosterEvent])[]): Roster {
  return events.reduce((roster, [ms, event]) => rosterAfter(roster, event, ms), EMPTY_ROSTER)
}
const shown = (roster: Roster): string[] =>
  [...rosterEntries(roster).values()].map(
    ({ peerId, presence }) => `${peerId[0] ?? ''} ${presence}`,
  )

const bothLinked: (readonly [number, RosterEvent])[] = [
  [0, welcome('s1', entry(ANA), entry(BO))],
  [0, link(ANA, true)],
  [0, link(BO, true)],
]

test('while the server is here its word counts, whatever the links say', () => {
  const roster = after(
    [0, welcome('s1', entry(ANA), entry(BO, 'away'))],
    [0, link(ANA, false)],
    [0, link(BO, true)],
    [9e9, { type: 'tick' }],
  )

  expect(shown(roster)).toEqual(['a here', 'b away'])
  expect([isSeated(roster, ANA), isSeated(roster, BO)]).toEqual([true, false])
})

const gone = (peerId: PeerId, reason: 'left' | 'idle' | 'timeout' = 'left'): RosterEvent => ({
  type: 'gone',
  peerId,
  reason,
})

test.each(['left', 'idle'] as const)(
  '[LINK8] the verdict %s is obeyed at once, link or not',
  (reason) => {
    expect(shown(after(...bothLinked, [1, gone(ANA, reason)]))).toEqual(['b here'])
  },
)

test('[LINK8] whom the server alone has lost stays by an open link, and goes 20 s after it', () => {
  const lost: Parameters<typeof after> = [
    [0, welcome('s1', entry(ANA, 'away'), entry(BO, 'away'))],
    [0, link(ANA, true)],
    [1, gone(ANA, 'timeout')],
    [1, gone(BO, 'timeout')],
  ]

  expect(shown(after(...lost, [9e9, { type: 'tick' }]))).toEqual(['a here'])
  expect(isSeated(after(...lost), ANA)).toBe(false)
  const closed: Parameters<typeof after> = [...lost, [500, link(ANA, false)]]
  expect(shown(after(...closed))).toEqual(['a away'])
  expect(shown(after(...closed, [500 + AWAY_MS, { type: 'tick' }]))).toEqual([])
  const back = after(...closed, [600, { type: 'seen', entry: entry(ANA) }])
  expect([shown(back), isSeated(back, ANA)]).toEqual([['a here'], true])
})

test('[LINK8] the death of the server moves nobody who has an open link', () => {
  const roster = after(...bothLinked, [1, AWAY], [9e9, { type: 'tick' }])

  expect(shown(roster)).toEqual(['a here', 'b here'])
  expect(nextGoneMs(roster)).toBeUndefined()
  expect(isSeated(roster, ANA)).toBe(false)
})

test('while the server is away a link that closes means away, and gone 20 s later', () => {
  const closed: Parameters<typeof after> = [...bothLinked, [1, AWAY], [500, link(ANA, false)]]

  expect(shown(after(...closed))).toEqual(['a away', 'b here'])
  expect(nextGoneMs(after(...closed))).toBe(500 + AWAY_MS)
  expect(shown(after(...closed, [499 + AWAY_MS, { type: 'tick' }]))).toEqual(['a away', 'b here'])
  expect(shown(after(...closed, [500 + AWAY_MS, { type: 'tick' }]))).toEqual(['b here'])
})

test('a link that opens again in time brings its peer back', () => {
  const roster = after(
    ...bothLinked,
    [1, AWAY],
    [500, link(ANA, false)],
    [600, link(ANA, true)],
    [9e9, { type: 'tick' }],
  )

  expect(shown(roster)).toEqual(['a here', 'b here'])
})

test('a link that fails again and again while the server is away buys no more time', () => {
  const roster = after(
    ...bothLinked,
    [1, AWAY],
    [500, link(ANA, false)],
    [900, link(ANA, false)],
    [500 + AWAY_MS, { type: 'tick' }],
  )

  expect(shown(roster)).toEqual(['b here'])
})

test('a new server that knows nobody yet takes nobody away: the linked stay, others for 20 s', () => {
  const back: Parameters<typeof after> = [
    [0, welcome('s1', entry(ANA), entry(BO))],
    [0, link(ANA, true)],
    [1, AWAY],
    [1000, welcome('s2')],
  ]

  expect(shown(after(...back))).toEqual(['a here', 'b away'])
  expect(shown(after(...back, [1000 + AWAY_MS, { type: 'tick' }]))).toEqual(['a here'])
})

test('[LINK8] a server that lived on has seen go whom it does not name, unless a link is open', () => {
  const back = welcome('s1', entry(BO))

  expect(shown(after(...bothLinked, [1, AWAY], [900, link(ANA, false)], [1000, back]))).toEqual([
    'b here',
  ])
  expect(shown(after(...bothLinked, [1, AWAY], [1000, back]))).toEqual(['a here', 'b here'])
})

test('whoever the new server names is its to judge again', () => {
  const seen: Parameters<typeof after> = [
    ...bothLinked,
    [1, AWAY],
    [1000, welcome('s2')],
    [1100, { type: 'seen', entry: entry(ANA) }],
    [1200, link(ANA, false)],
    [9e9, { type: 'tick' }],
  ]

  expect(shown(after(...seen))).toEqual(['a here', 'b here'])
  expect(shown(after(...seen, [9e9, gone(ANA)]))).toEqual(['b here'])
})

test('a second loss of the server gives the unconfirmed no more time', () => {
  const roster = after(
    [0, welcome('s1', entry(ANA))],
    [1, AWAY],
    [1000, welcome('s2')],
    [2000, AWAY],
    [1000 + AWAY_MS, { type: 'tick' }],
  )

  expect(shown(roster)).toEqual([])
})

test('nothing is left of the room when our own seat is given up', () => {
  expect(after(...bothLinked, [1, { type: 'out' }])).toEqual(EMPTY_ROSTER)
})

test('reports on strangers are not believed', () => {
  expect(shown(after([0, link(ANA, true)]))).toEqual([])
})
