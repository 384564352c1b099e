import { expect, test } from 'vitest'
import type { Connection, SoundState, Writable } from '../../app/session-types.ts'
import { bannersFor } from './banners.ts'

const WELL: Connection = { status: 'in-room' }
const RUNNING: SoundState = { status: 'running' }

test('when all is well there is nothing to tell', () => {
  expect(bannersFor(WELL, RUNNING, 'yes')).toEqual([])
  expect(bannersFor({ status: 'joining' }, { status: 'locked' }, 'yes')).toEqual([])
})

test.each<[Connection, RegExp, string | undefined]>([
  [
    { status: 'server-away', links: 2 },
    /server is away\. You keep playing with 2 people/,
    undefined,
  ],
  [{ status: 'server-away', links: 1 }, /with 1 person/, undefined],
  [{ status: 'server-away', links: 0 }, /You keep playing alone/, undefined],
  [
    { status: 'server-away', links: 0, offline: true },
    /^You are offline\. You play alone/,
    undefined,
  ],
  [{ status: 'server-away', links: 1, offline: true }, /with 1 person/, undefined],
  [
    { status: 'server-away', links: 0, lack: 'address-full' },
    /people of your network.*playing alone.*tries again/,
    undefined,
  ],
  [
    { status: 'server-away', links: 2, lack: 'busy' },
    /more to do than it can.*with 2 people.*tries again/,
    undefined,
  ],
  [{ status: 'room-full', cap: 20 }, /seats 20 people/, 'Try again'],
  [{ status: 'replaced' }, /Another tab of yours took your seat/, 'Jam here instead'],
  [{ status: 'idle', timeoutMs: 300_000 }, /for 5 minutes/, 'Come back'],
  [{ status: 'idle', timeoutMs: 60_000 }, /for 1 minute:/, 'Come back'],
  [{ status: 'idle', timeoutMs: 2000 }, /for 2 seconds/, 'Come back'],
  [{ status: 'outdated' }, /too old/, 'Reload'],
  [{ status: 'knocking' }, /You knocked/, undefined],
  [{ status: 'locked' }, /This jam is locked/, 'Try again'],
  [{ status: 'not-let-in' }, /Nobody let you in/, 'Knock again'],
  [{ status: 'removed' }, /took you out/, undefined],
  [{ status: 'moved' }, /has moved.*new link/, undefined],
])('%o is told in words, with its way back', (connection, words, label) => {
  const [banner, ...rest] = bannersFor(connection, RUNNING, 'yes')

  expect(rest).toEqual([])
  expect(banner?.text).toMatch(words)
  expect(banner?.remedy?.label).toBe(label)
})

test.each<[SoundState, RegExp]>([
  [{ status: 'interrupted' }, /took the loudspeaker/],
  [{ status: 'unsupported', insecure: true }, /plain http.*HTTPS=self/],
  [{ status: 'unsupported', insecure: false }, /too old/],
  [{ status: 'failed', reason: 'no loudspeaker.' }, /no loudspeaker\./],
])('%o is told in words', (sound, words) => {
  expect(bannersFor(WELL, sound, 'yes').map(({ text }) => text)).toEqual([
    expect.stringMatching(words),
  ])
})

test.each<[Writable, RegExp, string | undefined]>([
  ['newer-song', /newer Beatcord/, 'reload'],
  ['nearly-full', /getting large. Save it/, undefined],
  ['two-songs', /Two songs.*Each of you keeps your own/, undefined],
  ['full', /as large as it can get/, undefined],
])('a song that is %s is told of', (writable, words, act) => {
  const [banner] = bannersFor(WELL, RUNNING, writable)

  expect(banner?.text).toMatch(words)
  expect(banner?.remedy?.act).toBe(act)
})

test('several troubles are all told, the connection first', () => {
  const keys = bannersFor({ status: 'replaced' }, { status: 'interrupted' }, 'full')

  expect(keys.map(({ key }) => key)).toEqual(['replaced', 'interrupted', 'full'])
})

test('a copy that was put aside can be saved or forgotten', () => {
  const [banner, ...rest] = bannersFor(WELL, RUNNING, 'yes', true)

  expect(rest).toEqual([])
  expect(banner?.text).toMatch(/yours was put aside/)
  expect([banner?.remedy?.act, banner?.other?.act]).toEqual(['save-aside', 'forget-aside'])
})

test.each([
  [1, /busy, so you hear fewer unison voices\. The others hear it all/],
  [2, /no chorus and no reverb\./],
  [3, /fewer voices of the others’ tracks\./],
] as const)('what a busy device gives up at step %i is told', (ease, words) => {
  const [banner, ...rest] = bannersFor(WELL, RUNNING, 'yes', false, ease)

  expect(rest).toEqual([])
  expect(banner).toMatchObject({ tone: 'calm', text: expect.stringMatching(words) })
})
