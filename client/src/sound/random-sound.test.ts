import { expect, test } from 'vitest'
import { PRESET_FAMILIES } from '../sequence/presets/preset.ts'
import { randomSound } from '../sequence/presets/random-sound.ts'
import { createRandom } from '../sequence/presets/testing/random.ts'
import { CEILING } from './dsp/limiter.ts'
import { CHORDS } from './testing/phrases.ts'
import { createSolo } from './testing/solo.ts'

const SAMPLE_RATE = 44_100
const DRAWS = 200
/** Of these draws the end is waited for. */
const WAITED_FOR = 5
const HELD_SECONDS = 0.12
const LISTEN_SECONDS = 0.15
/** Without the room, which is silent five seconds later. */
const LONGEST_TAIL_SECONDS = 7
/** -50 dB; what sets in slowly has only begun. */
const FAINTEST = 0.003
/** Of a sine at 6.3 kHz. */
const HARSHEST = 0.8

test.each(PRESET_FAMILIES)(
  'whatever is drawn of the family %s is heard, clips nothing and does not shriek',
  (family) => {
    const random = createRandom(family)
    const solo = createSolo(SAMPLE_RATE)

    const faults = Array.from({ length: DRAWS }, () => {
      const sound = randomSound(family, random)
      const { peak, harshness, isFinite } = solo.play(
        sound,
        CHORDS[family],
        HELD_SECONDS,
        LISTEN_SECONDS,
      )
      const isFine = isFinite && peak > FAINTEST && peak < CEILING && harshness < HARSHEST
      return isFine ? [] : [{ peak, harshness, isFinite, sound }]
    }).flat()

    expect(faults).toEqual([])
  },
)

test.each(PRESET_FAMILIES)('whatever is drawn of the family %s comes to an end', (family) => {
  const random = createRandom(`the end of ${family}`)
  const solo = createSolo(SAMPLE_RATE)

  const tails = Array.from({ length: WAITED_FOR }, () => {
    const sound = randomSound(family, random)
    const seconds = HELD_SECONDS + LONGEST_TAIL_SECONDS + 1
    return solo.play(sound, CHORDS[family], HELD_SECONDS, seconds).tailSeconds
  })

  expect(Math.max(...tails)).toBeLessThan(LONGEST_TAIL_SECONDS)
})
