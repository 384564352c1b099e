import fc from 'fast-check'
import { expect, test } from 'vitest'
import { initialTransport, timeAt, withPlay, withTempo } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import type { Song } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import type { ClickSettings, FrameTempo } from './engine-types.ts'
import { toFrameTempo } from './frame-tempo.ts'
import { createSongPatcher } from './song-patch.ts'
import { isSilent, onsetsIn, peakOf, strengthOf } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackId, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const BLOCK = 128
const BOTH: ClickSettings = { metronome: true, countIn: true, level: 1 }
const NONE: ClickSettings = { metronome: false, countIn: false, level: 1 }
const line = { framesPerMs: 48, frameAt: (sharedMs: number) => sharedMs * 48 }
/** Plays from beat 0 at 2.1 s; the bar before it begins at 0.1 s. */
const counted = withPlay(initialTransport('one'), 0, 100, 'ana', 4)

function device(click: ClickSettings, song?: Song) {
  const core = createEngineCore(SAMPLE_RATE)
  const patch = song === undefined ? undefined : createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setClick(click)
  let frame = 0
  return {
    ...core,
    run(seconds: number): Float32Array {
      const left = new Float32Array(Math.ceil((seconds * SAMPLE_RATE) / BLOCK) * BLOCK)
      for (let at = 0; at < left.length; at += BLOCK, frame += BLOCK) {
        core.process(left.subarray(at, at + BLOCK), new Float32Array(BLOCK), frame)
      }
      return left
    },
  }
}

function heard(click: ClickSettings, transport: Transport, seconds: number, song?: Song) {
  const one = device(click, song)
  one.setTempo(toFrameTempo(transport, line))
  return one.run(seconds)
}

const beats = (transport: Transport, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, n) =>
    Math.round(line.frameAt(timeAt(transport, from + n) ?? NaN)),
  )

test('the metronome clicks on the exact sample of each beat', () => {
  fc.assert(
    fc.property(fc.double({ min: 40, max: 240, noNaN: true }), (bpm) => {
      const transport = playingAt(bpm)
      // What lies before the engine's look-ahead has been played already.
      const onsets = onsetsIn(heard({ ...BOTH, level: 0.5 }, transport, 3)).slice(0, 3)

      expect(onsets).toEqual(beats(transport, onsets[0] === 0 ? 0 : 1, 9).slice(0, onsets.length))
    }),
    { numRuns: 8 },
  )
})

test('[CLK20] the metronome follows a glide to the sample', () => {
  const transport = withTempo(playingAt(120), 60, 600, 300, 'bo', { glideBeats: 8 })

  const onsets = onsetsIn(heard(BOTH, transport, 8))

  expect(onsets.slice(-10)).toEqual(
    beats(transport, 0, 40)
      .slice(0, onsets.length + 1)
      .slice(-10),
  )
})

test('the first of four beats is higher and louder', () => {
  const sound = heard(BOTH, counted, 2.2)

  const at = (beat: number, hertz: number): number => {
    const from = 4800 + beat * 24_000
    return strengthOf(sound, hertz, SAMPLE_RATE, from, from + 960)
  }
  expect(at(0, 1500)).toBeGreaterThan(3 * at(0, 1000))
  expect(at(1, 1000)).toBeGreaterThan(3 * at(1, 1500))
  expect(peakOf(sound, 4800, 6000)).toBeGreaterThan(peakOf(sound, 28_800, 30_000))
})

test('[CLK22] four clicks count in who wants it, and nobody else', () => {
  const four = beats(counted, -4, 0)

  expect(onsetsIn(heard({ ...NONE, countIn: true }, counted, 4))).toEqual(four)
  expect(onsetsIn(heard({ ...NONE, metronome: true }, counted, 4))).toEqual(beats(counted, -4, 4))
  expect(isSilent(heard(NONE, counted, 4))).toBe(true)
})

test('[CLK22] nothing of the song sounds before beat 0', () => {
  const song = songOf(trackOf(Array.from({ length: 16 }, (_, step) => note(step, 84))))

  expect(onsetsIn(heard(NONE, counted, 3, song))[0]).toBe(100_800)
})

test('a song that stands does not click, and the next start clicks from its own beat on', () => {
  const one = device(BOTH)
  one.setTempo([{ frame: 480, beat: 0, framesPerBeat: 24_000, playing: true }])
  one.run(0.1)
  const stands = { frame: 4800, beat: 0.18, framesPerBeat: 24_000, playing: false }
  one.setTempo([stands])
  expect(isSilent(one.run(1).subarray(400))).toBe(true)

  one.setTempo([stands, { frame: 60_000, beat: 0, framesPerBeat: 24_000, playing: true }])
  const again = onsetsIn(one.run(1.2))

  // What was run before: 0.1 s and 1 s in whole blocks.
  expect(again.map((frame) => frame + 4864 + 48_000)).toEqual([60_000, 84_000, 108_000])
})

test('a map that is corrected a little, four times a second, repeats no click and loses none', () => {
  const correction = fc.double({ min: -0.02, max: 0.02, noNaN: true })
  fc.assert(
    fc.property(fc.array(correction, { minLength: 12, maxLength: 20 }), (corrections) => {
      const one = device(BOTH)
      const sound: number[] = []
      let frame = 0
      let beat = 0.5
      for (const by of corrections) {
        const tempo: FrameTempo = [{ frame, beat, framesPerBeat: 24_000, playing: true }]
        one.setTempo(tempo)
        const heardNow = one.run(0.25)
        sound.push(...heardNow)
        frame += heardNow.length
        beat += heardNow.length / 24_000 + by
      }

      const onsets = onsetsIn(Float32Array.from(sound))
      expect(Math.abs(onsets.length - Math.floor(beat))).toBeLessThanOrEqual(1)
      for (const [index, onset] of onsets.slice(1).entries()) {
        expect(Math.abs(onset - (onsets[index] ?? 0) - 24_000)).toBeLessThan(3000)
      }
    }),
    { numRuns: 6 },
  )
})

test('the loudest click over a loud song stays under the ceiling', () => {
  const loud = trackOf(
    Array.from({ length: 16 }, (_, step) => note(step, 48, 127, 1)),
    { sound: { ...CLICK, sustain: 1, volume: 1 } },
  )
  const four = ['ana', 'bo', 'cy', 'dee'].map((id) => ({ ...loud, id: trackId(id) }))

  const sound = heard(BOTH, playingAt(120), 3, songOf(...four))

  expect(peakOf(sound)).toBeLessThanOrEqual(Math.fround(0.97))
  expect(peakOf(sound)).toBeGreaterThan(0.5)
})

test('the click has a loudness of its own', () => {
  const quiet = heard({ ...BOTH, level: 0.25 }, counted, 1)

  expect(peakOf(quiet) / peakOf(heard(BOTH, counted, 1))).toBeCloseTo(0.25, 2)
  expect(isSilent(heard({ ...BOTH, level: 0 }, counted, 1))).toBe(true)
})
