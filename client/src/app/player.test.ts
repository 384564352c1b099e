import { expect, test } from 'vitest'
import { initialTransport, withPlay, withTempo } from '../clock/tempo-map.ts'
import { EMPTY_SONG, type Launch } from '../sequence/song.ts'
import type { FrameTempo } from '../sound/engine-types.ts'
import { frameOfBeat } from '../sound/frame-beats.ts'
import { trackOf } from '../sound/testing/songs.ts'
import { HEARD_AFTER_MS } from './fake-speaker.ts'
import { toFrames } from './player.ts'
import { stagePlayer } from './player-stage.ts'

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

/** The beat that a tempo map puts at the loudspeaker now, with the context that many ms behind our clock. */
function beatHeard(tempo: FrameTempo | undefined, nowMs: number, missedMs = 0): number {
  const segment = tempo?.[0]
  if (segment?.playing !== true) throw new Error('the song must play, and stands')
  const frame = (nowMs - missedMs - HEARD_AFTER_MS) * 48
  return segment.beat + (frame - segment.frame) / segment.framesPerBeat
}

test('[CLK13] a motion that is the same is told again every five seconds, not at each reading', () => {
  const { timers, told, play } = stagePlayer()
  play()
  told.length = 0

  timers.advance(11_000)

  expect(told).toHaveLength(2)
})

test('[CLK12] a trim that is set is heard from the next block on', () => {
  const { timers, told, trimMs, play } = stagePlayer()
  play()
  timers.advance(1000)

  trimMs.set(100)

  expect(beatHeard(told.at(-1), timers.now())).toBeCloseTo(2.2, 4)
})

test('[CLK13] the song stands while the audio does, and goes on where it should be', () => {
  const { timers, output, told, play } = stagePlayer()
  play()
  timers.advance(1000)
  const goOn = output.halt(true)
  expect(told.at(-1)).toMatchObject([{ playing: false }])
  timers.sleep(2500)

  goOn()

  expect(beatHeard(told.at(-1), timers.now(), 2500)).toBeCloseTo(7, 4)
})

test('who is out plays nothing', () => {
  const { told, silenced, play } = stagePlayer()
  play()

  silenced.set(true)

  expect(told.at(-1)).toMatchObject([{ playing: false }])
})

test('the engine knows which frame is heard at shared time 0, and hears of it anew only when it moves', () => {
  const { timers, origins } = stagePlayer()

  timers.advance(3000)

  expect(origins.length).toBeGreaterThan(0)
  const moved = origins.slice(1).map((frame, at) => Math.abs(frame - (origins[at] ?? 0)))
  expect(moved.every((frames) => frames >= 100)).toBe(true)
  expect(origins.at(-1)).toBeLessThan(0)
})

test('launches and drops are told in frames, before the song that has them, and again when the frames move', () => {
  const { song, launched, dropped, timers, trimMs } = stagePlayer()
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

test('[TRADE3] who steps back is told when it changes, whatever else does, and by whose the tracks are', () => {
  const { song, stepped } = stagePlayer()
  const trade = { bars: 1, order: ['ana', 'bo'], isSilent: true, beat: 4 } as const
  const anas = trackOf([], { id: 'anasanas', owner: 'ana' })
  expect(stepped).toEqual([])

  song.set({ ...EMPTY_SONG, tracks: [anas], trade })
  song.set({ ...EMPTY_SONG, root: 3, tracks: [anas], trade: { ...trade } })
  expect(stepped).toEqual([
    { beat: 4, end: Infinity, turnBeats: 4, count: 2, gain: 0, turns: [['anasanas', 0]] },
  ])
  song.set({ ...EMPTY_SONG, tracks: [{ ...anas, owner: 'bo' }], trade })
  expect(stepped.at(-1)?.turns).toEqual([['anasanas', 1]])
  song.set(EMPTY_SONG)

  expect(stepped).toHaveLength(3)
  expect(stepped.at(-1)).toBeUndefined()
})
