import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import {
  attack,
  createEnvelope,
  endStage,
  fade,
  followSustain,
  isGated,
  release,
  type Envelope,
} from './envelope.ts'

const RATE = 1000
const SOUND = {
  ...INITIAL_SOUND,
  attackSeconds: 0.01,
  decaySeconds: 0.1,
  sustain: 0.5,
  releaseSeconds: 0.2,
}

/** Runs as a voice does, sample by sample. */
function run(envelope: Envelope, samples: number, sound = SOUND): number[] {
  return Array.from({ length: samples }, () => {
    envelope.level = envelope.level * envelope.factor + envelope.offset
    envelope.remaining--
    if (envelope.remaining <= 0) endStage(envelope, sound, RATE)
    return envelope.level
  })
}

function struck(): Envelope {
  const envelope = createEnvelope()
  attack(envelope, SOUND, RATE)
  return envelope
}

test('the attack rises in a straight line to full level', () => {
  const levels = run(struck(), 10)

  for (const [index, level] of levels.entries()) expect(level).toBeCloseTo((index + 1) / 10)
})

test('the decay ends on the sustain level when its time is over', () => {
  const envelope = struck()
  run(envelope, 10)

  const levels = run(envelope, 100)

  expect(levels[48]).toBeLessThan(0.65)
  expect(levels[98]).toBeGreaterThan(0.5)
  expect(levels[99]).toBeCloseTo(0.5, 9)
  expect(envelope.stage).toBe('sustain')
})

test('the sustain level holds, and glides when the sound is changed', () => {
  const envelope = struck()
  run(envelope, 110)
  expect(run(envelope, 1000).at(-1)).toBeCloseTo(0.5, 9)

  followSustain(envelope, { ...SOUND, sustain: 0.8 }, RATE)
  const levels = run(envelope, 100)

  expect(levels[0]).toBeLessThan(0.6)
  expect(levels.at(-1)).toBeCloseTo(0.8, 5)
})

test.each([5, 60, 500])('a release after %i samples is silent after its time', (held) => {
  const envelope = struck()
  run(envelope, held)

  release(envelope, SOUND, RATE)
  const levels = run(envelope, 200)

  expect(levels[198]).toBeGreaterThan(0)
  expect(levels[199]).toBe(0)
  expect(envelope.stage).toBe('idle')
})

test('no level leaps: not in attack, decay or release', () => {
  const envelope = struck()
  const levels = [0, ...run(envelope, 60)]
  release(envelope, SOUND, RATE)
  levels.push(...run(envelope, 210))

  for (let i = 1; i < levels.length; i++) {
    expect(Math.abs((levels[i] ?? 0) - (levels[i - 1] ?? 0))).toBeLessThan(0.11)
  }
})

test('a released envelope is not released again', () => {
  const envelope = struck()
  release(envelope, SOUND, RATE)
  run(envelope, 150)
  const level = envelope.level

  release(envelope, SOUND, RATE)

  expect(isGated(envelope)).toBe(false)
  expect(envelope.level).toBe(level)
  expect(envelope.remaining).toBe(50)
})

test('a fade ends within three milliseconds, whatever came before', () => {
  const envelope = struck()
  run(envelope, 30)

  fade(envelope, RATE)
  fade(envelope, RATE)
  const levels = run(envelope, 3)

  expect(levels[0]).toBeGreaterThan(0)
  expect(levels[2]).toBe(0)
  fade(envelope, RATE)
  expect(envelope.stage).toBe('idle')
})
