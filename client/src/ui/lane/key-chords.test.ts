import { expect, test } from 'vitest'
import { SCALES, type ScaleName } from '../../sequence/scale.ts'
import { chordNames } from './chord-names.ts'
import { keyChords } from './key-chords.ts'
import { progressionsIn } from './progressions.ts'

test.each<[ScaleName, string]>([
  ['major', 'C Dm Em F G Am Bdim'],
  ['natural minor', 'Cm Ddim D♯ Fm Gm G♯ A♯'],
  ['chromatic', 'C Dm Em F G Am Bdim'],
  ['blues', 'Cm Ddim D♯ Fm Gm G♯ A♯'],
  ['dorian', 'Cm Dm D♯ F Gm Adim A♯'],
  ['augmented', 'C D♯aug E Gaug G♯ Baug'],
])('the chords of C %s are %s', (scale, names) => {
  expect(chordNames(keyChords(0, scale))).toBe(names)
})

test('each scale has chords and ready-made progressions, in its mode and key', () => {
  for (const scale of Object.keys(SCALES) as ScaleName[]) {
    const ready = progressionsIn(2, scale)
    expect(ready.length).toBeGreaterThan(3)
    for (const { chords: each } of ready) expect(each.length).toBeLessThanOrEqual(16)
  }
  expect(chordNames(progressionsIn(2, 'dorian')[0]?.chords ?? [])).toBe('Dm A♯ F C')
  const blues = progressionsIn(9, 'major').find(({ name }) => name === 'blues')
  expect(blues?.chords.reduce((sum, { halfBars }) => sum + halfBars, 0)).toBe(24)
})
