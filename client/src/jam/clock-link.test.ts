import { expect, test } from 'vitest'
import type { Beacon } from '../clock/beacon.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import type { ClockFrame, SentClockFrame } from './clock-frames.ts'
import { type ClockLink, createClockLink } from './clock-link.ts'

const BEACON: Beacon = {
  sessionId: 'aa',
  bornAtMs: 0,
  localMs: 0,
  sharedMs: 0,
  rate: 0,
  slew: 0,
  leantMs: 0,
  isSettled: true,
  members: 2,
}
/** Their clock is so far ahead. */
const OFFSET_MS = 7000

interface Said {
  readonly frame: ClockFrame
  readonly atMs: number
}

interface Stage {
  readonly link: ClockLink
  readonly said: Said[]
  /** Lets time pass, and takes what was said until then. */
  readonly pass: (ms: number) => readonly Said[]
  readonly now: () => number
}

function stage({ asksFirst = true, slowness = 1 } = {}): Stage {
  const timers = createFakeTimers()
  const said: Said[] = []
  let draws = 0
  const link = createClockLink({
    timers,
    random: () => (draws = (draws + 0.37) % 1),
    send: (frame) => said.push({ frame, atMs: timers.now() }),
    beaconNow: () => BEACON,
    pauseMs: () => 1000,
    asksFirst,
    slowness: () => slowness,
  })
  return {
    link,
    said,
    now: timers.now,
    pass(ms) {
      timers.advance(ms)
      return said.splice(0)
    },
  }
}

/** What they answer to a ping that took 5 ms to them. */
const pong = ({ frame, atMs }: Said, beacon = BEACON): SentClockFrame => ({
  kind: 'pong',
  nonce: frame.nonce,
  sentMs: atMs + 5 + OFFSET_MS,
  echoMs: atMs,
  receivedMs: atMs + 5 + OFFSET_MS,
  beacon,
})

function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1)
  if (last === undefined) throw new Error('there must be one')
  return last
}

test('it asks often at first, then ever more seldom', () => {
  const { pass } = stage()

  expect(pass(450)).toHaveLength(10)
  const settling = pass(7500).length
  expect(settling).toBeGreaterThan(28)
  expect(settling).toBeLessThan(32)
  expect(pass(60_000).length).toBeLessThan(76)
})

/** Answers one ping, and so tells whether they have the time. */
function answerOne({ link, pass }: Stage, isSettled: boolean): void {
  const ping = lastOf(pass(0))
  link.take(pong(ping, { ...BEACON, isSettled }), ping.atMs + 10)
}

test.each([
  [true, 3],
  [false, 10],
])('where the other has the time is %o it asks %i times in half a second', (isSettled, times) => {
  const made = stage()
  answerOne(made, isSettled)

  const asked = 1 + made.pass(499).filter(({ frame }) => frame.kind === 'ping').length

  expect(asked).toBe(times)
})

test('in a large room whose people have the time it soon asks seldom', () => {
  const made = stage({ slowness: 2 })
  answerOne(made, true)
  made.pass(6000)

  expect(made.pass(30_000).length).toBeLessThan(38)
})

test('the end that does not ask first asks seldom from the beginning', () => {
  const { pass } = stage({ asksFirst: false })

  expect(pass(5000).length).toBeLessThan(8)
})

test('[CLK1] an answer tells the offset, and is answered so that both ends know', () => {
  const { link, pass, now, said } = stage()
  for (let asked = 0; asked < 8; asked++) {
    const ping = lastOf(pass(300))

    expect(link.take(pong(ping), ping.atMs + 10)).toBe(true)

    expect(said.map(({ frame }) => frame)).toEqual([
      {
        kind: 'fin',
        nonce: ping.frame.nonce,
        echoMs: ping.atMs + 5 + OFFSET_MS,
        receivedMs: ping.atMs + 10,
        beacon: BEACON,
      },
    ])
  }

  expect(link.neighbour(now())?.offsetMs).toBeCloseTo(OFFSET_MS, 6)
  expect(link.neighbour(now())?.rttMs).toBeCloseTo(10, 6)
})

test('[CLK1] the answer to our answer tells the offset as well', () => {
  const { link, pass, now, said } = stage()
  for (let asked = 0; asked < 8; asked++) {
    pass(300)
    const theirMs = now() - 5 + OFFSET_MS
    link.take({ kind: 'ping', nonce: asked, sentMs: theirMs }, now())
    expect(said.at(-1)?.frame).toMatchObject({ kind: 'pong', nonce: asked, echoMs: theirMs })
    const fin = {
      kind: 'fin',
      nonce: asked,
      sentMs: theirMs + 11,
      echoMs: now(),
      receivedMs: now() + 5 + OFFSET_MS,
      beacon: BEACON,
    } as const
    expect(link.take(fin, now() + 10)).toBe(true)
  }

  expect(link.neighbour(now())?.offsetMs).toBeCloseTo(OFFSET_MS, 6)
})

test.each([
  { what: 'to nothing that was asked', change: { nonce: 99 } },
  { what: 'with an echo of before it was asked', change: { echoMs: 900 } },
  { what: 'with an echo of a moment to come', change: { echoMs: 9000 } },
])('[CLK1] an answer $what counts for nothing', ({ change }) => {
  const { link, pass, now } = stage()
  const ping = lastOf(pass(40))

  expect(link.take({ ...pong(ping), ...change }, now())).toBe(false)
  expect(link.beacon()).toBeUndefined()
})

test('[CLK1] an answer counts once', () => {
  const { link, pass, now } = stage()
  const ping = lastOf(pass(10))

  expect(link.take(pong(ping), now())).toBe(true)
  expect(link.take(pong(ping), now())).toBe(false)
})

test('what nobody answers is lost, and old words count no more', () => {
  const { link, pass, now } = stage()
  for (const ping of pass(400)) link.take(pong(ping), ping.atMs + 10)
  expect(link.loss()).toBe(0)
  expect(link.neighbour(now())).toBeDefined()

  pass(20_000)

  expect(link.loss()).toBeGreaterThan(0.5)
  expect(link.neighbour(now())).toBeUndefined()
})

test('once closed it asks no more', () => {
  const { link, pass } = stage()
  pass(100)

  link.close()

  expect(pass(10_000)).toEqual([])
})
