import { expect, test } from 'vitest'
import { initialTransport, withStop, withTempo } from '../clock/tempo-map.ts'
import type { Note } from '../sequence/pattern.ts'
import { STARTER_GROOVE } from '../sequence/starter-groove.ts'
import { WAVEFORMS } from '../sequence/synth-sound.ts'
import { CEILING } from './dsp/limiter.ts'
import { render } from './render.ts'
import { areSame, isSilent, loudnessOf, onsetsIn, peakOf, strengthOf } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const span = { fromMs: 0, seconds: 2, sampleRate: SAMPLE_RATE }

const everyStep = Array.from({ length: 16 }, (_, step) => note(step, 84))
const heldNote = (pitch: number, velocity = 100): Note[] => [note(0, pitch, velocity, 16)]

const HELD = { ...CLICK, sustain: 1, attackSeconds: 0.005, releaseSeconds: 0.05 }

test.each([
  { bpm: 40, subdivision: 4 },
  { bpm: 120, subdivision: 4 },
  { bpm: 133.7, subdivision: 4 },
  { bpm: 240, subdivision: 4 },
  { bpm: 97, subdivision: 2 },
  { bpm: 173, subdivision: 1 },
] as const)('at $bpm bpm and $subdivision steps a beat each begins on its frame', (row) => {
  const song = songOf(trackOf(everyStep, { subdivision: row.subdivision }))

  const { left, right } = render(song, playingAt(row.bpm), { ...span, seconds: 5 })

  const framesPerStep = (60 * SAMPLE_RATE) / row.bpm / row.subdivision
  const steps = Math.ceil((5 * SAMPLE_RATE) / framesPerStep)
  const whole = Array.from({ length: steps }, (_, step) => Math.round(step * framesPerStep))
  expect(onsetsIn(left)).toEqual(whole)
  expect(areSame(left, right)).toBe(true)
})

test.each([44_100, 48_000, 96_000])('onsets are exact at %i Hz', (sampleRate) => {
  const { left } = render(songOf(trackOf(everyStep)), playingAt(120), { ...span, sampleRate })

  expect(onsetsIn(left).slice(0, 3)).toEqual([0, Math.round(sampleRate / 8), sampleRate / 4])
})

test('a song that stands is silent', () => {
  const { left, right } = render(songOf(trackOf(everyStep)), initialTransport('one'), span)

  expect(isSilent(left)).toBe(true)
  expect(isSilent(right)).toBe(true)
})

test('a render that begins in mid-bar begins with the next step', () => {
  const { left } = render(songOf(trackOf(everyStep)), playingAt(120), { ...span, fromMs: 1_060 })

  expect(onsetsIn(left)[0]).toBe((1125 - 1060) * 48)
})

test('stop silences within the release time', () => {
  const song = songOf(trackOf(heldNote(60), { sound: { ...HELD, releaseSeconds: 0.1 } }))
  const stopped = withStop(playingAt(120), 100, 400, 'bo')

  const { left } = render(song, stopped, span)

  expect(isSilent(left, 23_000, 24_000)).toBe(false)
  expect(isSilent(left, 24_000 + 4800 + 1)).toBe(true)
})

test('a tempo change takes hold on its beat', () => {
  const transport = withTempo(playingAt(120), 240, 400, 600, 'bo')

  const { left } = render(songOf(trackOf(everyStep)), transport, span)

  const onsets = onsetsIn(left)
  expect(transport.next?.sharedMs).toBe(1000)
  expect(onsets.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => step * 6000))
  expect(onsets.slice(9, 12)).toEqual([51_000, 54_000, 57_000])
})

test('a note that rings over a tempo change ends on its beat', () => {
  const song = songOf(
    trackOf([note(0, 60, 100, 12)], { sound: { ...HELD, releaseSeconds: 0.001 } }),
  )
  const transport = withTempo(playingAt(120), 60, 400, 600, 'bo')

  const { left } = render(song, transport, { ...span, seconds: 3 })

  const end = 48_000 + 48_000
  expect(isSilent(left, end - 100, end)).toBe(false)
  expect(isSilent(left, end + 49)).toBe(true)
})

test.each(WAVEFORMS)('a %s sounds at its pitch', (waveform) => {
  const song = songOf(trackOf(heldNote(69), { sound: { ...HELD, waveform } }))

  const { left } = render(song, playingAt(120), span)

  const at = (hz: number): number => strengthOf(left, hz, SAMPLE_RATE, 9600, 57_600)
  expect(at(440)).toBeGreaterThan(0.1)
  expect(at(440)).toBeGreaterThan(50 * at(415.3))
  expect(at(440)).toBeGreaterThan(50 * at(466.2))
  expect(at(440)).toBeGreaterThan(50 * at(220))
})

test('what sounds is the pitch of the scale, not the written one', () => {
  const song = { ...songOf(trackOf(heldNote(70), { sound: HELD })), scale: 'major' } as const

  const { left } = render(song, playingAt(120), span)

  expect(strengthOf(left, 440, SAMPLE_RATE)).toBeGreaterThan(0.1)
  expect(strengthOf(left, 466.16, SAMPLE_RATE)).toBeLessThan(0.01)
})

test('velocity and volume scale the sound in proportion', () => {
  const loudness = (velocity: number, volume: number): number => {
    const sound = { ...HELD, volume }
    const song = songOf(trackOf(heldNote(60, velocity), { sound }))
    return loudnessOf(render(song, playingAt(120), span).left)
  }

  // Louder, what holds the mix together would begin to work.
  const full = loudness(60, 0.5)

  expect(loudness(30, 0.5) / full).toBeCloseTo(0.5, 5)
  expect(loudness(60, 0.125) / full).toBeCloseTo(0.25, 5)
  expect(loudness(60, 0)).toBe(0)
})

test('the low-pass takes away what lies above its cutoff', () => {
  const at = (cutoffHz: number, hz: number): number => {
    const song = songOf(trackOf(heldNote(45), { sound: { ...HELD, cutoffHz } }))
    return strengthOf(render(song, playingAt(120), span).left, hz, SAMPLE_RATE, 9600, 57_600)
  }

  expect(at(500, 110) / at(18_000, 110)).toBeGreaterThan(0.8)
  expect(at(500, 2310) / at(18_000, 2310)).toBeLessThan(0.06)
})

test('resonance lifts what lies at the cutoff', () => {
  const at = (resonance: number): number => {
    const sound = { ...HELD, cutoffHz: 330, resonance }
    const song = songOf(trackOf(heldNote(45), { sound }))
    return strengthOf(render(song, playingAt(120), span).left, 330, SAMPLE_RATE, 9600, 57_600)
  }

  expect(at(8)).toBeGreaterThan(2 * at(0.7))
})

test('[SND6] twenty loud tracks stay under the ceiling, with no number that is none', () => {
  const sound = { ...HELD, volume: 1, resonance: 20, cutoffHz: 400 }
  const tracks = Array.from({ length: 20 }, (_, index) =>
    trackOf(
      everyStep.map(({ step }) => note(step, 36 + index, 127, 2)),
      { id: `track ${index}`, sound },
    ),
  )

  const { left, right } = render(songOf(...tracks), playingAt(140), span)

  for (const side of [left, right]) {
    expect(side.every(Number.isFinite)).toBe(true)
    expect(peakOf(side)).toBeLessThanOrEqual(Math.fround(CEILING))
    expect(peakOf(side)).toBeGreaterThan(0.9)
  }
})

test('the same song gives the same samples every time', () => {
  const { notes, sound, ...room } = STARTER_GROOVE
  const song = { ...songOf(trackOf(notes, { sound })), ...room }

  const once = render(song, playingAt(room.bpm), span)

  const again = render(song, playingAt(room.bpm), span)
  expect(areSame(again.left, once.left) && areSame(again.right, once.right)).toBe(true)
  expect(peakOf(once.left)).toBeGreaterThan(0.2)
  expect(peakOf(once.left)).toBeLessThan(0.7)
})
