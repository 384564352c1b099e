import { expect, test } from 'vitest'
import { initialTransport, withPlay } from '../clock/tempo-map.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { type Drop, EMPTY_SONG, type Launch, type Song, type TrackId } from '../sequence/song.ts'
import { noteKey } from '../sequence/pattern.ts'
import { note, trackOf } from '../sound/testing/songs.ts'
import { createLaunchDesk } from './launch-desk.ts'

const [BASS, DRUMS] = ['bassbassbass', 'drumdrumdrum'] as [TrackId, TrackId]
const B = new Map([[noteKey(0, 60), note(0, 60)]])

/** Two tracks, of which one has a second pattern, played at 120 from now on: a bar takes two seconds. */
function desk({ plays = true } = {}) {
  const timers = createFakeTimers(10_000)
  const startMs = timers.now()
  const still = initialTransport('one')
  const song = createLive<Song>({
    ...EMPTY_SONG,
    tracks: [
      trackOf([note(0, 60)], { id: BASS, patterns: { a: new Map(), b: B } }),
      trackOf([note(0, 36)], { id: DRUMS }),
    ],
  })
  const made = createLaunchDesk({
    jam: {
      song,
      transport: createLive(plays ? withPlay(still, startMs, 0, 'ana') : still),
      clock: { sessionId: () => 'one', sharedMsAt: (localMs) => localMs },
    },
    verbs: {
      launch(launches: ReadonlyMap<TrackId, Launch>) {
        const tracks = song.read().tracks.map((track) => {
          const launch = launches.get(track.id)
          return launch === undefined ? track : { ...track, launch }
        })
        song.set({ ...song.read(), tracks })
        return undefined
      },
      setDrop(drop: Drop | undefined) {
        const rest = { ...EMPTY_SONG, tracks: song.read().tracks }
        song.set(drop === undefined ? rest : { ...rest, drop })
        return undefined
      },
    },
    timers,
    leads: { changeMs: () => 300 },
  })
  /** As a word: what plays, and from which ms after the beginning on, after what. */
  const launchOf = (id: TrackId): string => {
    const {
      pattern = 'a',
      isOff = false,
      change,
    } = song.read().tracks.find((track) => track.id === id)?.launch ?? {}
    const name = (one: { pattern: string; isOff: boolean }): string =>
      `${one.pattern}${one.isOff ? ' off' : ''}`
    const from = change && ` at ${change.sharedMs - startMs} after ${name(change.before)}`
    return `${name({ pattern, isOff })}${from ?? ''}`
  }
  return { ...made, song, timers, launchOf, startMs }
}

/** Of the bar that begins then, half of the shortest step earlier. */
const bar = (ms: number): number => ms - 15.625

test('[CLK23] a pattern is launched with the next bar that everybody has heard of', () => {
  const { launch, launchOf, timers } = desk()
  timers.advance(100)

  launch(BASS, 'b')

  expect(launchOf(BASS)).toBe(`b at ${bar(2000)} after a`)
  expect(launchOf(DRUMS)).toBe('a')
})

test('[CLK23] so short before a bar that some would not hear of it, it is the one after', () => {
  const { launch, launchOf, timers } = desk()
  timers.advance(1700)

  launch(BASS, 'b')

  expect(launchOf(BASS)).toBe(`b at ${bar(4000)} after a`)
})

test('while the song stands it is at once', () => {
  const { launch, launchOf } = desk({ plays: false })

  launch(BASS, 'b')

  expect(launchOf(BASS)).toBe('b')
})

test('another choice before the bar takes the place of the first, and the playing one calls it off', () => {
  const { launch, launchOf, timers } = desk()
  launch(BASS, 'b')
  timers.advance(500)

  launch(BASS, 'c')
  expect(launchOf(BASS)).toBe(`c at ${bar(2000)} after a`)

  launch(BASS, 'a')
  expect(launchOf(BASS)).toBe('a')
})

test('what is too near to be called off is waited for', () => {
  const { launch, launchOf, timers } = desk()
  launch(BASS, 'b')
  timers.advance(1800)

  launch(BASS, 'c')
  expect(launchOf(BASS)).toBe(`b at ${bar(2000)} after a`)
  timers.advance(200)

  expect(launchOf(BASS)).toBe(`c at ${bar(4000)} after b`)
})

test('a scene launches what has notes in it, and leaves the others playing', () => {
  const { launchScene, launchOf } = desk()

  launchScene('b')

  expect(launchOf(BASS)).toBe(`b at ${bar(2000)} after a`)
  expect(launchOf(DRUMS)).toBe('a')
})

test('a track falls silent and comes in with a bar, and keeps its pattern', () => {
  const { launch, launchOff, launchOf, timers } = desk()
  launch(BASS, 'b')
  timers.advance(2500)

  launchOff(BASS, true)
  expect(launchOf(BASS)).toBe(`b off at ${bar(4000)} after b`)
  timers.advance(2000)
  launchOff(BASS, false)

  expect(launchOf(BASS)).toBe(`b at ${bar(6000)} after b off`)
})

test('alone, and then all again', () => {
  const { launchSolo, launchOf, timers } = desk()

  launchSolo(BASS)
  expect([BASS, DRUMS].map(launchOf)).toEqual(['a', `a off at ${bar(2000)} after a`])
  timers.advance(2500)
  launchSolo(BASS)

  expect(launchOf(DRUMS)).toBe(`a at ${bar(4000)} after a off`)
})

test('[CLK24] a drop is a bar of silence, and once more calls it off while that is not too late', () => {
  const { drop, song, timers, startMs } = desk()
  timers.advance(100)

  drop()
  expect(song.read().drop).toEqual({
    epoch: 'one',
    sharedMs: startMs + bar(2000),
    endMs: startMs + bar(4000),
  })
  drop()
  expect(song.read().drop).toBeUndefined()

  drop()
  timers.advance(1700)
  drop()
  expect(song.read().drop?.sharedMs).toBe(startMs + bar(2000))
})

test('it is told how many beats there are until a moment, while it lies ahead', () => {
  const { beatsUntil, timers, startMs } = desk()
  const moment = { epoch: 'one', sharedMs: startMs + 2000 }

  expect(beatsUntil(moment)).toBe(4)
  timers.advance(1250)
  expect(beatsUntil(moment)).toBe(1.5)
  expect(beatsUntil({ ...moment, epoch: 'two' })).toBeUndefined()
  timers.advance(800)
  expect(beatsUntil(moment)).toBeUndefined()
  expect(desk({ plays: false }).beatsUntil(moment)).toBeUndefined()
})
