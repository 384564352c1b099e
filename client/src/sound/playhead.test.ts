import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTrack } from '../sequence/compile-track.ts'
import { SUBDIVISIONS, type Subdivision } from '../sequence/song.ts'
import type { FrameTempo } from './engine-types.ts'
import { createPlayhead, UNKNOWN_STEP, type Walker } from './playhead.ts'
import { trackOf } from './testing/songs.ts'

const FRAMES_PER_BEAT = 24_000
const moving = (frame: number, beat = 0, framesPerBeat = FRAMES_PER_BEAT): FrameTempo => [
  { frame, beat, framesPerBeat, playing: true },
]
const STANDING: FrameTempo = [{ frame: 0, beat: 0, framesPerBeat: FRAMES_PER_BEAT, playing: false }]

function walker(subdivision: Subdivision = 4): Walker {
  const loop = compileTrack(trackOf([], { subdivision }), { root: 0, scale: 'chromatic' })
  return { loop, nextStep: UNKNOWN_STEP, lastBeat: -1 }
}

function follow(...tracks: Walker[]) {
  const begun: { readonly step: number; readonly frame: number }[] = []
  const told: string[] = []
  const playhead = createPlayhead({
    onStep: (_track, step, frame) => begun.push({ step, frame }),
    onHalt: (frame) => told.push(`halt ${frame}`),
    onLeap: (_track, frame) => told.push(`leap ${frame}`),
    onSpan: () => undefined,
  })
  let at = 0
  return {
    begun,
    told,
    steps: () => begun.map(({ step }) => step),
    setTempo: playhead.setTempo,
    walkTo(frame: number, block = 128) {
      while (at < frame) {
        playhead.walk(at, at + block, tracks)
        at += block
      }
      return at
    },
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, step) => step)

test('each step begins on the frame nearest to its beat, however the frames are cut into blocks', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 12_000, max: 72_000, noNaN: true }),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.constantFrom(...SUBDIVISIONS),
      fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 9 }),
      (framesPerBeat, start, subdivision, blocks) => {
        const song = follow(walker(subdivision))
        song.setTempo(moving(start, 0, framesPerBeat))

        let end = 0
        for (let turn = 0; end < 200_000; turn++) {
          end = song.walkTo(end + 1, blocks[turn % blocks.length] ?? 1)
        }

        const framesPerStep = framesPerBeat / subdivision
        const whole = upTo(Math.ceil(200_000 / framesPerStep) + 9)
          .map((step) => ({
            step,
            frame: Math.round(start + (step / subdivision) * framesPerBeat),
          }))
          .filter(({ frame }) => frame < end)
        expect(song.begun).toEqual(whole)
      },
    ),
  )
})

test('small corrections of the map, four times a second, lose no step and double none', () => {
  const correction = fc.record({
    phaseFrames: fc.double({ min: -240, max: 240, noNaN: true }),
    rate: fc.double({ min: 0.995, max: 1.005, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(correction, { minLength: 20, maxLength: 60 }), (corrections) => {
      const song = follow(walker(4))
      song.setTempo(moving(0))

      let beat = 0
      let frame = 0
      let speed = FRAMES_PER_BEAT
      for (const { phaseFrames, rate } of corrections) {
        const to = song.walkTo(frame + 12_000)
        beat += (to - frame) / speed + phaseFrames / FRAMES_PER_BEAT
        frame = to
        speed = FRAMES_PER_BEAT * rate
        song.setTempo(moving(frame, beat, speed))
      }

      expect(song.steps()).toEqual(upTo(song.begun.length))
      expect(Math.abs(song.begun.length - beat * 4)).toBeLessThan(2)
      expect(song.told).toEqual([])
    }),
  )
})

test('a correction over a step moves it: back it is not repeated, forth it is not lost', () => {
  const song = follow(walker(4))
  song.setTempo(moving(0))
  song.walkTo(6016)

  song.setTempo(moving(100))
  song.walkTo(12_032)
  song.setTempo(moving(-100))
  song.walkTo(18_048)

  expect(song.begun.map(({ frame }) => frame)).toEqual([0, 6000, 12_032, 17_900])
  expect(song.steps()).toEqual([0, 1, 2, 3])
})

test('another position begins with its next step, and without a burst of those between', () => {
  const song = follow(walker(4))
  song.setTempo(moving(0))
  song.walkTo(6016)

  song.setTempo(moving(6016, 100.05))
  song.walkTo(14_000)

  expect(song.steps()).toEqual([0, 1, 401])
  expect(song.told).toEqual(['leap 6016'])
})

test('a song joined in mid-bar begins with its next step', () => {
  const song = follow(walker(4))

  song.setTempo(moving(-100_000))
  song.walkTo(7900)

  expect(song.begun).toEqual([{ step: 17, frame: 2000 }])
})

test('a start that lies ahead begins with step 0, also between two frames', () => {
  const song = follow(walker(4))
  const [start] = moving(1000.6)

  song.setTempo([STANDING[0], start])
  song.walkTo(8000)

  expect(song.begun).toEqual([
    { step: 0, frame: 1001 },
    { step: 1, frame: 7001 },
  ])
})

test('before beat 0 nothing begins', () => {
  const song = follow(walker(4))

  song.setTempo(moving(0, -0.5))
  song.walkTo(12_100)

  expect(song.begun).toEqual([{ step: 0, frame: 12_000 }])
})

test('a stop halts at its frame, and the next start begins at its own beat', () => {
  const song = follow(walker(4))
  const [start] = moving(0)
  song.setTempo([start, { ...start, frame: 7000, beat: 7000 / FRAMES_PER_BEAT, playing: false }])
  song.walkTo(20_096)

  song.setTempo(moving(21_000))
  song.walkTo(28_000)

  expect(song.told).toEqual(['halt 7000'])
  expect(song.begun.map(({ frame }) => frame)).toEqual([0, 6000, 21_000, 27_000])
  expect(song.steps()).toEqual([0, 1, 0, 1])
})

test('a tempo change that lies ahead loses no step and doubles none, wherever it falls', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 60_000, noNaN: true }),
      fc.double({ min: 12_000, max: 72_000, noNaN: true }),
      (frame, framesPerBeat) => {
        const song = follow(walker(4))
        const [before] = moving(0)
        const beat = frame / FRAMES_PER_BEAT
        song.setTempo([before, { frame, beat, framesPerBeat, playing: true }])

        const end = song.walkTo(100_000)

        const reached = Math.ceil((beat + (end - frame) / framesPerBeat) * 4)
        expect(song.steps()).toEqual(upTo(song.begun.length))
        expect(Math.abs(song.begun.length - reached)).toBeLessThanOrEqual(1)
        expect(song.told).toEqual([])
      },
    ),
  )
})

test('a track that joins the song begins with its next step', () => {
  const early = walker(4)
  const tracks = [early]
  const song = follow(...tracks)
  song.setTempo(moving(0))
  song.walkTo(6016)
  early.nextStep = UNKNOWN_STEP

  song.walkTo(12_032)

  expect(song.steps()).toEqual([0, 1, 2])
})

test('another subdivision goes on from where the track stands and repeats no step', () => {
  const track = walker(1)
  const song = follow(track)
  song.setTempo(moving(0))
  song.walkTo(24_064)
  song.setTempo(moving(100))

  track.loop = walker(4).loop
  track.nextStep = UNKNOWN_STEP
  song.walkTo(36_200)

  // Beats 0 and 1 as quarters, then from beat 1.25 on as sixteenths.
  expect(song.begun).toEqual([
    { step: 0, frame: 0 },
    { step: 1, frame: 24_000 },
    { step: 5, frame: 30_100 },
    { step: 6, frame: 36_100 },
  ])
})

test('after a gap in the frames the song goes on from where it then is', () => {
  const begun: number[] = []
  const track = walker(4)
  const playhead = createPlayhead({
    onStep: (_track, step) => begun.push(step),
    onHalt: () => undefined,
    onLeap: () => undefined,
    onSpan: () => undefined,
  })
  playhead.setTempo(moving(0))
  playhead.walk(0, 128, [track])

  playhead.walk(600_010, 610_000, [track])

  expect(begun).toEqual([0, 101])
})
