import { expect, test } from 'vitest'
import { pieceToPitch } from '../../sequence/drum-sound.ts'
import { STARTER_GROOVE } from '../../sequence/starter-groove.ts'
import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'
import type { Song } from '../../sequence/song.ts'
import { ROOM_STEM } from '../dsp/master.ts'
import { createGlue } from '../dsp/effects/glue.ts'
import { createLimiter } from '../dsp/limiter.ts'
import { createEngineCore } from '../engine-core.ts'
import { createSongPatcher } from '../song-patch.ts'
import { onsetsIn, peakOf } from '../testing/listen.ts'
import { CLICK, note, songOf, trackId, trackOf } from '../testing/songs.ts'
import { framesOf, MOST_TAIL_SECONDS, renderStretch, RUNG_OUT, type Stretch } from './stretch.ts'

const SAMPLE_RATE = 48_000

const HELD: TrackSound = { ...CLICK, sustain: 1, attackSeconds: 0.005, releaseSeconds: 0.3 }
/** Loud enough for the compressor and the limiter to work all the time, with all that takes its own time. */
const RICH: TrackSound = {
  ...STARTER_GROOVE.sound,
  volume: 1,
  unison: '5',
  chorus: 0.6,
  echo: 0.4,
  reverb: 0.5,
  drive: 0.4,
  humanise: 0.5,
}

function richSong(): Song {
  const beat = [0, 3, 6, 8, 11, 14].map((step) =>
    note(step, pieceToPitch(step % 8 === 0 ? 'kick' : 'closed-hat'), 127),
  )
  return songOf(
    trackOf(STARTER_GROOVE.notes, {
      id: 'ana',
      sound: { ...RICH, duck: 0.7, duckBy: trackId('cy') },
    }),
    trackOf([note(0, 36, 127, 12), note(12, 39, 127, 4)], {
      id: 'bo',
      sound: { ...HELD, volume: 1 },
    }),
    trackOf(beat, {
      id: 'cy',
      sound: { ...INITIAL_SOUND, instrument: 'drums', volume: 1, reverb: 0.3 },
    }),
  )
}

const STRETCH: Stretch = {
  song: songOf(trackOf([note(0, 60), note(8, 60)])),
  bpm: 120,
  mix: new Map(),
  leadBeats: 0,
  beats: 4,
  rings: false,
  sampleRate: SAMPLE_RATE,
}

interface Taken {
  readonly left: Float32Array
  readonly right: Float32Array
}

/** All parts of it put together: the mix, and each stem. */
function whole(stretch: Stretch): readonly Taken[] {
  const parts: Taken[][] = []
  for (const { left, right, stems } of renderStretch(stretch)) {
    parts.push(
      [{ left, right }, ...stems].map((one) => ({
        left: one.left.slice(),
        right: one.right.slice(),
      })),
    )
  }
  return (parts[0] ?? []).map((_, place) => ({
    left: joined(parts.map((part) => part[place]?.left ?? new Float32Array())),
    right: joined(parts.map((part) => part[place]?.right ?? new Float32Array())),
  }))
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const mixOf = (stretch: Stretch): Taken => {
  const [mix] = whole(stretch)
  if (mix === undefined) throw new Error('a mix must be there')
  return mix
}

const powerOf = (samples: Float32Array): number =>
  samples.reduce((sum, each) => sum + each * each, 0)

const residueDb = (one: Float32Array, other: Float32Array): number =>
  10 * Math.log10(powerOf(one.map((each, at) => each - (other[at] ?? NaN))) / powerOf(one))

const sumOf = (stems: readonly Taken[]): Float32Array => {
  const sum = new Float64Array(stems[0]?.left.length ?? 0)
  for (const { left } of stems)
    for (const [at, each] of left.entries()) sum[at] = (sum[at] ?? 0) + each
  return Float32Array.from(sum)
}

test.each([
  { bpm: 120, sampleRate: 48_000, beats: 16, frames: 384_000 },
  { bpm: 133.7, sampleRate: 44_100, beats: 7, frames: 138_534 },
  { bpm: 97, sampleRate: 96_000, beats: 1.75, frames: 103_918 },
])('$beats beats at $bpm bpm have $frames frames, cut at the bar line', (row) => {
  const { left, right } = mixOf({ ...STRETCH, ...row })

  expect(left.length).toBe(row.frames)
  expect(right.length).toBe(row.frames)
})

test('each step begins on its frame, the first one on the first', () => {
  const { left } = mixOf({ ...STRETCH, beats: 8 })

  expect(onsetsIn(left)).toEqual([0, 48_000, 96_000, 144_000])
})

test('what rings goes on until nothing is heard, over the silence between echoes, and no note begins in it', () => {
  const echoing = { ...CLICK, echo: 0.6, echoFeedback: 0.5 }
  const song = songOf(trackOf([note(8, 60)], { sound: echoing }))

  const { left } = mixOf({ ...STRETCH, song, rings: true })
  const { left: cut } = mixOf({ ...STRETCH, song })

  const tail = left.subarray(96_000)
  const echoes = onsetsIn(tail).map((at) => Math.round(at / 1000))
  expect(left.subarray(0, 96_000)).toEqual(cut)
  // A dotted eighth apart, every second one on this side, from the note on the third beat on.
  expect(echoes.slice(0, 3)).toEqual([6, 42, 78])
  expect(echoes.length).toBeGreaterThan(4)
  expect(peakOf(tail.subarray(-8192))).toBeGreaterThan(RUNG_OUT)
})

test('what rings for ever ends after fifteen seconds, faded', () => {
  const endless = { ...CLICK, sustain: 1, echo: 1, echoFeedback: 0.9, echoTone: 1 }
  const song = songOf(trackOf([note(0, 60, 127, 8)], { sound: endless }))

  const { left } = mixOf({ ...STRETCH, song, rings: true })

  expect(left.length).toBe(96_000 + MOST_TAIL_SECONDS * SAMPLE_RATE)
  expect(peakOf(left.subarray(-48_000, -24_000))).toBeGreaterThan(0.001)
  expect(peakOf(left.subarray(-100))).toBeLessThan(1e-4)
})

test('a loop that was led into begins with what rings from before, and its end meets its beginning', () => {
  const song = songOf(trackOf([note(0, 60, 100, 15)], { sound: { ...HELD, waveform: 'sine' } }))
  const stretch: Stretch = { ...STRETCH, song, leadBeats: 4, beats: 4 }

  const { left } = mixOf(stretch)

  expect(framesOf(stretch)).toEqual({ from: 96_000, to: 192_000 })
  expect(left.length).toBe(96_000)
  const { left: two } = mixOf({ ...stretch, leadBeats: 0, beats: 8 })
  expect(left).toEqual(two.subarray(96_000))
})

/** The stems of each kind, and what they are to add up to. */
function stemsOf(isMastered: boolean) {
  const groups = [['ana'], ['bo', 'cy'], [ROOM_STEM]]
  const stretch = { ...STRETCH, song: richSong(), beats: 8, stems: { groups, isMastered } }
  const [mix, ...stems] = whole(stretch)
  if (mix === undefined) throw new Error('a mix must be there')
  const swapped = stems.map(({ left, right }) => ({ left: right, right: left }))
  return { mix, stems, sum: { left: sumOf(stems), right: sumOf(swapped) } }
}

test('stems with the master add up to the finished mix within -90 dB', () => {
  const { mix, stems, sum } = stemsOf(true)

  expect(stems.map(({ left }) => peakOf(left) > 0.01)).toEqual([true, true, true])
  expect(residueDb(mix.left, sum.left)).toBeLessThan(-120)
  expect(residueDb(mix.right, sum.right)).toBeLessThan(-120)
})

test('stems without the master add up to what goes into compressor and limiter within -90 dB', () => {
  const { mix, stems, sum } = stemsOf(false)

  const glue = createGlue(SAMPLE_RATE, { amount: 0.6 })
  const limiter = createLimiter(SAMPLE_RATE)
  const [left, right] = [Float64Array.from(sum.left), Float64Array.from(sum.right)]
  glue.process(left, right, left.length)
  limiter.process(left, right, left.length)
  const finished = Float32Array.from(left.subarray(limiter.latency))
  expect(stems.map((stem) => peakOf(stem.left) > 0.01)).toEqual([true, true, true])
  expect(residueDb(finished, mix.left)).toBeLessThan(-90)
  // Both are at work in this song: the finished mix is something else.
  expect(residueDb(mix.left, sum.left)).toBeGreaterThan(-30)
})

test('one listener’s mix is theirs in the export', () => {
  const song = songOf(trackOf([note(0, 60)], { id: 'ana' }), trackOf([note(8, 60)], { id: 'bo' }))
  const muted = { volume: 1, pan: 0, muted: true, soloed: false }

  const mine = mixOf({ ...STRETCH, song, mix: new Map([[trackId('bo'), muted]]) })
  const rooms = mixOf({ ...STRETCH, song })

  expect(onsetsIn(mine.left)).toEqual([0])
  expect(onsetsIn(rooms.left)).toEqual([0, 48_000])
})

test('it is what the engine plays live, block by block, from the frame on which the song begins', () => {
  const BEGIN = 12_800
  const frames = 96_000
  const song = richSong()
  const core = createEngineCore(SAMPLE_RATE)
  core.setOrigin(BEGIN - 777)
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setTempo([{ frame: BEGIN, beat: 0, framesPerBeat: 24_000, playing: true }])
  const live = new Float32Array(BEGIN + frames)
  for (let at = 0; at < live.length; at += 128) {
    core.process(live.subarray(at, at + 128), new Float32Array(128), at)
  }

  const { left } = mixOf({ ...STRETCH, song, origin: -777 })

  // Running sums that are older are rounded otherwise in the last bit.
  expect(residueDb(left, live.subarray(BEGIN))).toBeLessThan(-120)
})
