import { expect, test } from 'vitest'
import { HIGHEST_PITCH, LOWEST_PITCH, noteKey } from './pattern.ts'
import { isInScale } from './scale.ts'
import { STARTER_GROOVE } from './starter-groove.ts'
import { NUMERIC_PARAMS, PARAM_RANGES } from './track-sound.ts'
import { MAX_BPM, MIN_BPM } from './time.ts'

const { notes, root, scale, stepCount, sound, bpm } = STARTER_GROOVE

test('every note of the starter groove is in its scale, in range and in the loop', () => {
  for (const note of notes) {
    expect(isInScale(note.pitch, root, scale)).toBe(true)
    expect(note.pitch).toBeGreaterThanOrEqual(LOWEST_PITCH)
    expect(note.pitch).toBeLessThanOrEqual(HIGHEST_PITCH)
    expect(note.step).toBeLessThan(stepCount)
  }
})

test('no two notes of the starter groove share a place', () => {
  expect(new Set(notes.map(({ step, pitch }) => noteKey(step, pitch))).size).toBe(notes.length)
})

test('its tempo and sound are within their ranges', () => {
  expect(bpm).toBeGreaterThanOrEqual(MIN_BPM)
  expect(bpm).toBeLessThanOrEqual(MAX_BPM)
  for (const param of NUMERIC_PARAMS) {
    expect(sound[param]).toBeGreaterThanOrEqual(PARAM_RANGES[param].min)
    expect(sound[param]).toBeLessThanOrEqual(PARAM_RANGES[param].max)
  }
})
