import { expect, test } from 'vitest'
import { initialTransport, withPlay, withTempo } from '../clock/tempo-map.ts'
import { frameOfBeat } from '../sound/frame-tempo.ts'
import { toFrames } from './player.ts'

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
