import { describe, expect, test } from 'vitest'
import { isSilent, notesIn, onsetsIn, peakOf, pitchAt } from './listen.ts'

const RATE = 44_100
const midiToHz = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12)
const wrapped = (phase: number): number => phase - Math.floor(phase)

const SHAPES = {
  sine: (phase: number) => Math.sin(2 * Math.PI * phase),
  sawtooth: (phase: number) => 2 * wrapped(phase) - 1,
  square: (phase: number) => (wrapped(phase) < 0.5 ? 1 : -1),
  triangle: (phase: number) => 4 * Math.abs(wrapped(phase) - 0.5) - 1,
}

/** Adds a note with 5 ms of attack that has all but died away after 300 ms. */
function addNote(
  pcm: Float32Array,
  frame: number,
  pitch: number,
  shape: keyof typeof SHAPES,
): void {
  for (let index = 0; index < RATE * 0.3 && frame + index < pcm.length; index++) {
    const seconds = index / RATE
    const level = Math.min(1, seconds / 0.005) * Math.exp(-seconds / 0.06)
    const place = frame + index
    pcm[place] = (pcm[place] ?? 0) + 0.4 * level * SHAPES[shape](seconds * midiToHz(pitch))
  }
}

const silence = (seconds: number): Float32Array => new Float32Array(Math.round(seconds * RATE))

test('silence has no peak, no onset and no pitch', () => {
  const pcm = silence(1)

  expect(peakOf(pcm)).toBe(0)
  expect(isSilent(pcm)).toBe(true)
  expect(onsetsIn(pcm, RATE)).toEqual([])
  expect(pitchAt(pcm, 0, RATE)).toBeUndefined()
})

test('a sound too short to repeat itself has no pitch', () => {
  const pcm = silence(0.05)
  addNote(pcm, 0, 60, 'sine')

  expect(pitchAt(pcm, 0, RATE)).toBeUndefined()
})

test('noise has no pitch', () => {
  let state = 1
  const pcm = silence(0.2).map(() => {
    state = (state * 48_271) % 0x7fffffff
    return state / 0x3fffffff - 1
  })

  expect(pitchAt(pcm, 0, RATE)).toBeUndefined()
})

describe.each(Object.keys(SHAPES) as (keyof typeof SHAPES)[])('a %s', (shape) => {
  test.each([36, 48, 60, 69, 84])('of MIDI pitch %i is recognised', (pitch) => {
    const pcm = silence(0.5)
    addNote(pcm, 0, pitch, shape)

    expect(pitchAt(pcm, 500, RATE)).toBe(pitch)
  })
})

test('onsets are found within half a millisecond of each other, wherever they fall', () => {
  const pcm = silence(2)
  const begins = [4410, 4410 + 11_025 + 17, 4410 + 2 * 11_025 + 31, 4410 + 3 * 11_025 + 5]
  for (const frame of begins) addNote(pcm, frame, 60, 'sawtooth')

  const onsets = onsetsIn(pcm, RATE)

  expect(onsets).toHaveLength(begins.length)
  const late = onsets.map((frame, index) => frame - (begins[index] ?? 0))
  expect(Math.max(...late) - Math.min(...late)).toBeLessThan(RATE / 2000)
})

test('a note is heard again through the tail of the one before', () => {
  const pcm = silence(1)
  addNote(pcm, 4410, 60, 'sawtooth')
  addNote(pcm, 4410 + Math.round(RATE * 0.2), 64, 'sawtooth')

  expect(onsetsIn(pcm, RATE)).toHaveLength(2)
})

test('notes carry their pitch and their moment on the wall clock', () => {
  const pcm = silence(1.5)
  addNote(pcm, RATE * 0.5, 60, 'sawtooth')
  addNote(pcm, RATE, 67, 'sawtooth')
  const wallAtZero = 1_700_000_000_000

  const notes = notesIn({
    sampleRate: RATE,
    firstFrame: 3 * RATE,
    pcm,
    moments: [3, 3.5, 4.5].map((seconds) => [seconds, wallAtZero + 1000 * seconds] as const),
  })

  expect(notes.map((note) => note.pitch)).toEqual([60, 67])
  const [first, second] = notes.map((note) => note.wallMs - wallAtZero)
  expect(first).toBeGreaterThan(3500)
  expect(first).toBeLessThan(3505)
  expect(Math.abs((second ?? 0) - (first ?? 0) - 500)).toBeLessThan(3)
})

test('a stall of the sound card shifts the notes after it, and not those before', () => {
  const pcm = silence(6)
  for (const seconds of [1, 5]) addNote(pcm, RATE * seconds, 60, 'sawtooth')
  const stalledMs = 40
  const moments = Array.from({ length: 60 }, (_, index) => {
    const seconds = index / 10
    return [seconds, 1000 * seconds + (seconds < 3 ? 0 : stalledMs)] as const
  })

  const [first, second] = notesIn({ sampleRate: RATE, firstFrame: 0, pcm, moments })

  expect(Math.abs((second?.wallMs ?? 0) - (first?.wallMs ?? 0) - 4000 - stalledMs)).toBeLessThan(1)
  expect(first?.wallMs).toBeLessThan(1010)
})

test('a note that the recording cuts off before its pitch can be judged is no note', () => {
  const pcm = silence(1)
  addNote(pcm, Math.round(0.3 * RATE), 60, 'sine')
  addNote(pcm, Math.round(0.95 * RATE), 64, 'sine')
  expect(onsetsIn(pcm, RATE)).toHaveLength(2)

  const notes = notesIn({ sampleRate: RATE, firstFrame: 0, pcm, moments: [[0, 0]] })

  expect(notes.map(({ pitch }) => pitch)).toEqual([60])
})
