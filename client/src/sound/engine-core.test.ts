import { expect, test } from 'vitest'
import type { Song } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import type { FrameTempo } from './engine-types.ts'
import { createSongPatcher } from './song-patch.ts'
import { isSilent, loudnessOf, onsetsIn, peakOf } from './testing/listen.ts'
import { CLICK, note, songOf, trackId, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
/** A step of a sixteenth lasts 6000 frames. */
const PLAYING: FrameTempo = [{ frame: 128, beat: 0, framesPerBeat: 24_000, playing: true }]
const STANDING: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: 24_000, playing: false }]
const PAD = { ...CLICK, sustain: 1, releaseSeconds: 0.01 }

function engine(first?: Song) {
  const core = createEngineCore(SAMPLE_RATE)
  const patchTo = createSongPatcher()
  let frame = 0
  const setSong = (song: Song): void => {
    const patch = patchTo(song)
    if (patch !== undefined) core.change(patch)
  }
  if (first !== undefined) setSong(first)
  return {
    ...core,
    setSong,
    /** Goes on for at least so many frames and hands back what sounded. */
    run(frames: number, block = 128): Float32Array {
      const count = Math.ceil(frames / block) * block
      const left = new Float32Array(count)
      for (let at = 0; at < count; at += block) {
        core.process(left.subarray(at, at + block), new Float32Array(block), frame)
        frame += block
      }
      return left
    },
  }
}

test('a note that is written is heard from the next step on', () => {
  const sound = engine(songOf(trackOf([])))
  sound.setTempo(PLAYING)
  sound.run(5888)

  sound.setSong(songOf(trackOf([note(1, 84)])))
  const after = sound.run(512)

  expect(onsetsIn(after)).toEqual([128 + 6000 - 5888])
})

test('a note that is taken away is not heard at the next step', () => {
  const sound = engine(songOf(trackOf([note(1, 84)])))
  sound.setTempo(PLAYING)
  sound.run(6000)

  sound.setSong(songOf(trackOf([])))

  expect(isSilent(sound.run(6000))).toBe(true)
})

test('the loop comes round', () => {
  const sound = engine(songOf(trackOf([note(0, 84)])))
  sound.setSteps({ count: 8 })
  sound.setTempo(PLAYING)

  expect(onsetsIn(sound.run(100_000))).toEqual([128, 128 + 48_000, 128 + 96_000])
})

test('a track that is removed falls silent in its release time', () => {
  const sound = engine(songOf(trackOf([note(0, 60, 100, 16)], { sound: PAD })))
  sound.setTempo(PLAYING)
  sound.run(6000)

  sound.setSong(songOf())
  const after = sound.run(6000)

  expect(peakOf(after, 100, 300)).toBeGreaterThan(0)
  expect(isSilent(after, 480 + 128, 6000)).toBe(true)
})

test('what is left of a removed track sounds on while other tracks change', () => {
  const pad = trackOf([note(0, 60, 100, 16)], { id: 'bo', sound: { ...PAD, releaseSeconds: 1 } })
  const sound = engine(songOf(pad))
  sound.setTempo(PLAYING)
  sound.run(6000)

  sound.setSong(songOf())
  sound.setSong(songOf(trackOf([])))

  expect(peakOf(sound.run(2000), 1000)).toBeGreaterThan(0.01)
})

test('a stop is heard at its frame', () => {
  const sound = engine(songOf(trackOf([note(0, 60, 100, 16)], { sound: PAD })))
  sound.setTempo(PLAYING)
  sound.run(6000)

  sound.setTempo(STANDING)
  const after = sound.run(6000)

  expect(isSilent(after, 480 + 128, 6000)).toBe(true)
})

test('a leap to another place releases what was held', () => {
  const sound = engine(songOf(trackOf([note(0, 60, 100, 16)], { sound: PAD })))
  sound.setTempo(PLAYING)
  sound.run(6000)

  sound.setTempo([{ frame: 6000, beat: 2.1, framesPerBeat: 24_000, playing: true }])

  expect(isSilent(sound.run(1200), 700)).toBe(true)
})

test('a pitch is auditioned at once while the song stands, for its time', () => {
  const sound = engine(songOf(trackOf([], { sound: PAD })))
  sound.run(1024)

  sound.audition({ track: trackId('ana'), pitch: 60, velocity: 100, seconds: 0.1 })
  const heard = sound.run(10_000)

  expect(onsetsIn(heard)).toEqual([sound.latency])
  expect(peakOf(heard, 4000, 4800)).toBeGreaterThan(0.05)
  expect(isSilent(heard, sound.latency + 4800 + 480 + 1)).toBe(true)
})

test('a track that is not in the song yet is auditioned with the usual sound', () => {
  const sound = engine()

  sound.audition({ track: trackId('nobody'), pitch: 60, velocity: 100, seconds: 0.1 })

  expect(peakOf(sound.run(4000))).toBeGreaterThan(0.02)
})

test('the volume of the device scales everything, without a click', () => {
  const sound = engine(songOf(trackOf([note(0, 60, 100, 16)], { sound: PAD })))
  sound.setTempo(PLAYING)
  const before = sound.run(12_000)

  sound.setVolume(0.5)
  const after = sound.run(12_000)

  expect(loudnessOf(after, 4000) / loudnessOf(before, 4000)).toBeCloseTo(0.5, 2)
  sound.setVolume(0)
  expect(isSilent(sound.run(12_000), 6000)).toBe(true)
})

test('a turned knob glides', () => {
  const track = trackOf([note(0, 48, 100, 16)], { sound: { ...PAD, waveform: 'sine' } })
  const sound = engine(songOf(track))
  sound.setTempo(PLAYING)
  const before = sound.run(12_000)

  sound.setSong(songOf({ ...track, sound: { ...track.sound, volume: 0, cutoffHz: 80 } }))
  const after = sound.run(2000)

  const leap = (samples: Float32Array): number =>
    samples.reduce(
      (most, sample, at) => Math.max(most, Math.abs(sample - (samples[at - 1] ?? sample))),
      0,
    )
  expect(leap(after)).toBeLessThan(leap(before.subarray(4000)) * 1.5)
  expect(peakOf(after, 1900)).toBeLessThan(0.01)
})

test('another subdivision takes hold at the next of its steps', () => {
  const quarters = trackOf([note(0, 84), note(1, 84)], { subdivision: 1 })
  const sound = engine(songOf(quarters))
  sound.setTempo(PLAYING)
  sound.run(6128)

  sound.setSong(songOf(trackOf([note(1, 84), note(2, 84), note(3, 84)], { subdivision: 4 })))

  expect(onsetsIn(sound.run(15_000)).map((frame) => frame + 6144)).toEqual([12_128, 18_128])
})

test('levels tell the peak, the voices and the tracks that sounded since they were last asked', () => {
  const sound = engine(songOf(trackOf([note(0, 60)]), trackOf([note(8, 60)], { id: 'bo' })))
  sound.setTempo(PLAYING)

  const heard = sound.run(4000)
  const levels = sound.takeLevels()
  sound.run(9000)

  expect(levels).toMatchObject({ voices: 1, tracks: [{ id: 'ana' }] })
  // What holds the mix together makes it a little louder.
  expect(levels.tracks[0]?.left).toBeCloseTo(levels.peak / 10 ** (0.9 / 20), 4)
  expect(levels.tracks[0]?.right).toBeCloseTo(levels.tracks[0]?.left ?? NaN, 9)
  expect(Math.fround(levels.peak)).toBe(peakOf(heard))
  expect(sound.takeLevels()).toEqual({ peak: 0, voices: 0, tracks: [] })
})

test('blocks of any size give the same sound', () => {
  const song = songOf(trackOf([note(0, 60), note(1, 64), note(2, 67)], { sound: PAD }))
  const whole = engine(song)
  const halves = engine(song)
  whole.setTempo(PLAYING)
  halves.setTempo(PLAYING)

  const one = whole.run(25_600, 256)
  const other = halves.run(25_600, 64)

  expect(onsetsIn(other)).toEqual(onsetsIn(one))
  expect(loudnessOf(other)).toBeCloseTo(loudnessOf(one), 6)
})

test('a song that is corrected a little, four times a second, plays each note once', () => {
  const steps = Array.from({ length: 16 }, (_, step) => note(step, 84))
  const sound = engine(songOf(trackOf(steps)))
  const heard = new Float32Array(40 * 12_032)
  let beat = 0

  for (let turn = 0; turn < 40; turn++) {
    const frame = turn * 12_032
    const slewed = 24_000 * (1 + 0.004 * Math.sin(turn * 7))
    sound.setTempo([{ frame, beat, framesPerBeat: slewed, playing: true }])
    heard.set(sound.run(12_032), frame)
    beat += 12_032 / slewed + 0.004 * Math.sin(turn * 5)
  }

  const onsets = onsetsIn(heard)
  expect(Math.abs(onsets.length - beat * 4)).toBeLessThan(2)
  for (const [index, frame] of onsets.entries()) {
    expect(Math.abs(frame - (onsets[index - 1] ?? frame - 6000) - 6000)).toBeLessThan(300)
  }
})
