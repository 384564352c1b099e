import { describe, expect, test } from 'vitest'
import { pitchToPiece } from './drum-sound.ts'
import { GROOVE_NAMES } from './groove-names.ts'
import { HIGHEST_PITCH, LOWEST_PITCH, noteKey } from './pattern.ts'
import { isInScale } from './scale.ts'
import { MAX_SWING, MIN_SWING } from './song.ts'
import { STARTER_GROOVE } from './starter-groove.ts'
import { STARTER_GROOVES } from './starter-grooves.ts'
import { NUMERIC_PARAMS, PARAM_RANGES } from './track-sound.ts'
import { MAX_BPM, MIN_BPM } from './time.ts'

const grooves = [STARTER_GROOVE, ...GROOVE_NAMES.map((name) => STARTER_GROOVES[name])].map(
  (groove, index) => ({
    name: ['First', ...GROOVE_NAMES][index],
    groove,
    parts: [groove, ...groove.others],
  }),
)

describe.each(grooves)('the groove $name', ({ groove, parts }) => {
  test('has notes that sound: in its scale or of the kit, in range and in the loop', () => {
    for (const { notes, sound } of parts) {
      expect(notes.length).toBeGreaterThan(0)
      for (const { pitch, step } of notes) {
        if (sound.instrument === 'drums') expect(pitchToPiece(pitch)).toBeDefined()
        else expect(isInScale(pitch, groove.root, groove.scale)).toBe(true)
        expect(pitch).toBeGreaterThanOrEqual(LOWEST_PITCH)
        expect(pitch).toBeLessThanOrEqual(HIGHEST_PITCH)
        expect(step).toBeLessThan(groove.stepCount)
      }
    }
  })

  test('has no two notes in one place of a track', () => {
    for (const { notes } of parts)
      expect(new Set(notes.map(({ step, pitch }) => noteKey(step, pitch))).size).toBe(notes.length)
  })

  test('has a tempo, a swing and sounds within their ranges', () => {
    expect(groove.bpm).toBeGreaterThanOrEqual(MIN_BPM)
    expect(groove.bpm).toBeLessThanOrEqual(MAX_BPM)
    expect(groove.swing ?? MIN_SWING).toBeGreaterThanOrEqual(MIN_SWING)
    expect(groove.swing ?? MIN_SWING).toBeLessThanOrEqual(MAX_SWING)
    for (const { sound } of parts) {
      for (const param of NUMERIC_PARAMS) {
        expect(sound[param]).toBeGreaterThanOrEqual(PARAM_RANGES[param].min)
        expect(sound[param]).toBeLessThanOrEqual(PARAM_RANGES[param].max)
      }
    }
  })
})
