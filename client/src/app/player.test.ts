import { expect, test } from 'vitest'
import { initialTransport, withPlay, withTempo } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { EMPTY_SONG, type Launch, type Song } from '../sequence/song.ts'
import type { FrameDrop } from '../sound/dsp/drop-gate.ts'
import type { Engine, FrameComing, FrameTempo } from '../sound/engine-types.ts'
import type { FrameLaunches } from '../sound/frame-launches.ts'
import { frameOfBeat } from '../sound/frame-tempo.ts'
import { trackOf } from '../sound/testing/songs.ts'
import { createFakeSpeaker, HEARD_AFTER_MS } from './fake-speaker.ts'
import { type ComingSong, createPlayer, toFrames } from './player.ts'
import { createSpeakerClock } from './speaker-clock.ts'

/** 48 frames a millisecond, frame 0 at shared time 10,000. */
const frameAt = (sharedMs: number): number => (sharedMs - 10_000) * 48

const NOWHERE = { frame: 0, beat: 0, framesPerBeat: 1, playing: false }
const STILL = initialTransport('now')

test('a song that stands is a segment that stands', () => {
  expect(toFrames(STILL, 10_000, frameAt)).toEqual([
    { frame: 0, beat: 0, framesPerBeat: 24_000, playing: false },
  ])
})

test('a start that lies ahead is a second segment at its own frame', () => {
  const transport = withPlay(STILL, 10_000, 250, 'ana')

  expect(toFrames(transport, 10_000, frameAt)?.[1]).toEqual({
    frame: 12_000,
    beat: 0,
    framesPerBeat: 24_000,
    playing: true,
  })
})

test('a song that plays is written down at the present', () => {
  const transport = withPlay(STILL, 10_000, 0, 'ana')

  expect(toFrames(transport, 12_250, frameAt)).toEqual([
    { frame: 108_000, beat: 4.5, framesPerBeat: 24_000, playing: true },
  ])
})

test('a coming tempo begins at its beat', () => {
  const playing = withPlay(STILL, 10_000, 0, 'ana')
  const transport = withTempo(playing, 240, 10_600, 0, 'ana')

  expect(toFrames(transport, 10_600, frameAt)?.[1]).toEqual({
    frame: 48_000,
    beat: 2,
    framesPerBeat: 12_000,
    playing: true,
  })
})

test('[CLK20] within a glide what is left of it is written down', () => {
  const playing = withPlay(STILL, 10_000, 0, 'ana')
  // From beat 2 at 11,000 on: from 120 to 60 over 9 beats, which take 6 s.
  const transport = withTempo(playing, 60, 10_600, 0, 'ana', { glideBeats: 9 })

  const [early] = toFrames(transport, 11_000, frameAt) ?? []
  const [late] = toFrames(transport, 14_000, frameAt) ?? []
  const [after] = toFrames(transport, 17_500, frameAt) ?? []

  expect(late).toMatchObject({ beat: 7.25, glide: { beats: 3.75 } })
  expect(late?.framesPerBeat).toBeCloseTo(32_000, 6)
  expect(late?.glide?.framesPerBeat).toBeCloseTo(48_000, 6)
  expect(after).toEqual({ frame: 360_000, beat: 11.5, framesPerBeat: 48_000, playing: true })
  for (const beat of [7.5, 9, 11, 12]) {
    expect(frameOfBeat(early ?? NOWHERE, beat)).toBe(frameOfBeat(late ?? NOWHERE, beat))
  }
})

test('while nothing is known of the audio there is nothing to say', () => {
  expect(toFrames(STILL, 10_000, () => undefined)).toBeUndefined()
})

/** Shared time is ours; the engine only writes down what it is told. */
function stage() {
  const timers = createFakeTimers(5000)
  const output = createFakeSpeaker(timers)
  const told: FrameTempo[] = []
  const engine = {
    setSong: (next: Song) => heard.push(next),
    setComing: (next: FrameComing | undefined) => heard.push(next?.frame ?? 'none comes'),
    takeComing: () => heard.push('it came'),
    setSteps: () => undefined,
    setLaunches: (launches: FrameLaunches) => launched.push(launches),
    setDrop: (drop: FrameDrop | undefined) => dropped.push(drop),
    setOrigin: (frame: number) => origins.push(frame),
    setTempo: (tempo: FrameTempo) => told.push(tempo),
  }
  const heard: (Song | number | string)[] = []
  const origins: number[] = []
  const launched: FrameLaunches[] = []
  const dropped: (FrameDrop | undefined)[] = []
  const transport = createLive<Transport>(STILL)
  const silenced = createLive(false)
  const clock = {
    localMsAt: (sharedMs: number) => sharedMs,
    sharedMsAt: (localMs: number) => localMs,
    sessionId: () => 'one',
    onChange: () => () => undefined,
  }
  const wakes = { onWake: () => () => undefined }
  const trimMs = createLive(0)
  const speaker = createSpeakerClock({ clock, output, timers, wakes, trimMs })
  const song = createLive<Song>(EMPTY_SONG)
  const coming = createLive<ComingSong | undefined>(undefined)
  const player = createPlayer({
    song,
    jam: { transport, clock },
    output: { engine: createLive<Engine | undefined>(engine as unknown as Engine) },
    speaker,
    timers,
    silenced,
    coming,
  })
  const play = (): void => transport.set(withPlay(STILL, timers.now(), 0, 'ana'))
  return {
    song,
    coming,
    heard,
    launched,
    dropped,
    timers,
    output,
    told,
    origins,
    silenced,
    trimMs,
    player,
    play,
  }
}

/** The beat that a tempo map puts at the loudspeaker now, with the context that many ms behind our clock. */
function beatHeard(tempo: FrameTempo | undefined, nowMs: number, missedMs = 0): number {
  const segment = tempo?.[0]
  if (segment?.playing !== true) throw new Error('the song must play, and stands')
  const frame = (nowMs - missedMs - HEARD_AFTER_MS) * 48
  return segment.beat + (frame - segment.frame) / segment.framesPerBeat
}

test('[CLK13] a motion that is the same is told again every five seconds, not at each reading', () => {
  const { timers, told, play } = stage()
  play()
  told.length = 0

  timers.advance(11_000)

  expect(told).toHaveLength(2)
})

test('[CLK12] a trim that is set is heard from the next block on', () => {
  const { timers, told, trimMs, play } = stage()
  play()
  timers.advance(1000)

  trimMs.set(100)

  expect(beatHeard(told.at(-1), timers.now())).toBeCloseTo(2.2, 4)
})

test('[CLK13] the song stands while the audio does, and goes on where it should be', () => {
  const { timers, output, told, play } = stage()
  play()
  timers.advance(1000)
  const goOn = output.halt(true)
  expect(told.at(-1)).toMatchObject([{ playing: false }])
  timers.sleep(2500)

  goOn()

  expect(beatHeard(told.at(-1), timers.now(), 2500)).toBeCloseTo(7, 4)
})

test('who is out plays nothing', () => {
  const { told, silenced, play } = stage()
  play()

  silenced.set(true)

  expect(told.at(-1)).toMatchObject([{ playing: false }])
})

test('the engine knows which frame is heard at shared time 0, and hears of it anew only when it moves', () => {
  const { timers, origins } = stage()

  timers.advance(3000)

  expect(origins.length).toBeGreaterThan(0)
  const moved = origins.slice(1).map((frame, at) => Math.abs(frame - (origins[at] ?? 0)))
  expect(moved.every((frames) => frames >= 100)).toBe(true)
  expect(origins.at(-1)).toBeLessThan(0)
})

test('launches and drops are told in frames, before the song that has them, and again when the frames move', () => {
  const { song, launched, dropped, timers, trimMs } = stage()
  const sharedMs = timers.now() + 500
  const change = { before: { pattern: 'a', isOff: false }, epoch: 'one', sharedMs } as const
  const launch: Launch = { pattern: 'b', isOff: false, change }
  const track = trackOf([], { launch })
  song.set({ ...EMPTY_SONG, tracks: [track] })
  song.set({
    ...EMPTY_SONG,
    tracks: [track],
    drop: { epoch: 'one', sharedMs, endMs: sharedMs + 2000 },
  })

  const frame = (sharedMs - HEARD_AFTER_MS) * 48
  expect(launched.at(-1)?.get(track.id)).toBeCloseTo(frame, 0)
  expect(dropped.at(-1)?.from).toBeCloseTo(frame, 0)
  expect(dropped.at(-1)?.to).toBeCloseTo(frame + 96_000, 0)
  expect([launched.length, dropped.length]).toEqual([2, 1])

  trimMs.set(100)
  expect(launched.at(-1)?.get(track.id)).toBeCloseTo(frame - 4800, 0)

  // In another session all of it has passed.
  song.set({
    ...EMPTY_SONG,
    tracks: [{ ...track, launch: { ...launch, change: { ...change, epoch: 'two' } } }],
  })
  expect(launched.at(-1)?.size).toBe(0)
  expect(dropped.at(-1)).toBeUndefined()
})

test('[CLK25] of a song that comes the engine is told ahead, and of nothing else until it has come', () => {
  const { song, coming, heard, timers } = stage()
  const riff = { ...EMPTY_SONG, root: 5 } as const
  const edited = { ...EMPTY_SONG, root: 1 } as const
  const moment = { epoch: 'one', sharedMs: timers.now() + 1000 }
  heard.length = 0

  coming.set({ song: riff, moment })
  song.set(edited)
  timers.advance(990)
  song.set({ ...EMPTY_SONG, root: 2 })
  timers.advance(300)
  song.set(riff)
  coming.set(undefined)

  expect(heard.filter((each) => typeof each !== 'number')).toEqual([edited, 'it came', riff])
  expect(heard[0]).toBe((6000 - HEARD_AFTER_MS) * 48)
})

test('[CLK25] one that is called off in time, or of another session, changes nothing', () => {
  const { coming, heard, timers } = stage()
  heard.length = 0

  coming.set({ song: EMPTY_SONG, moment: { epoch: 'one', sharedMs: timers.now() + 1000 } })
  coming.set(undefined)
  coming.set({ song: EMPTY_SONG, moment: { epoch: 'two', sharedMs: timers.now() - 1000 } })

  expect(heard.slice(1)).toEqual(['none comes', EMPTY_SONG, 'none comes'])
})
