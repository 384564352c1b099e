import { expect, test } from 'vitest'
import { noteKey, type Note } from '../sequence/pattern.ts'
import type { Song } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import { toFrameTempo } from './frame-tempo.ts'
import { createSongPatcher, type SongPatch } from './song-patch.ts'
import { onsetsIn } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackId, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const STEP = 6000
const BAR = 16 * STEP
const BLOCK = 128
/** Blocks that are processed before frame 0, so that it is whole. */
const LEAD_IN = 1280
/** By which the moment of a bar lies before it. */
const BEFORE = 750
const TRANSPORT = playingAt(120)

const clicks = (...steps: readonly number[]): Song =>
  songOf(
    trackOf(
      steps.map((step) => note(step, 84)),
      { sound: CLICK },
    ),
  )

type Core = ReturnType<typeof createEngineCore>

/** When notes begin in two bars of a song, in steps; `meanwhile` is called before each block with its first frame. */
function onsetsOf(song: Song, meanwhile: (core: Core, frame: number) => void): readonly number[] {
  const core = createEngineCore(SAMPLE_RATE)
  core.change(patchOf(song))
  core.setSteps({ count: song.stepCount })
  core.setTempo(toFrameTempo(TRANSPORT, { frameAt: (sharedMs) => sharedMs * 48, framesPerMs: 48 }))
  const left = new Float32Array(2 * BAR + LEAD_IN)
  for (let at = 0; at < left.length; at += BLOCK) {
    meanwhile(core, at - LEAD_IN)
    core.process(left.subarray(at, at + BLOCK), new Float32Array(BLOCK), at - LEAD_IN)
  }
  return onsetsIn(left).map((frame) => (frame - LEAD_IN) / STEP)
}

const patchOf = (song: Song): SongPatch => createSongPatcher()(song) ?? { changed: [], removed: [] }

/** Tells of a song at one frame, and when it is to come. */
const tellOf =
  (song: Song, toldAt: number, frame: number | undefined) =>
  (core: Core, at: number): void => {
    if (at !== toldAt) return
    core.setComing({ patch: patchOf(song), steps: { count: song.stepCount } })
    core.setComingFrame(frame)
  }

test('[CLK25] another song takes over on its frame, and nothing of the one before begins after it', () => {
  const next = { ...clicks(0, 3, 7), stepCount: 8 }

  const early = onsetsOf(clicks(0, 5), tellOf(next, 3 * BLOCK, BAR - BEFORE))
  const late = onsetsOf(clicks(0, 5), tellOf(next, 700 * BLOCK, BAR - BEFORE))

  expect(early).toEqual([0, 5, 16, 19, 23, 24, 27, 31])
  expect(late).toEqual(early)
})

test('[CLK25] what the song before met ahead of its time is neither heard nor missed', () => {
  const pushed: Note = { ...note(3, 84), nudge: -10 }
  const before = songOf(trackOf([note(0, 84), pushed], { sound: CLICK }))
  const early = expect.closeTo(2 + 38 / 48, 3) as number

  expect(onsetsOf(before, tellOf(clicks(0, 2), 384, BAR - BEFORE))).toEqual([0, early, 16, 18])
  expect(onsetsOf(before, tellOf(clicks(2), 384, BAR - BEFORE))).toEqual([0, early, 18])
})

test('[CLK25] a track that the coming song does not have is silent, and a new one begins', () => {
  const one = trackOf([note(2, 84)], { id: 'one', sound: CLICK })
  const two = trackOf([note(4, 84)], { id: 'two', sound: CLICK, subdivision: 8 })

  expect(onsetsOf(songOf(one), tellOf(songOf(two), 0, BAR - BEFORE))).toEqual([2, 18, 26])
})

test('[CLK25] what was launched is launched no more, and one that is called off never comes', () => {
  const launched: Song = songOf(
    trackOf([], {
      sound: CLICK,
      patterns: {
        a: new Map([[noteKey(0, 84), note(0, 84)]]),
        b: new Map([[noteKey(1, 84), note(1, 84)]]),
      },
      launch: { pattern: 'b', isOff: false },
    }),
  )
  const endless = (core: Core, at: number): void => {
    if (at === 0) core.setLaunches(new Map([[trackId('ana'), Infinity]]))
    tellOf(launched, BLOCK, BAR - BEFORE)(core, at)
  }

  expect(onsetsOf(clicks(5), endless)).toEqual([5, 17])
  expect(onsetsOf(clicks(5), tellOf(clicks(1), 0, undefined))).toEqual([5, 21])
})

test('[CLK25] one whose frame has passed comes at once', () => {
  expect(onsetsOf(clicks(0, 5), tellOf(clicks(9), 375 * BLOCK, -Infinity))).toEqual([0, 5, 9, 25])
})
