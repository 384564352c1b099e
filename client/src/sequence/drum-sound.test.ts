import { expect, test } from 'vitest'
import { DRUM_KITS } from './drum-kits.ts'
import {
  DRUM_PIECES,
  DRUM_RANGES,
  INITIAL_PATCH,
  pieceToPitch,
  pitchToPiece,
} from './drum-sound.ts'

const LOWEST_PITCH = 24
const HIGHEST_PITCH = 108
const everyKit = DRUM_KITS.map((kit) => ({ ...kit }))

test('every piece has its General MIDI pitch', () => {
  const pitches = Object.fromEntries(DRUM_PIECES.map((piece) => [piece, pieceToPitch(piece)]))

  expect(pitches).toEqual({
    kick: 36,
    snare: 38,
    clap: 39,
    'closed-hat': 42,
    'open-hat': 46,
    'low-tom': 45,
    'mid-tom': 47,
    'high-tom': 50,
    rim: 37,
    cowbell: 56,
    crash: 49,
    ride: 51,
    shaker: 70,
  })
})

test('a pitch undoes its piece', () => {
  for (const piece of DRUM_PIECES) expect(pitchToPiece(pieceToPitch(piece))).toBe(piece)
})

test('neighbours in General MIDI play the piece that is most like them', () => {
  const neighbours = { 35: 'kick', 40: 'snare', 44: 'closed-hat', 41: 'low-tom', 57: 'crash' }
  for (const [pitch, piece] of Object.entries(neighbours)) {
    expect(pitchToPiece(Number(pitch))).toBe(piece)
  }
})

test('every pitch plays one piece or none', () => {
  const all = Array.from({ length: HIGHEST_PITCH - LOWEST_PITCH + 1 }, (_, at) =>
    pitchToPiece(LOWEST_PITCH + at),
  )

  expect(new Set(all)).toEqual(new Set([undefined, ...DRUM_PIECES]))
  expect(all.filter((piece) => piece !== undefined)).toHaveLength(40)
})

test('the usual patch has the usual value of every param', () => {
  expect(INITIAL_PATCH.kick.tuneHz).toBe(DRUM_RANGES.kick.tuneHz.initial)
  expect(Object.keys(INITIAL_PATCH)).toEqual([...DRUM_PIECES])
})

test('kits have names of their own', () => {
  expect(new Set(DRUM_KITS.map(({ name }) => name)).size).toBe(DRUM_KITS.length)
  expect(DRUM_KITS.length).toBeGreaterThanOrEqual(8)
})

test.each(everyKit)('$name says everything about every piece, within its range', ({ patch }) => {
  for (const piece of DRUM_PIECES) {
    const params: Readonly<Record<string, number>> = patch[piece]
    expect(Object.keys(params).sort()).toEqual(Object.keys(DRUM_RANGES[piece]).sort())
    for (const [param, { min, max }] of Object.entries(DRUM_RANGES[piece])) {
      expect(params[param]).toBeGreaterThanOrEqual(min)
      expect(params[param]).toBeLessThanOrEqual(max)
    }
  }
})
