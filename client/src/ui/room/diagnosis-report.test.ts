import { expect, test } from 'vitest'
import type { PeerSync } from '../../app/session-types.ts'
import type { Connection, Diagnosis, Person, PersonDiagnosis } from '../../app/states.ts'
import { reportText, toReport } from './diagnosis-report.ts'

const NOW_MS = 10_000_000
const UNMEASURED: Person = {
  id: 'secret-id-of-bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
}
const BO: Person = { ...UNMEASURED, stats: { route: 'direct', rttMs: 41, loss: 0.02 } }
const CY: Person = { ...BO, id: 'cy', name: 'cy' }
const WELL: Diagnosis = {
  atMs: NOW_MS,
  protocol: 3,
  connection: { status: 'in-room' },
  sinceMs: NOW_MS - 125_000,
  relays: true,
  hidesAddress: false,
  sound: { status: 'running' },
  speaker: { latencyMs: 32.4, trimMs: 0 },
  sync: { status: 'in-time', errorMs: 2.4 },
  song: { bytes: 20_500, capBytes: 4_194_304 },
  others: [],
}
const factsOf = (diagnosis: Diagnosis): Readonly<Record<string, string>> =>
  Object.fromEntries(
    toReport(diagnosis, 'Firefox 140 on Linux').facts.map(({ label, words }) => [label, words]),
  )
const verdictOf = (change: Partial<Diagnosis>): string =>
  toReport({ ...WELL, ...change }, 'x').verdict

test('every fact can be read out', () => {
  expect(factsOf(WELL)).toEqual({
    'This browser': 'Firefox 140 on Linux, sound is on',
    'My loudspeaker': 'sounds 32 ms late, says the browser; not set by ear',
    Server: 'reachable, helps where there is no direct way',
    Room: 'Connected, for 2 minutes',
    'My network address': 'not hidden',
    Clock: 'In time ±2.4 ms',
    Song: '21 kB of at most 4,195 kB',
    Protocol: 'version 3',
  })
})

test.each<[Diagnosis['speaker'], string]>([
  [
    { latencyMs: 32, trimMs: 180 },
    'sounds 32 ms late, says the browser; by ear 180 ms later than that',
  ],
  [
    { latencyMs: 32, trimMs: -20 },
    'sounds 32 ms late, says the browser; by ear 20 ms earlier than that',
  ],
  [{ trimMs: 0 }, 'this browser does not say how late it sounds; not set by ear'],
  [{ trimMs: 100 }, 'this browser does not say how late it sounds; set by ear: 100 ms'],
])('a loudspeaker of %o is told', (speaker, words) => {
  expect(factsOf({ ...WELL, speaker })['My loudspeaker']).toBe(words)
})

test('a server that is away is told with how long it has been', () => {
  const facts = factsOf({
    ...WELL,
    hidesAddress: true,
    connection: { status: 'server-away', links: 1 },
    sinceMs: NOW_MS - 30_000,
  })

  expect(facts).toMatchObject({
    Server: 'out of reach, trying again',
    Room: 'Server away, for 30 seconds',
    'My network address': 'hidden',
  })
})

test.each<[Connection, RegExp]>([
  [{ status: 'server-away', links: 1 }, /^The server is away; whoever is linked plays on\.$/],
  [{ status: 'joining' }, /not in the jam: joining/],
  [{ status: 'replaced' }, /not in the jam: seat taken/],
])('%o comes first in the verdict', (connection, words) => {
  expect(verdictOf({ connection, others: [{ person: BO }] })).toMatch(words)
})

test('the verdict names those with trouble, and them alone', () => {
  expect(verdictOf({})).toBe('All is well. Nobody else is here.')
  expect(verdictOf({ others: [{ person: BO }, { person: CY }] })).toBe(
    'All is well: connected with 2 people.',
  )
  expect(verdictOf({ others: [{ person: BO }, { person: { ...CY, link: 'unreachable' } }] })).toBe(
    'cy: cannot be reached, trying again.',
  )
  const slow: Person = { ...CY, stats: { route: 'direct', rttMs: 600 } }
  expect(verdictOf({ others: [{ person: slow }] })).toBe(
    'cy: a slow connection (600 ms round trip).',
  )
  expect(
    verdictOf({
      others: [{ person: { ...BO, presence: 'away', role: 'player', link: 'connecting' } }],
    }),
  ).toBe('All is well. Nobody else is here.')
})

test('of each person: the way, the figures, the clock and the last trouble', () => {
  const trouble = { kind: 'silent', atMs: NOW_MS - 90_000 } as const
  const inTime = { status: 'in-time', errorMs: 0.8 } as const

  const { people } = toReport(
    { ...WELL, others: [{ person: { ...BO, sync: inTime }, trouble }] },
    'Firefox 140 on Linux',
  )

  expect(people).toMatchObject([
    {
      name: 'bo',
      link: 'connected directly',
      roundTrip: '41 ms',
      lost: '2 %',
      clock: 'in time ±0.8 ms',
      trouble: 'went silent, 1 minute ago',
    },
  ])
})

test('whoever is out of time is named in the verdict, with the figure', () => {
  const verdictWith = (sync: PeerSync): string =>
    verdictOf({ others: [{ person: { ...BO, sync } }] })

  expect(verdictWith({ status: 'drifting', errorMs: 45.2 })).toBe('bo: out of time (±46 ms).')
  expect(verdictWith({ status: 'unmeasured' })).toBe('bo: timing cannot be measured.')
  expect(verdictWith({ status: 'syncing' })).toMatch(/^All is well/)
})

test('what is not measured is said to be so', () => {
  const { people } = toReport({ ...WELL, others: [{ person: UNMEASURED }] }, 'x')

  expect(people).toMatchObject([
    { roundTrip: 'not known yet', lost: 'not known yet', clock: 'not known yet', trouble: 'none' },
  ])
})

test('where no direct way holds, the tries are told, and why the last one ended', () => {
  const linkOf = (link: Person['link'], tries: PersonDiagnosis['tries']): string | undefined => {
    const other = { person: { ...BO, link }, ...(tries && { tries }) }
    return toReport({ ...WELL, others: [other] }, 'x').people[0]?.link
  }

  expect(linkOf('relayed', { count: 3, lastEnd: 'timeout' })).toBe(
    'through the server (3 direct tries, the last one got no answer in time)',
  )
  expect(linkOf('connecting', { count: 1 })).toBe('connecting (1 direct try)')
  expect(linkOf('connecting', { count: 0 })).toBe('connecting')
  expect(linkOf('direct', { count: 2, lastEnd: 'closed' })).toBe('connected directly')
})

test('a cut is told with its rule', () => {
  const trouble = { kind: 'cut-off', code: 'too-fast', atMs: NOW_MS - 5000 } as const

  const { people } = toReport({ ...WELL, others: [{ person: BO, trouble }] }, 'x')

  expect(people[0]?.trouble).toBe('disconnected for breaking a rule (too-fast), 5 seconds ago')
})

test('as text it holds everything, a line each, and no id', () => {
  const text = reportText(toReport({ ...WELL, others: [{ person: BO }] }, 'Firefox 140 on Linux'))

  expect(text.split('\n')).toHaveLength(11)
  expect(text).toContain('This browser: Firefox 140 on Linux, sound is on')
  expect(text).toContain('bo: connected directly; round trip 41 ms; lost 2 %')
  expect(text).not.toContain('secret-id-of-bo')
})
