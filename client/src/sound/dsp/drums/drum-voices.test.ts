import { expect, test } from 'vitest'
import { DRUM_PIECES, DRUM_RANGES, INITIAL_PATCH } from '../../../sequence/drum-sound.ts'
import { areSame, isSilent, onsetsIn, peakOf } from '../../testing/listen.ts'
import { BLOCK } from '../strip.ts'
import { createDrumVoices, MAX_DRUM_VOICES, type DrumVoices } from './drum-voices.ts'
import { hit, largestLeap, play, SAMPLE_RATE } from './testing/hits.ts'

/** Frames of the 5 ms after which nothing choked is heard. */
const CHOKED = 240

function full(): DrumVoices {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (let index = 0; index < MAX_DRUM_VOICES; index++) {
    voices.begin('low-tom', INITIAL_PATCH, 80 + index, 0, index, 0)
  }
  play(voices, 0.1)
  return voices
}

test('a closed hat ends an open one within 5 ms, without a click', () => {
  const open = createDrumVoices(SAMPLE_RATE)
  open.begin('open-hat', INITIAL_PATCH, 127, 0, 1, 0)
  const ringing = play(open, 0.1).left

  open.begin('closed-hat', INITIAL_PATCH, 100, 40, 2, 0)
  const both = play(open, 0.1).left

  const closed = hit('closed-hat', INITIAL_PATCH, {
    velocity: 100,
    offset: 40,
    seed: 2,
    seconds: 0.1,
  }).left
  expect(areSame(both.subarray(40 + CHOKED), closed.subarray(40 + CHOKED))).toBe(true)
  const rest = both.map((sample, at) => sample - (closed[at] ?? 0))
  expect(peakOf(rest, 0, 40)).toBeGreaterThan(0.02)
  expect(largestLeap(rest)).toBeLessThanOrEqual(largestLeap(ringing))
  expect(peakOf(rest, 150, 184)).toBeLessThan(0.4 * peakOf(rest, 0, 40))
})

test('an open hat takes over from the one before, and a kick from a kick', () => {
  for (const piece of ['open-hat', 'kick'] as const) {
    const voices = createDrumVoices(SAMPLE_RATE)
    voices.begin(piece, INITIAL_PATCH, 127, 0, 1, 0)
    play(voices, 0.1)

    voices.begin(piece, INITIAL_PATCH, 127, 0, 2, 0)
    const after = play(voices, 0.1).left

    const alone = hit(piece, INITIAL_PATCH, { seed: 2, seconds: 0.1 }).left
    expect(areSame(after.subarray(CHOKED), alone.subarray(CHOKED))).toBe(true)
  }
})

test('hats on one frame both sound, in whatever order they come', () => {
  const sounds = (['closed-hat', 'open-hat'] as const).map((first) => {
    const voices = createDrumVoices(SAMPLE_RATE)
    const second = first === 'open-hat' ? 'closed-hat' : 'open-hat'
    voices.begin(first, INITIAL_PATCH, 100, 9, 1, 0)
    voices.begin(second, INITIAL_PATCH, 100, 9, 1, 0)
    return play(voices, 0.3).left
  }) as [Float32Array, Float32Array]

  expect(areSame(...sounds)).toBe(true)
  expect(isSilent(sounds[0], 12_000)).toBe(false)
})

test('a closed hat ends an open one of the same block', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  voices.begin('open-hat', INITIAL_PATCH, 100, 5, 1, 0)
  voices.begin('closed-hat', INITIAL_PATCH, 100, 60, 2, 0)

  play(voices, 0.01)

  expect(voices.sounding()).toBe(1)
})

test('other pieces ring on beside each other', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (const piece of DRUM_PIECES) voices.begin(piece, INITIAL_PATCH, 127, 0, 1, 0)
  for (const piece of DRUM_PIECES) {
    if (piece.endsWith('hat') || piece === 'kick') continue
    voices.begin(piece, INITIAL_PATCH, 127, 10, 1, 0)
  }

  play(voices, 0.02)

  expect(voices.sounding()).toBe(DRUM_PIECES.length + 10)
})

test('choke ends one piece, or all', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (const piece of ['crash', 'ride', 'low-tom'] as const) {
    voices.begin(piece, INITIAL_PATCH, 127, 0, 1, 0)
  }
  play(voices, 0.02)

  voices.choke(30, 'crash')
  expect(voices.sounding()).toBe(2)
  voices.choke(30)
  const { left } = play(voices, 0.02)

  expect(isSilent(left, 0, 30)).toBe(false)
  expect(isSilent(left, 30 + CHOKED)).toBe(true)
})

test('a full pool makes room without a click, for a hit on its sample', () => {
  const stays = play(full(), 0.05).left
  const voices = full()

  const isBegun = voices.begin('low-tom', INITIAL_PATCH, 1, 50, 9, 0)
  const faintest = voices.all[0]?.fadeAt
  const stolen = play(voices, 0.05).left

  expect(isBegun).toBe(true)
  expect(faintest).toBe(50)
  const gone = stolen.map((sample, at) => (stays[at] ?? 0) - sample)
  expect(onsetsIn(gone)[0]).toBe(50)
  expect(peakOf(gone, 300)).toBeGreaterThan(0.02)
  expect(largestLeap(gone)).toBeLessThan(0.005)
})

test('of equally faint hits the oldest makes room', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  const silent = { ...INITIAL_PATCH, 'low-tom': { ...INITIAL_PATCH['low-tom'], level: 0 } }
  for (let index = 0; index < MAX_DRUM_VOICES; index++) {
    voices.begin('low-tom', silent, 100, 0, index, index === 7 ? 1 : 100 + index)
  }
  play(voices, 0.02)

  voices.begin('rim', INITIAL_PATCH, 100, 3, 1, 1000)

  expect(voices.all[7]?.fadeAt).toBe(3)
})

test('of more hits in one block than there are voices the first sound', () => {
  const voices = createDrumVoices(SAMPLE_RATE)

  const begun = Array.from({ length: 30 }, (_, index) =>
    voices.begin('rim', INITIAL_PATCH, 100, index, index, 0),
  )

  expect(begun.filter(Boolean)).toHaveLength(MAX_DRUM_VOICES)
  expect(begun.lastIndexOf(true)).toBe(MAX_DRUM_VOICES - 1)
})

test('a roll of stolen hits never runs out of places to fade', () => {
  const voices = full()

  const begun: boolean[] = []
  play(voices, 0.2, (block) => {
    for (const offset of [0, 64]) {
      begun.push(voices.begin('snare', INITIAL_PATCH, 100, offset, block, block * BLOCK))
    }
  })

  expect(begun.every(Boolean)).toBe(true)
})

test('a voice gone mad is silenced, and can be struck again', () => {
  const damages = [
    (voices: DrumVoices) => voices.all[0]?.modes.levels.fill(NaN),
    (voices: DrumVoices) => voices.all[0]?.body.state.fill(Infinity),
    (voices: DrumVoices) => voices.all[0]?.finish.state.fill(NaN),
    (voices: DrumVoices) => Object.assign(voices.all[0]?.finish ?? {}, { rumble: NaN }),
  ]
  for (const damage of damages) {
    const voices = createDrumVoices(SAMPLE_RATE)
    voices.begin('snare', INITIAL_PATCH, 100, 0, 1, 0)
    play(voices, 0.01)
    damage(voices)

    const broken = play(voices, 0.01).left
    voices.begin('snare', INITIAL_PATCH, 100, 0, 1, 0)
    const mended = play(voices, 0.1).left

    expect(isSilent(broken)).toBe(true)
    const usual = hit('snare', INITIAL_PATCH, { velocity: 100, seed: 1, seconds: 0.1 }).left
    expect(areSame(mended, usual)).toBe(true)
  }
})

test('every place is free again after 8 s', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (const piece of DRUM_PIECES) voices.begin(piece, INITIAL_PATCH, 127, 0, 1, 0)

  play(voices, 8)

  expect(voices.all.filter(({ isActive }) => isActive)).toEqual([])
})

test('blocks may be of any length', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (const piece of DRUM_PIECES) voices.begin(piece, INITIAL_PATCH, 100, 40, 1, 0)
  const whole = play(voices, 0.1).left

  const again = createDrumVoices(SAMPLE_RATE)
  for (const piece of DRUM_PIECES) again.begin(piece, INITIAL_PATCH, 100, 40, 1, 0)
  const left = new Float64Array(whole.length)
  const right = new Float64Array(whole.length)
  for (let at = 0; at < left.length; at += 64) {
    const end = Math.min(left.length, at + 64)
    again.render(left.subarray(at, end), right.subarray(at, end), end - at)
  }

  expect(areSame(Float32Array.from(left), whole)).toBe(true)
})

test('no state is left so small that processors slow down on it', () => {
  const voices = createDrumVoices(SAMPLE_RATE)
  for (const piece of DRUM_PIECES) voices.begin(piece, INITIAL_PATCH, 100, 0, 1, 0)

  const small: number[] = []
  play(voices, 6, () => {
    for (const { modes, body, accent, finish } of voices.all) {
      const states = [body.level, body.lack, accent.level, accent.lack, finish.rumble]
      states.push(...modes.sweeps, ...modes.levels, ...body.state, ...accent.state, ...finish.state)
      small.push(...states.filter((state) => state !== 0 && Math.abs(state) < 1e-30))
    }
  })

  expect(small).toEqual([])
})

test.each(DRUM_PIECES)(
  'every param of %s at either end of its range gives sound within bounds, and an end',
  (piece) => {
    const sampleRate = 22_050
    for (const [param, { min, max }] of Object.entries(DRUM_RANGES[piece])) {
      for (const value of [min, max]) {
        const patch = { ...INITIAL_PATCH, [piece]: { ...INITIAL_PATCH[piece], [param]: value } }
        const { left, right } = hit(piece, patch, { seconds: 8, sampleRate })

        expect(Math.max(peakOf(left), peakOf(right))).toBeLessThanOrEqual(1)
        expect(isSilent(left, 7.99 * sampleRate)).toBe(true)
      }
    }
  },
)
