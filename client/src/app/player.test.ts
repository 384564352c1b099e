import { expect, test } from 'vitest'
import { initialTransport, withPlay, withTempo } from '../clock/tempo-map.ts'
import { toFrames } from './player.ts'

/** 48 frames a millisecond, frame 0 at shared time 10,000. */
const frameAt = (sharedMs: number): number => (sharedMs - 10_000) * 48

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

test('a coming tempo begins at its step', () => {
  const playing = withPlay(STILL, 10_000, 0, 'ana')
  const transport = withTempo(playing, 240, 10_600, 0, 'ana')

  expect(toFrames(transport, 10_600, frameAt)?.[1]).toEqual({
    frame: 30_000,
    beat: 1.25,
    framesPerBeat: 12_000,
    playing: true,
  })
})

test('while nothing is known of the audio there is nothing to say', () => {
  expect(toFrames(STILL, 10_000, () => undefined)).toBeUndefined()
})
