import { expect, test } from 'vitest'
import {
  advance,
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
const ATTACK = 0.01
const DECAY = 0.1
const SUSTAIN = 0.5
const RELEASE = 0.2

/** Runs as a voice does, sample by sample. */
function run(envelope: Envelope, samples: number): number[] {
  return Array.from({ length: samples }, () => {
    envelope.level = envelope.level * envelope.factor + envelope.offset
    envelope.remaining--
    if (envelope.remaining <= 0) endStage(envelope, DECAY, SUSTAIN, RATE)
    return envelope.level
  })
}

function struck(): Envelope {
  const envelope = createEnvelope()
  attack(envelope, ATTACK, RATE)
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

  followSustain(envelope, 0.8, RATE)
  const levels = run(envelope, 100)

  expect(levels[0]).toBeLessThan(0.6)
  expect(levels.at(-1)).toBeCloseTo(0.8, 5)
})

test.each([5, 60, 500])('a release after %i samples is silent after its time', (held) => {
  const envelope = struck()
  run(envelope, held)

  release(envelope, RELEASE, RATE)
  const levels = run(envelope, 200)

  expect(levels[198]).toBeGreaterThan(0)
  expect(levels[199]).toBe(0)
  expect(envelope.stage).toBe('idle')
})

test('no level leaps: not in attack, decay or release', () => {
  const envelope = struck()
  const levels = [0, ...run(envelope, 60)]
  release(envelope, RELEASE, RATE)
  levels.push(...run(envelope, 210))

  for (let i = 1; i < levels.length; i++) {
    expect(Math.abs((levels[i] ?? 0) - (levels[i - 1] ?? 0))).toBeLessThan(0.11)
  }
})

test('a released envelope is not released again', () => {
  const envelope = struck()
  release(envelope, RELEASE, RATE)
  run(envelope, 150)
  const level = envelope.level

  release(envelope, RELEASE, RATE)

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

test('an attack that begins amid a note rises from where it is, in its whole time', () => {
  const envelope = struck()
  run(envelope, 110)

  attack(envelope, ATTACK, RATE)
  const levels = run(envelope, 10)

  expect(levels[0]).toBeCloseTo(0.55)
  expect(levels[9]).toBeCloseTo(1)
})

test('step by step it goes the same way as sample by sample', () => {
  const [samples, steps] = [struck(), struck()]

  const levels = Array.from({ length: 200 }, () => {
    advance(steps, DECAY, SUSTAIN, RATE)
    return steps.level
  })

  expect(levels).toEqual(run(samples, 200))
})

test('one that is idle does not move', () => {
  const envelope = createEnvelope()

  advance(envelope, DECAY, SUSTAIN, RATE)

  expect(envelope).toEqual(createEnvelope())
})
