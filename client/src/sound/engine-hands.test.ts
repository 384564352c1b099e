import { expect, test } from 'vitest'
import type { TrackSound } from '../sequence/track-sound.ts'
import type { EngineCore } from './core-types.ts'
import { createEngineCore } from './engine-core.ts'
import type { HandNote } from './engine-types.ts'
import { createSongPatcher } from './song-patch.ts'
import { areSame, peakOf, strengthOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const ANA = trackId('anasanas')
const RATE = 48_000
const [A4, C5] = [440, 523.25]
/** A block's worth before a frame of the context is heard in full. */
const BLOCK = 128

const press = (frame: number, change: Partial<HandNote> = {}): HandNote => ({
  ...{ hand: 'ana', track: ANA, key: 69, pitch: 69, velocity: 100, frame, seed: 1 },
  ...change,
})
const letGo = (frame: number, change: Partial<HandNote> = {}): HandNote =>
  press(frame, { velocity: 0, ...change })

/** Two seconds of one track of `sound`, whose song stands unless it is told to play. */
function heard(
  tell: (core: EngineCore) => void,
  sound: Partial<TrackSound> = {},
  later: { readonly at: number; readonly tell: (core: EngineCore) => void } = {
    at: -1,
    tell: () => undefined,
  },
): Float32Array {
  const core = createEngineCore(RATE)
  const song = songOf(
    trackOf([note(0, 60, 100, 4)], { id: 'anasanas', sound: { ...SINE, ...sound } }),
  )
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  tell(core)
  const left = new Float32Array(2 * RATE)
  for (let frame = 0; frame < left.length; frame += BLOCK) {
    if (frame === later.at) later.tell(core)
    core.process(left.subarray(frame, frame + BLOCK), new Float32Array(BLOCK), frame)
  }
  return left
}

/** The first frame at which there is anything. */
const firstOf = (pcm: Float32Array): number => pcm.findIndex((sample) => Math.abs(sample) > 1e-6)

test('[HAND1] a note begins on the frame that it names, and ends with its key', () => {
  const played = heard((core) => {
    core.playHand(press(10_000))
    core.playHand(letGo(34_000))
  })
  const moved = heard((core) => {
    core.playHand(press(10_037))
    core.playHand(letGo(34_037))
  })

  expect(firstOf(moved) - firstOf(played)).toBe(37)
  expect(Math.abs(firstOf(played) - 10_000)).toBeLessThan(BLOCK)
  expect(strengthOf(played, A4, RATE, 12_000, 33_000)).toBeGreaterThan(0.1)
  expect(peakOf(played.subarray(40_000))).toBeLessThan(1e-4)
})

test('[HAND1] what is at once, or late, begins with the next block', () => {
  const played = heard(
    () => undefined,
    {},
    {
      at: 20_480,
      tell(core) {
        core.playHand(press(-Infinity))
        core.playHand(letGo(30_000))
        core.playHand(press(12, { key: 72, pitch: 72 }))
      },
    },
  )

  expect(Math.abs(firstOf(played) - 20_480)).toBeLessThan(BLOCK)
  expect(strengthOf(played, A4, RATE, 22_000, 29_000)).toBeGreaterThan(0.1)
  expect(strengthOf(played, C5, RATE, 32_000, 90_000), 'it is held').toBeGreaterThan(0.1)
})

test('[HAND1] hands of several people hold the same key, and each lets go of its own', () => {
  const played = heard((core) => {
    core.playHand(press(0))
    core.playHand(press(0, { hand: 'bo', key: 72, pitch: 72 }))
    core.playHand(letGo(30_000))
    core.playHand(letGo(30_000, { key: 72, pitch: 72 }))
  })

  expect(strengthOf(played, A4, RATE, 40_000, 90_000)).toBeLessThan(0.001)
  expect(strengthOf(played, C5, RATE, 40_000, 90_000)).toBeGreaterThan(0.1)
})

test('[HAND1] a song that begins or stops ends nothing that is held, and its own notes go on beside it', () => {
  const tempo = (playing: boolean) =>
    [{ frame: 1000, beat: 0, framesPerBeat: 24_000, playing }] as const
  const played = heard(
    (core) => {
      core.setTempo(tempo(true))
      core.playHand(press(1000, { key: 60, pitch: 69 }))
    },
    {},
    {
      at: 38_400,
      tell(core) {
        core.setTempo(tempo(false))
      },
    },
  )

  expect(strengthOf(played, 261.63, RATE, 2000, 20_000)).toBeGreaterThan(0.1)
  expect(strengthOf(played, A4, RATE, 50_000, 90_000)).toBeGreaterThan(0.1)
})

test.each(['mono', 'legato'] as const)(
  '[HAND1] of a %s track the note that is still held comes back when the later one is let go',
  (playMode) => {
    const played = heard(
      (core) => {
        core.playHand(press(0))
        core.playHand(press(20_000, { key: 72, pitch: 72 }))
        core.playHand(letGo(40_000, { key: 72, pitch: 72 }))
        core.playHand(letGo(70_000))
      },
      { playMode },
    )

    expect(strengthOf(played, C5, RATE, 24_000, 38_000)).toBeGreaterThan(0.1)
    expect(strengthOf(played, A4, RATE, 24_000, 38_000)).toBeLessThan(0.01)
    expect(strengthOf(played, A4, RATE, 44_000, 68_000)).toBeGreaterThan(0.1)
    expect(peakOf(played.subarray(80_000))).toBeLessThan(1e-4)
  },
)

test('[HAND1] a bend moves what this hand holds and will hold on that track, and nobody else’s', () => {
  const played = heard((core) => {
    core.playHand(press(0))
    core.playHand(press(0, { hand: 'bo', key: 60, pitch: 57 }))
    core.bendHand({ hand: 'ana', track: ANA, semitones: 3, wheel: 0 })
    core.playHand(press(40_000, { key: 57, pitch: 81 }))
  })

  expect(strengthOf(played, A4, RATE, 4000, 30_000)).toBeLessThan(0.01)
  expect(strengthOf(played, C5, RATE, 4000, 30_000)).toBeGreaterThan(0.1)
  expect(strengthOf(played, A4 / 2, RATE, 4000, 30_000)).toBeGreaterThan(0.1)
  expect(strengthOf(played, 2 * C5, RATE, 50_000, 90_000)).toBeGreaterThan(0.1)
})

/** How far each half second's pitch strays from A4, cents, by the lengths of its waves. */
function strays(pcm: Float32Array): readonly number[] {
  const ups: number[] = []
  for (let at = 1; at < pcm.length; at++) {
    const [before = 0, here = 0] = [pcm[at - 1], pcm[at]]
    if (before < 0 && here >= 0) ups.push(at - here / (here - before))
  }
  const most = [0, 0, 0, 0]
  for (let wave = 1; wave < ups.length; wave++) {
    const [from = 0, to = 0] = [ups[wave - 1], ups[wave]]
    const cents = Math.abs(1200 * Math.log2(RATE / (to - from) / A4))
    const half = Math.floor((2 * to) / RATE)
    most[half] = Math.max(most[half] ?? 0, cents)
  }
  return most
}

test('[HAND12] the wheel shakes the pitch by up to half a semitone, rising gently; at rest it changes no sample', () => {
  const wheel = (value: number) => (core: EngineCore) => {
    core.bendHand({ hand: 'ana', track: ANA, semitones: 0, wheel: value })
  }
  const play = (value: number | undefined, later?: number): Float32Array =>
    heard(
      (core) => {
        if (value !== undefined) wheel(value)(core)
        core.playHand(press(0))
      },
      {},
      later === undefined ? undefined : { at: 384 * BLOCK, tell: wheel(later) },
    )
  const plain = play(undefined)
  expect(areSame(play(0), plain)).toBe(true)
  expect(Math.max(...strays(plain).slice(1))).toBeLessThan(1)

  const [, early = 0, late = 0] = strays(play(1))
  for (const cents of [early, late]) {
    expect(cents).toBeGreaterThan(40)
    expect(cents).toBeLessThanOrEqual(51)
  }
  expect(strays(play(1).subarray(0, RATE / 50))[0]).toBeLessThan(15)
  expect(strays(play(0.5))[2]).toBeLessThan(26)
  const turnedUp = strays(play(0, 1))
  expect(turnedUp[1]).toBeLessThan(1)
  expect(turnedUp[3]).toBeGreaterThan(40)
  const turnedDown = play(1, 0)
  expect(strays(turnedDown)[3], 'back at its pitch').toBeLessThan(3)
})

test('[HAND1] drums are struck, and a track that is gone lets go of everything', () => {
  const drums = heard(
    (core) => {
      core.playHand(press(0, { key: 36, pitch: 36 }))
    },
    { instrument: 'drums' },
  )
  const gone = heard(
    (core) => {
      core.playHand(press(0))
    },
    {},
    {
      at: 25_600,
      tell(core) {
        core.change({ changed: [], removed: [ANA] })
      },
    },
  )

  expect(peakOf(drums)).toBeGreaterThan(0.05)
  expect(peakOf(gone.subarray(0, 25_600))).toBeGreaterThan(0.05)
  expect(peakOf(gone.subarray(40_000))).toBeLessThan(1e-4)
})

test('[HAND1] a flood ends by itself: so many keys are held, and all are silent when everything ends', () => {
  const held = heard((core) => {
    for (let key = 0; key < 2000; key++) {
      core.playHand(press(128 * Math.floor(key / 8), { key, pitch: 24 + (key % 85) }))
    }
  })
  const ended = heard(
    (core) => {
      core.playHand(press(0))
      core.playHand(press(60_000, { key: 72, pitch: 72 }))
    },
    {},
    {
      at: 25_600,
      tell(core) {
        core.panic()
      },
    },
  )

  expect(peakOf(held)).toBeGreaterThan(0.05)
  expect(held.every(Number.isFinite)).toBe(true)
  expect(peakOf(ended.subarray(30_000))).toBeLessThan(1e-4)
})
