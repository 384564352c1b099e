import { expect, test } from 'vitest'
import { strengthOf } from '../testing/listen.ts'
import { createStrip, setSound, type Strip } from './strip.ts'
import { begin, play, SAMPLE_RATE, SOUND } from './testing/play-voices.ts'
import { createVoices } from './voices.ts'

const WIDE = {
  ...SOUND,
  waveform: 'sine',
  cutoffHz: 18_000,
  unisonCents: 100,
  unisonSpread: 0,
} as const
const BLOCKS = 300

/** Mean of where the sound's power lies around A4, in cents. */
function meanCents(samples: Float64Array): number {
  const pcm = Float32Array.from(samples)
  let [sum, power] = [0, 0]
  for (let cents = -110; cents <= 110; cents += 4) {
    const strength = strengthOf(pcm, 440 * 2 ** (cents / 1200), SAMPLE_RATE, 4800)
    sum += cents * strength ** 2
    power += strength ** 2
  }
  return sum / power
}

function heard(unison: '1' | '3' | '5' | '7', most: number, turn?: (strip: Strip) => void) {
  const strip = createStrip({ ...WIDE, unison })
  const voices = createVoices(SAMPLE_RATE, strip)
  voices.limits.unison = most
  begin(voices, strip, 69)
  turn?.(strip)
  return meanCents(play(voices, [strip], BLOCKS))
}

test.each(['3', '5', '7'] as const)(
  'a unison of %s is in tune, however few are left of it',
  (unison) => {
    for (const most of [7, 3, 1]) expect(Math.abs(heard(unison, most))).toBeLessThan(6)
  },
)

test('a held note stays in tune when its sound gets another unison', () => {
  for (const [before, after] of [
    ['1', '7'],
    ['3', '7'],
    ['7', '3'],
    ['5', '1'],
  ] as const) {
    const mean = heard(before, 7, (strip) => setSound(strip, { ...WIDE, unison: after }))
    expect(Math.abs(mean), `${before} to ${after}`).toBeLessThan(6)
  }
})
