import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FILTER_MODES } from '../../sequence/synth-sound.ts'
import { INITIAL_SOUND, PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { createFilterShape, createTangents, filter, shapeFilter } from '../../sound/dsp/filter.ts'
import { hzToPitch } from '../../sound/dsp/tuning.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { envelopeCorners, envelopePath } from './envelope-path.ts'
import { filterDecibels, filterPath, type FilterKnobs } from './filter-response.ts'

/** Of every drawing on the page of these tests, so that a hand can be told where it is. */
const BOX = { left: 100, top: 200, width: 400, height: 100 }

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  for (const field of screen.root.querySelectorAll('.field'))
    vi.spyOn(field, 'getBoundingClientRect').mockReturnValue(BOX as DOMRect)
})
afterEach(() => screen.close())

const sound = (): TrackSound => session.song.read().tracks[0]?.sound ?? INITIAL_SOUND
const drawing = (name: string): HTMLElement => screen.role('group', name)

/** Drags from one share of a drawing to another. */
async function drag(
  name: string,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  more: PointerEventInit = {},
): Promise<void> {
  const at = ([x, y]: readonly [number, number]) => ({
    x: BOX.left + x * BOX.width,
    y: BOX.top + y * BOX.height,
  })
  await point(drawing(name), 'pointerdown', at(from), { button: 0 })
  await point(drawing(name), 'pointermove', at(to), more)
  await point(drawing(name), 'pointerup', at(to), more)
}

const corners = (): ReturnType<typeof envelopeCorners> =>
  envelopeCorners(
    {
      attack: sound().attackSeconds,
      decay: sound().decaySeconds,
      sustain: sound().sustain,
      release: sound().releaseSeconds,
    },
    {
      attack: PARAM_RANGES.attackSeconds.max,
      decay: PARAM_RANGES.decaySeconds.max,
      sustain: 1,
      release: PARAM_RANGES.releaseSeconds.max,
    },
  )

test('the first point of the envelope is the attack, and only that', async () => {
  const { peak } = corners()

  await drag('Envelope, drawn', [peak.x, peak.y], [0.25, 0.6])

  expect(sound()).toEqual({ ...INITIAL_SOUND, attackSeconds: 2 })
})

test('the second point is decay and sustain, and stays under the hand', async () => {
  const { held } = corners()

  await drag('Envelope, drawn', [held.x + 0.01, held.y + 0.02], [0.2, 0.3])

  const { attackSeconds, releaseSeconds } = sound()
  expect({ attackSeconds, releaseSeconds }).toEqual({ attackSeconds: 0.005, releaseSeconds: 0.4 })
  expect(corners().held.x).toBeCloseTo(0.19)
  expect(corners().held.y).toBeCloseTo(0.28)
})

test('the last point is the release', async () => {
  const { end } = corners()

  await drag('Envelope, drawn', [end.x, 1], [0.9, 1])

  expect(corners().end.x).toBeCloseTo(0.9)
  expect(sound()).toEqual({ ...INITIAL_SOUND, releaseSeconds: sound().releaseSeconds })
})

test('no point leaves its range, however far the hand goes', async () => {
  const { held } = corners()

  await drag('Envelope, drawn', [held.x, held.y], [-4, 9])

  expect(sound()).toMatchObject({ decaySeconds: 0.001, sustain: 0 })
})

test('with Shift a point moves five times less', async () => {
  const { end } = corners()

  await drag('Envelope, drawn', [end.x, 1], [end.x + 0.05, 1], { shiftKey: true })

  expect(corners().end.x).toBeCloseTo(end.x + 0.01)
})

test('arrow keys move the points of the envelope', async () => {
  const held = screen.role('slider', 'Envelope: decay and sustain')

  await press(held, 'ArrowUp')
  expect(sound().sustain).toBeCloseTo(0.52)
  await press(held, 'ArrowRight')
  expect(sound().decaySeconds).toBeGreaterThan(0.12)
  await press(screen.role('slider', 'Envelope: attack'), 'ArrowRight')
  expect(sound().attackSeconds).toBeGreaterThan(0.005)
  await press(screen.role('slider', 'Envelope: release'), 'ArrowLeft')
  expect(sound().releaseSeconds).toBeLessThan(0.4)
})

test('the point of the filter is its cutoff sideways and its resonance upwards', async () => {
  await drag('Filter, drawn', [0.5, 0.5], [0.6, 0.4])

  // A tenth of ten octaves (20 Hz to 20 kHz), and of 72 decibels.
  expect(sound().cutoffHz).toBeCloseTo(3000 * 1000 ** 0.1)
  expect(sound().resonance).toBeCloseTo(1.5 * 10 ** (7.2 / 20))
  await drag('Filter, drawn', [0.5, 0.5], [9, -9])
  expect(sound()).toMatchObject({ cutoffHz: 18_000, resonance: 20 })
})

test('arrow keys move the point of the filter', async () => {
  const handle = screen.role('slider', 'Filter: cutoff and resonance')

  await press(handle, 'ArrowLeft')
  expect(sound().cutoffHz).toBeLessThan(3000)
  await press(handle, 'ArrowUp')
  expect(sound().resonance).toBeGreaterThan(1.5)
  expect(handle.getAttribute('aria-valuetext')).toBe('Cutoff 2.7 kHz, Resonance Q 1.7')
})

test('what a drawing moves the knobs show at once, before the song says so', async () => {
  session.setParam = () => undefined

  await press(screen.role('slider', 'Filter: cutoff and resonance'), 'ArrowLeft')

  expect(screen.role('slider', 'Cutoff').getAttribute('aria-valuetext')).toBe('2.7 kHz')
})

test('a knob that was just turned follows a drawing at once', async () => {
  await press(screen.role('slider', 'Cutoff'), 'End')

  await press(screen.role('slider', 'Filter: cutoff and resonance'), 'ArrowLeft')

  expect(screen.role('slider', 'Cutoff').getAttribute('aria-valuenow')).toBe(
    String(sound().cutoffHz),
  )
  expect(sound().cutoffHz).toBeLessThan(18_000)
})

test('a song of a newer Beatcord is not changed by its drawings', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await drag('Filter, drawn', [0.5, 0.5], [0.6, 0.4])
  await press(screen.role('slider', 'Envelope: attack'), 'ArrowRight')

  expect(session.song.read().tracks).toEqual([])
})

test('each part of an envelope moves its drawing', () => {
  const most = { attack: 2, decay: 2, sustain: 1, release: 4 }
  const usual = { attack: 0.005, decay: 0.12, sustain: 0.5, release: 0.4 }
  const still = envelopePath(envelopeCorners(usual, most))

  for (const change of [{ attack: 1 }, { decay: 1 }, { sustain: 1 }, { release: 1 }])
    expect(envelopePath(envelopeCorners({ ...usual, ...change }, most))).not.toBe(still)
})

/** Below it the drawing has ended. */
const DRAWN_DB = -60
const drawn = (knobs: FilterKnobs, hertz: number): number =>
  Math.max(DRAWN_DB, filterDecibels(knobs, hertz))
const heard = (knobs: FilterKnobs, hertz: number): number =>
  Math.max(DRAWN_DB, heardDecibels(knobs, hertz))

/** What the engine's own filter makes of a steady tone, in decibels. */
function heardDecibels(knobs: FilterKnobs, hertz: number): number {
  const rate = 48_000
  const samples = Float64Array.from({ length: rate }, (_, at) =>
    Math.sin((2 * Math.PI * hertz * at) / rate),
  )
  const tangents = createTangents(rate)
  const state = new Float64Array(8)
  const qualities =
    knobs.filterSlope === '24'
      ? [knobs.resonance, Math.min(0.54, knobs.resonance)]
      : [knobs.resonance]
  for (const [at, quality] of qualities.entries()) {
    const shape = createFilterShape()
    shapeFilter(shape, tangents, knobs.filterMode, hzToPitch(knobs.cutoffHz), quality)
    filter(shape, state, 2 * at, samples, 0, samples.length)
  }
  const settled = samples.subarray(rate / 2)
  const power = settled.reduce((sum, sample) => sum + sample * sample, 0) / settled.length
  return 10 * Math.log10(2 * power)
}

test.each(
  FILTER_MODES.flatMap((mode) => (['12', '24'] as const).map((slope) => [mode, slope] as const)),
)('the drawing of a %s with %s dB an octave is what the engine does', (filterMode, filterSlope) => {
  for (const [cutoffHz, resonance] of [
    [440, 0.7],
    [2200, 6],
    [9000, 1.5],
  ] as const) {
    const knobs = { filterMode, filterSlope, cutoffHz, resonance }
    for (const hertz of [110, 400, 1500, 3000, 8000])
      expect(drawn(knobs, hertz)).toBeCloseTo(heard(knobs, hertz), 1)
  }
})

test('every knob of the filter moves its drawing', () => {
  const still = filterPath(INITIAL_SOUND)

  for (const change of [
    { filterMode: 'notch' },
    { filterSlope: '24' },
    { cutoffHz: 900 },
    { resonance: 9 },
  ] as const)
    expect(filterPath({ ...INITIAL_SOUND, ...change })).not.toBe(still)
})
