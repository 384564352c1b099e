import { expect, test } from 'vitest'
import { DRUM_KITS } from '../../../sequence/drum-kits.ts'
import { DRUM_PIECES, DRUM_RANGES, INITIAL_PATCH } from '../../../sequence/drum-sound.ts'
import {
  areSame,
  isSilent,
  loudnessOf,
  onsetsIn,
  peakOf,
  strengthOf,
} from '../../testing/listen.ts'
import { brightnessOf, hit, loudestOf, SAMPLE_RATE } from './testing/hits.ts'

const everyPiece = DRUM_KITS.flatMap(({ name, patch }) =>
  DRUM_PIECES.map((piece) => ({ kit: name, piece, patch })),
)
const everyKit = DRUM_KITS.map(({ name, patch }) => ({ kit: name, patch }))

test.each(everyPiece)('the $piece of $kit sounds, and ends in silence', ({ piece, patch }) => {
  const { left, right } = hit(piece, patch, { seconds: 8 })

  for (const side of [left, right]) {
    expect(isSilent(side, 7.9 * SAMPLE_RATE)).toBe(true)
    const offset = side.reduce((sum, sample) => sum + sample, 0) / (0.1 * SAMPLE_RATE)
    expect(Math.abs(offset)).toBeLessThan(0.001)
  }
  const peak = Math.max(peakOf(left), peakOf(right))
  expect(peak).toBeGreaterThan(0.1)
  expect(peak).toBeLessThanOrEqual(0.97)
})

test.each(everyPiece)('the $piece of $kit begins on its sample', ({ piece, patch }) => {
  const { left, right } = hit(piece, patch, { offset: 37, seconds: 0.01 })

  expect(onsetsIn(left)[0]).toBe(37)
  expect(onsetsIn(right)[0]).toBe(37)
})

test.each(everyPiece)('a soft hit of the $piece of $kit is softer and darker', (it) => {
  const hard = hit(it.piece, it.patch, { velocity: 120, seconds: 0.2 })
  const soft = hit(it.piece, it.patch, { velocity: 40, seconds: 0.2 })

  expect(loudestOf(hard) - loudestOf(soft)).toBeGreaterThan(6)
  expect(brightnessOf(soft.left)).toBeLessThan(0.97 * brightnessOf(hard.left))
})

test.each(everyPiece)('a hit of the $piece of $kit is as its seed wants it', ({ piece, patch }) => {
  const one = hit(piece, patch, { seed: 5 })
  const again = hit(piece, patch, { seed: 5 })
  const later = hit(piece, patch, { seed: 5, offset: 77 })
  const other = hit(piece, patch, { seed: 6 })

  expect(areSame(one.left, again.left)).toBe(true)
  expect(areSame(one.right, again.right)).toBe(true)
  expect(areSame(one.left.subarray(0, 40_000), later.left.subarray(77, 40_077))).toBe(true)
  expect(areSame(one.left, other.left)).toBe(false)
  expect(Math.abs(loudestOf(one) - loudestOf(other))).toBeLessThan(2)
})

test.each(everyKit)('the kick of $kit lands on its pitch', ({ patch }) => {
  const kick = { ...patch.kick, decaySeconds: 2 }
  const { left } = hit('kick', { ...patch, kick }, { seconds: 1.5 })

  const from = Math.round(kick.sweepSeconds * SAMPLE_RATE)
  let found = 0
  let strongest = 0
  for (let hz = 0.95 * kick.tuneHz; hz < 1.05 * kick.tuneHz; hz += 0.001 * kick.tuneHz) {
    const strength = strengthOf(left, hz, SAMPLE_RATE, from, from + SAMPLE_RATE)
    if (strength > strongest) found = hz
    strongest = Math.max(strongest, strength)
  }
  expect(Math.abs(found / kick.tuneHz - 1)).toBeLessThan(0.01)
})

test('a kick falls to its pitch from above', () => {
  const { left } = hit('kick', INITIAL_PATCH)
  const { tuneHz } = INITIAL_PATCH.kick

  const early = strengthOf(left, 4 * tuneHz, SAMPLE_RATE, 0, 1500)
  const late = strengthOf(left, 4 * tuneHz, SAMPLE_RATE, 6000, 7500)
  expect(early).toBeGreaterThan(20 * late)
})

test('a kick without a click begins softly', () => {
  const kick = { ...INITIAL_PATCH.kick, click: 0 }

  const { left } = hit('kick', { ...INITIAL_PATCH, kick })

  expect(peakOf(left, 0, 1)).toBeLessThan(0.035)
})

test('a snare has two modes below its noise', () => {
  const { left } = hit('snare', INITIAL_PATCH)
  const { tuneHz } = INITIAL_PATCH.snare

  const at = (hz: number): number => strengthOf(left, hz, SAMPLE_RATE, 2000, 8000)
  expect(at(tuneHz)).toBeGreaterThan(4 * at(1.35 * tuneHz))
  expect(at(1.78 * tuneHz)).toBeGreaterThan(4 * at(1.35 * tuneHz))
  expect(brightnessOf(left)).toBeGreaterThan(0.3)
})

test('a clap is several bursts and a tail', () => {
  const clap = { ...INITIAL_PATCH.clap, bursts: 3, gapSeconds: 0.02, decaySeconds: 0.3 }

  const { left } = hit('clap', { ...INITIAL_PATCH, clap })

  const millisecond = SAMPLE_RATE / 1000
  const bursts: number[] = []
  let low = 1e-6
  for (let at = 0; at < 200; at++) {
    const level = loudnessOf(left, at * millisecond, (at + 1) * millisecond)
    const isNew = at > (bursts.at(-1) ?? -10) + 4
    if (isNew && level > 8 * low) bursts.push(at)
    low = bursts.at(-1) === at ? level : Math.min(low, level)
  }
  expect(bursts).toHaveLength(4)
  const tail = (bursts[3] ?? 0) * millisecond
  expect(loudnessOf(left, tail + 2400, tail + 2640)).toBeGreaterThan(
    0.2 * loudnessOf(left, tail, tail + 240),
  )
})

test.each(everyKit)('the hats of $kit hiss', ({ patch }) => {
  for (const piece of ['closed-hat', 'open-hat'] as const) {
    const { left } = hit(piece, patch, { seconds: 0.1 })

    // Of a sine at 4.5 kHz it were 0.58.
    expect(brightnessOf(left)).toBeGreaterThan(0.58)
  }
})

test.each(everyKit)('the pieces of $kit are in balance', ({ patch }) => {
  const [kick, snare, clap, closedHat, openHat, , midTom] = DRUM_PIECES.map((piece) =>
    loudestOf(hit(piece, patch)),
  ) as [number, number, number, number, number, number, number]

  expect(Math.abs(kick - snare)).toBeLessThan(6)
  for (const hat of [closedHat, openHat]) {
    expect(snare - hat).toBeGreaterThan(6)
    expect(snare - hat).toBeLessThan(13)
  }
  expect(Math.min(kick, snare)).toBeGreaterThan(Math.max(clap, midTom))
})

test('every param of every piece is heard', () => {
  for (const piece of DRUM_PIECES) {
    for (const [param, { min, max }] of Object.entries(DRUM_RANGES[piece])) {
      const [low, high] = [min, max].map((value) => {
        const patch = { ...INITIAL_PATCH, [piece]: { ...INITIAL_PATCH[piece], [param]: value } }
        return hit(piece, patch, { seconds: 0.3 }).left
      }) as [Float32Array, Float32Array]

      expect([piece, param, areSame(low, high)]).toEqual([piece, param, false])
    }
  }
})

test('a piece sounds where it is panned', () => {
  const panned = (pan: number) =>
    hit('clap', { ...INITIAL_PATCH, clap: { ...INITIAL_PATCH.clap, pan } })

  expect(isSilent(panned(-1).right)).toBe(true)
  expect(isSilent(panned(1).left)).toBe(true)
  expect(areSame(panned(0).left, panned(0).right)).toBe(true)
  expect(peakOf(panned(-0.5).left)).toBe(peakOf(panned(0).left))
})

test.each([44_100, 96_000])('every piece sounds alike at %d Hz', (sampleRate) => {
  for (const piece of DRUM_PIECES) {
    const { left } = hit(piece, INITIAL_PATCH, { sampleRate, seconds: 2 })
    const usual = hit(piece, INITIAL_PATCH, { seconds: 2 }).left

    expect(left.every(Number.isFinite)).toBe(true)
    expect(loudnessOf(left) / loudnessOf(usual)).toBeGreaterThan(0.5)
    expect(loudnessOf(left) / loudnessOf(usual)).toBeLessThan(2)
  }
})
