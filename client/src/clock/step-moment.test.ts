import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepMoment } from './step-moment.ts'
import { beatAt, initialTransport, withPlay, withStop, withTempo } from './tempo-map.ts'

const NOW = 1_700_000_000_000
const playing = withPlay(initialTransport('one'), NOW, 0, 'ana')

test('[CLK21] a step count begins half of the shortest step before the first beat after the lead', () => {
  expect(stepMoment(playing, NOW + 1100)).toBe(NOW + 1484.375)
  expect(stepMoment(playing, NOW + 1484)).toBe(NOW + 1484.375)
  expect(stepMoment(playing, NOW + 1485)).toBe(NOW + 1984.375)
})

test('while the song stands, or will have stopped, there is no moment to agree on', () => {
  const stopping = withStop(playing, NOW + 1000, 300, 'bo')

  expect(stepMoment(initialTransport('one'), NOW)).toBeUndefined()
  expect(stepMoment(stopping, NOW + 1500)).toBeUndefined()
  expect(stepMoment(stopping, NOW + 1100)).toBeUndefined()
})

test('the moment lies on its place in the beat through changes of tempo, and less than a beat ahead', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 40, max: 240, noNaN: true }),
      fc.constantFrom(0, 4, 32),
      fc.integer({ min: 0, max: 30_000 }),
      (bpm, glideBeats, ahead) => {
        const transport = withTempo(playing, bpm, NOW, 400, 'bo', { glideBeats })

        const moment = stepMoment(transport, NOW + ahead) ?? NaN

        const beat = beatAt(transport, moment)
        expect(Math.abs(beat - Math.round(beat) + 1 / 32)).toBeLessThan(1e-5)
        expect(moment).toBeGreaterThanOrEqual(NOW + ahead - 1e-3)
        expect(beat - beatAt(transport, NOW + ahead)).toBeLessThanOrEqual(1 + 1e-6)
      },
    ),
  )
})
