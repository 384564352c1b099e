import { expect, test } from 'vitest'
import type { TrackId } from '../sequence/song.ts'
import { decodeHand, encodeHand, type HandFrame } from './hand-frame.ts'
import { ANA, BO, createHandsStage, TRACK } from './hands-stage.ts'
import { LIVE_HAND, liveFrame } from './live-kinds.ts'

const FRAME: HandFrame = {
  ...{ number: 3, track: TRACK, sharedMs: 1_700_000_000_000, delayMs: 62.5, bend: -1.5, first: 9 },
  wheel: 0,
  events: [
    { pitch: 60, velocity: 100, sharedMs: 1_700_000_000_000 - 12.5 },
    { pitch: 64, velocity: 0, sharedMs: 1_700_000_000_000 },
  ],
  held: [60, 67],
}

test('[HAND5] a frame is read as it was written, and of any other shape it is none', () => {
  const body = encodeHand(FRAME)

  expect(decodeHand(body)).toEqual(FRAME)
  expect(body.length).toBeLessThan(60)
  for (let length = 0; length < body.length; length++) {
    expect(decodeHand(body.subarray(0, length)), `cut to ${String(length)}`).toBeUndefined()
  }
  expect(decodeHand(Uint8Array.from([...body, 0]))).toBeUndefined()
  const wrong: readonly Partial<HandFrame>[] = [
    { sharedMs: NaN },
    { delayMs: 2001 },
    { bend: 12.5 },
    { wheel: 1.1 },
    { track: 'no track' as TrackId },
    { held: [12] },
    { held: Array.from({ length: 33 }, () => 60) },
    { events: [{ pitch: 60, velocity: 128, sharedMs: FRAME.sharedMs }] },
    { events: Array.from({ length: 9 }, () => ({ pitch: 60, velocity: 1, sharedMs: 0 })) },
  ]
  for (const change of wrong) {
    expect(decodeHand(encodeHand({ ...FRAME, ...change })), JSON.stringify(change)).toBeUndefined()
  }
})

test('[HAND12] the modulation wheel is one byte more, and only while it is turned', () => {
  const turned = { ...FRAME, wheel: 64 / 127 }
  const body = encodeHand(turned)
  expect(decodeHand(body)).toEqual(turned)
  expect(body.subarray(0, -1)).toEqual(encodeHand(FRAME))
  expect(decodeHand(Uint8Array.from([...body, 1]))).toBeUndefined()
})

test('[HAND5] what is no frame is an offence, and what is too much is none', () => {
  const stage = createHandsStage()
  const bo = stage.join(BO)
  const mesh = stage.meshes.join(ANA)
  mesh.broadcast('live', liveFrame(LIVE_HAND, Uint8Array.from([1, 2, 3])))
  stage.pass(10)
  expect(stage.offences).toEqual(['hand-shape'])

  for (let number = 1; number <= 1000; number++) {
    const frame = { ...FRAME, number, first: number, sharedMs: stage.timers.now(), held: [60] }
    const events = [{ pitch: 60, velocity: 100, sharedMs: stage.timers.now() }]
    mesh.broadcast('live', liveFrame(LIVE_HAND, encodeHand({ ...frame, events })))
  }
  stage.pass(10)

  expect(stage.offences).toHaveLength(1)
  expect(bo.heard.filter(({ velocity }) => velocity > 0).length).toBeLessThan(320)
})
