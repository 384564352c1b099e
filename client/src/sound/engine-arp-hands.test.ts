import { expect, test } from 'vitest'
import type { Note } from '../sequence/pattern.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { createEngineCore } from './engine-core.ts'
import type { FrameTempo, HandNote } from './engine-types.ts'
import { createSongPatcher } from './song-patch.ts'
import { peakOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const ANA = trackId('anasanas')
const RATE = 48_000
const BLOCK = 128
/** 120 beats a minute. */
const BEAT = 24_000
const PLAYING: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: BEAT, playing: true }]
const ARP: TrackSound = { ...SINE, arp: 'on', arpRate: '1/16', arpGate: 0.3 }
const CHORD = [60, 64, 67]

const press = (beat: number, pitch: number, change: Partial<HandNote> = {}): HandNote => ({
  ...{ hand: 'ana', track: ANA, key: pitch, pitch, velocity: 100, seed: 1 },
  ...{ frame: beat * BEAT, beat },
  ...change,
})
const letGo = (beat: number, pitch: number, change: Partial<HandNote> = {}): HandNote =>
  press(beat, pitch, { velocity: 0, ...change })

/** Four beats of one track, of which a hand plays what it is given. */
function heard(
  notes: readonly Note[],
  hand: readonly HandNote[],
  sound: Partial<TrackSound> = {},
  tempo = PLAYING,
): Float32Array {
  const core = createEngineCore(RATE)
  const patch = createSongPatcher()(
    songOf(trackOf(notes, { id: ANA, sound: { ...ARP, ...sound } })),
  )
  if (patch !== undefined) core.change(patch)
  core.setTempo(tempo)
  for (const stroke of hand) core.playHand(stroke)
  const left = new Float32Array(4 * BEAT)
  for (let frame = 0; frame < left.length; frame += BLOCK) {
    core.process(left.subarray(frame, frame + BLOCK), new Float32Array(BLOCK), frame)
  }
  return left
}

/** The first frame that differs; -1 for none. */
const differs = (one: Float32Array, other: Float32Array): number =>
  one.findIndex((sample, at) => !Object.is(sample, other[at]))

const held = CHORD.map((pitch) => press(0, pitch))
const written = CHORD.map((pitch) => note(0, pitch, 100, 16))

test('[HAND11] an arpeggiator plays what a hand holds as it plays what is written, whoever holds which key', () => {
  const byOne = heard([], held)
  expect(peakOf(byOne)).toBeGreaterThan(0.05)
  expect(differs(byOne, heard(written, []))).toBe(-1)
  const byTwo = held.map((stroke, at) => (at === 1 ? { ...stroke, hand: 'bo' } : stroke))
  expect(differs(heard([], byTwo), byOne)).toBe(-1)
})

test('[HAND11] what is held goes before the loop, and the loop comes back when it is let go', () => {
  const loop = [note(0, 72, 100, 16)]
  const hand = [press(1, 60), letGo(2, 60)]
  const plays = heard(loop, hand, { arpPattern: 'up' })
  const [loopAlone, inOne] = [heard(loop, []), heard([note(4, 60, 100, 4)], [])]

  expect(differs(plays.subarray(0, BEAT), loopAlone.subarray(0, BEAT))).toBe(-1)
  expect(differs(plays.subarray(BEAT, 2 * BEAT), inOne.subarray(BEAT, 2 * BEAT))).toBe(-1)
  expect(differs(plays.subarray(2.5 * BEAT), loopAlone.subarray(2.5 * BEAT))).toBe(-1)
})

test('[HAND11] it begins anew with the newest key, by the beat on which that was to be heard, however late it came', () => {
  const hand = [press(1, 60), press(1, 64), press(1.3, 67)]
  const late = hand.map((stroke) => ({ ...stroke, frame: stroke.frame + 4000 }))
  const onTime = heard([], hand)

  expect(differs(heard([], late).subarray(2 * BEAT), onTime.subarray(2 * BEAT))).toBe(-1)
  expect(onTime.subarray(2 * BEAT), 'not as if all were there from the first').not.toEqual(
    heard([], [press(1, 60), press(1, 64), press(1, 67)]).subarray(2 * BEAT),
  )
})

test('[HAND11] a key that is pressed just after a step waits for the next', () => {
  const plays = heard([], [press(1.001, 60)])
  expect(differs(plays.subarray(0, 1.25 * BEAT), new Float32Array(1.25 * BEAT))).toBe(-1)
  expect(peakOf(plays.subarray(1.25 * BEAT))).toBeGreaterThan(0.05)
})

test('[HAND11] with hold it goes on until the next key or the next note of the loop, without it ends', () => {
  const short = [
    ...CHORD.map((pitch) => press(0, pitch)),
    ...CHORD.map((pitch) => letGo(0.5, pitch)),
  ]
  const quiet = heard([], short)
  expect(peakOf(quiet.subarray(BEAT))).toBeLessThan(1e-4)

  const goesOn = heard([], short, { arpHold: 'on' })
  expect(differs(goesOn, heard([], held, { arpHold: 'on' }))).toBe(-1)
  const next = heard([], [...short, press(2, 72)], { arpHold: 'on' })
  expect(
    differs(
      next.subarray(2 * BEAT, 3 * BEAT),
      heard([note(8, 72, 100, 8)], []).subarray(2 * BEAT, 3 * BEAT),
    ),
  ).toBe(-1)
  const loop = [note(8, 72, 100, 8)]
  const byLoop = heard(loop, short, { arpHold: 'on' })
  expect(differs(byLoop.subarray(BEAT, 2 * BEAT), goesOn.subarray(BEAT, 2 * BEAT))).toBe(-1)
  expect(
    differs(byLoop.subarray(2 * BEAT, 3 * BEAT), heard(loop, []).subarray(2 * BEAT, 3 * BEAT)),
  ).toBe(-1)
})

test('[HAND11] while the song stands, or counts in, its keys sound as they are pressed', () => {
  const standing: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: BEAT, playing: false }]
  const keys = [press(0, 60, { beat: undefined }), letGo(2, 60, { beat: undefined })]

  const plays = heard([], keys, {}, standing)
  expect(peakOf(plays.subarray(BEAT, 2 * BEAT))).toBeGreaterThan(0.05)
  expect(differs(plays, heard([], keys, { arp: 'off' }, standing))).toBe(-1)
})

test('[HAND11] what is down when the song stops is down when it begins again; panic forgets it', () => {
  const core = createEngineCore(RATE)
  const patch = createSongPatcher()(songOf(trackOf([], { id: ANA, sound: ARP })))
  if (patch !== undefined) core.change(patch)
  const run = (from: number, beats: number, playing: boolean): Float32Array => {
    core.setTempo([{ frame: from, beat: 0, framesPerBeat: BEAT, playing }])
    const left = new Float32Array(beats * BEAT)
    for (let at = 0; at < left.length; at += BLOCK) {
      core.process(left.subarray(at, at + BLOCK), new Float32Array(BLOCK), from + at)
    }
    return left
  }
  run(0, 2, true)
  core.playHand(press(2, 60))
  expect(peakOf(run(2 * BEAT, 1, true))).toBeLessThan(1e-4)
  run(3 * BEAT, 2, true)
  run(5 * BEAT, 1, false)
  expect(peakOf(run(6 * BEAT, 1, true))).toBeGreaterThan(0.05)
  core.panic()
  expect(peakOf(run(7 * BEAT, 2, true).subarray(BEAT))).toBeLessThan(1e-4)
})
