import { expect, test } from 'vitest'
import { parseTrade, type Trade } from '../sequence/trade.ts'
import type { Song } from '../sequence/song.ts'
import { withStop } from '../clock/tempo-map.ts'
import { CHUNK } from './dsp/strip.ts'
import { createEngineCore } from './engine-core.ts'
import { renderStretch } from './export/stretch.ts'
import { songNow } from './export/song-now.ts'
import { render, renderStems } from './render.ts'
import { createSongPatcher } from './song-patch.ts'
import { STEPPED_BACK, toStepBack } from './step-back.ts'
import { strengthOf } from './testing/listen.ts'
import { note, playingAt, songOf, trackId, trackOf } from './testing/songs.ts'
import { SAMPLE_RATE, SINE } from './testing/two-tracks.ts'

/** A bar is a second. */
const TRANSPORT = playingAt(240)
const BAR = SAMPLE_RATE
const SPAN = { fromMs: 0, seconds: 4, sampleRate: SAMPLE_RATE }
const ANA = trackId('anasanas')
const BO = trackId('bosbosbo')

const TRADE: Trade = { bars: 1, order: ['ana', 'bo'], isSilent: false, beat: 0 }

/** Ana holds an A, bo an E, for four bars. */
const duo = (trade?: Partial<Trade>): Song => {
  const held = (id: string, owner: string, pitch: number) =>
    trackOf([note(0, pitch, 60, 64)], { id, owner, sound: SINE, steps: 64 })
  const song = songOf(held(ANA, 'ana', 69), held(BO, 'bo', 64))
  return trade === undefined ? song : { ...song, trade: { ...TRADE, ...trade } }
}
const NOTHING = new Float32Array()
const isSame = (one: Float32Array, other: Float32Array): boolean =>
  one.length > 0 && one.length === other.length && one.every((sample, at) => sample === other[at])
const FREE = renderStems(duo(), TRANSPORT, SPAN)

const decibels = (factor: number): number => 20 * Math.log10(factor)
const leftOf = (song: Song, track: typeof ANA, span = SPAN): Float32Array =>
  renderStems(song, TRANSPORT, span).tracks.get(track)?.left ?? new Float32Array()
/** By what each sample of ana's, or bo's, is turned down; undefined where it crosses nothing. */
function gainsOf(song: Song, track: typeof ANA, span = SPAN, free = FREE): (number | undefined)[] {
  const without = free.tracks.get(track)?.left ?? new Float32Array()
  return [...leftOf(song, track, span)].map((sample, frame) => {
    const there = without[frame] ?? 0
    return Math.abs(there) > 0.02 ? sample / there : undefined
  })
}
const over = (
  gains: readonly (number | undefined)[],
  from: number,
  to: number,
): readonly number[] => gains.slice(from, to).filter((gain) => gain !== undefined)

/** @param by  farthest that any of them is from it */
function expectAll(gains: readonly number[], wanted: number, by = 1e-4): void {
  expect(gains.length).toBeGreaterThan(0)
  expect(gains.reduce((most, gain) => Math.max(most, Math.abs(gain - wanted)), 0)).toBeLessThan(by)
}

test('[TRADE3] who has the spotlight is as loud as ever, the others are 7 dB softer, and with the bar it is the other way round', () => {
  const [ana, bo] = [ANA, BO].map((track) => gainsOf(duo({}), track))

  for (const [gains, first] of [
    [ana, 1],
    [bo, STEPPED_BACK],
  ] as const) {
    const second = first === 1 ? STEPPED_BACK : 1
    for (const bar of [0, 1, 2, 3]) {
      const inBar = over(gains ?? [], bar * BAR + 1000, (bar + 1) * BAR - 1000)
      expect(inBar.length).toBeGreaterThan(20_000)
      expectAll(inBar, bar % 2 === 0 ? first : second)
    }
  }
  expect(decibels(STEPPED_BACK)).toBeCloseTo(-7, 1)
})

test('[TRADE3] in the mix one note is 7 dB softer beside the other, or is not heard at all', () => {
  const strengths = (song: Song): readonly number[] =>
    [440, 329.63].map((hz) =>
      strengthOf(render(song, TRANSPORT, SPAN).left, hz, SAMPLE_RATE, BAR + 4800, 2 * BAR - 4800),
    )
  const [freeA = 0, freeE = 0] = strengths(duo())
  const [softA = 0, fullE = 0] = strengths(duo({}))
  const [noA = 0] = strengths(duo({ isSilent: true }))

  expect(decibels(softA / fullE) - decibels(freeA / freeE)).toBeCloseTo(-7, 0)
  expect(noA).toBeLessThan(1e-4 * freeA)
})

test('[TRADE3] at the bar line whoever comes is there in full, and whoever goes takes 12 ms, without a click', () => {
  const [ana, bo] = [gainsOf(duo({}), ANA), gainsOf(duo({}), BO)]

  expectAll(over(bo, BAR, BAR + 2000), 1, 0.02)
  expectAll(over(ana, BAR - 2000, BAR), 1, 0.02)
  expectAll(over(ana, BAR + 600, BAR + 2000), STEPPED_BACK)
  const ramp = over(ana, BAR + 20, BAR + 560)
  expect(Math.min(...ramp)).toBeGreaterThan(STEPPED_BACK)
  expect(Math.max(...ramp)).toBeLessThan(1)
  const steps = ramp.slice(1).map((gain, at) => Math.abs(gain - (ramp[at] ?? 0)))
  const first = over(gainsOf(duo({ beat: 4 }), BO), BAR + 200, BAR + 380)
  expect(Math.min(...first)).toBeGreaterThan(0.55)
  // A sample of a sine that crosses nothing is left out, and with it some of the way.
  expect(Math.max(...steps)).toBeLessThan(0.1)
})

test('[TRADE3] what plays without turns, before the first and after the last one, is the same to the last bit', () => {
  const mix = (trade?: Partial<Trade>): Float32Array => render(duo(trade), TRANSPORT, SPAN).left
  const free = mix()

  expect(isSame(mix({ beat: 20 }), free)).toBe(true)
  expect(isSame(mix({ beat: 0, end: 0 }), free)).toBe(true)
  expect(isSame(mix({ order: ['cy', 'di'] }), free)).toBe(true)
  expect(isSame(mix({}), free)).toBe(false)
  const end = over(gainsOf(duo({ end: 8 }), ANA), 2 * BAR + CHUNK, 4 * BAR)
  expect(end.every((gain) => gain === 1)).toBe(true)
})

test('[TRADE3] a track of somebody who has no turn keeps its level, and samples in the spotlight pass untouched', () => {
  const song = duo({ order: ['bo', 'cy'] })

  const [freeAna, freeBo] = [ANA, BO].map((track) => FREE.tracks.get(track)?.left)
  const untouched = BAR - CHUNK
  expect(isSame(leftOf(song, ANA), freeAna ?? NOTHING)).toBe(true)
  expect(isSame(leftOf(song, BO).slice(0, untouched), freeBo?.slice(0, untouched) ?? NOTHING)).toBe(
    true,
  )
})

test('[TRADE2] whoever comes in the middle of a turn hears the same ones step back, hands too', () => {
  const [first, second] = handGains(true)

  expect(first).toBeCloseTo(STEPPED_BACK, 2)
  expect(second).toBeCloseTo(1, 2)
})

/** The second half of bo's turn, and the first of ana's: how loud a hand on ana's track is beside one without turns. */
function handGains(moves: boolean): readonly number[] {
  const heard = [duo({}), duo()].map((song) => {
    const each = createEngineCore(SAMPLE_RATE)
    each.setStepBack(toStepBack(song))
    const patch = createSongPatcher()(song)
    if (patch !== undefined) each.change(patch)
    each.setTempo([{ frame: -1.5 * BAR, beat: 0, framesPerBeat: BAR / 4, playing: moves }])
    each.playHand({
      ...{ hand: 'ana', track: ANA, key: 69, pitch: 69, velocity: 60, frame: 0, seed: 1 },
    })
    const left = new Float32Array(BAR)
    for (let at = 0; at < BAR; at += 128)
      each.process(left.subarray(at, at + 128), new Float32Array(128), at)
    return [
      strengthOf(left, 440, SAMPLE_RATE, 4800, 21_600),
      strengthOf(left, 440, SAMPLE_RATE, 27_600, 45_600),
    ]
  })
  return [0, 1].map((half) => (heard[0]?.[half] ?? 0) / (heard[1]?.[half] ?? 1))
}

test('[TRADE3] a hand on a track steps back with it, and plays in full while the song stands', () => {
  expect(handGains(true)[0]).toBeCloseTo(STEPPED_BACK, 2)
  expect(handGains(false).map((gain) => Math.round(100 * gain))).toEqual([100, 100])
})

test('[TRADE3] when the song stops what rings of a silent one does not come up', () => {
  const stopped = withStop(TRANSPORT, 1400, 100, 'ana')
  const ringing = (song: Song): Song => ({
    ...song,
    tracks: song.tracks.map((track) => ({ ...track, sound: { ...SINE, releaseSeconds: 0.5 } })),
  })
  const heard = (trade?: Partial<Trade>): Float32Array =>
    renderStems(ringing(duo(trade)), stopped, SPAN).tracks.get(ANA)?.left ?? new Float32Array()
  const loudest = (side: Float32Array, from: number): number =>
    Math.max(...side.slice(from, from + 4800).map(Math.abs))
  const [free, silent] = [heard(), heard({ isSilent: true })]

  const after = 1.6 * BAR
  expect(loudest(free, after)).toBeGreaterThan(0.02)
  expect(loudest(silent, after)).toBeLessThan(0.06 * loudest(free, after))
})

test('[TRADE2] an export passes the spotlight on from its first bar, whatever leads there', () => {
  const song = songNow(duo({ beat: 64 }))
  const stretch = {
    ...{ bpm: 240, mix: new Map(), leadBeats: 16, beats: 16, rings: false },
    sampleRate: SAMPLE_RATE,
  }
  const strengths = (which: Song): readonly number[] => {
    const parts: Float32Array[] = []
    for (const { left } of renderStretch({ ...stretch, song: which })) parts.push(left.slice())
    const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return [0, 1].map((bar) => {
      const [a = 0, e = 1] = [440, 329.63].map((hz) =>
        strengthOf(whole, hz, SAMPLE_RATE, bar * BAR + 4800, (bar + 1) * BAR - 4800),
      )
      return decibels(a / e)
    })
  }
  const [free, turns] = [strengths(duo()), strengths(song)]

  expect((turns[0] ?? 0) - (free[0] ?? 0)).toBeCloseTo(7, 0)
  expect((turns[1] ?? 0) - (free[1] ?? 0)).toBeCloseTo(-7, 0)
  expect(songNow(duo({ beat: 64, end: 80 })).trade).toBeUndefined()
})

test('[TRADE1] what the document says is taken within its bounds, or not at all', () => {
  const value = { bars: 4, order: ['ana', 'bo'], silent: true, beat: 8, end: 64 }

  expect(parseTrade(value)).toEqual({
    ...{ bars: 4, order: ['ana', 'bo'], isSilent: true, beat: 8, end: 64 },
  })
  for (const junk of [undefined, null, 4, 'trade', [], {}, [value]]) {
    expect(parseTrade(junk)).toBeUndefined()
  }
  for (const bars of [0, 3, 16, '4', NaN]) expect(parseTrade({ ...value, bars })).toBeUndefined()
  for (const beat of [-4, 3, 0.5, NaN, Infinity, 2 ** 40, '8', undefined]) {
    expect(parseTrade({ ...value, beat })).toBeUndefined()
    expect(parseTrade({ ...value, end: beat })?.end).toBeUndefined()
  }
  for (const order of [[], 'ana', ['', 7, 'x'.repeat(65)], undefined]) {
    expect(parseTrade({ ...value, order })).toBeUndefined()
  }
  const many = Array.from({ length: 200 }, (_, at) => `person ${at}`)
  expect(parseTrade({ ...value, order: ['ana', ...many, 'ana'] })?.order).toEqual(
    ['ana', ...many].slice(0, 64),
  )
})
