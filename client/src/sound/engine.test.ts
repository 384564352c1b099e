import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { USUAL_MIX } from './protocol.ts'
import type { FrameTempo } from './engine-types.ts'
import { createEngine } from './engine.ts'
import { onsetsIn, peakOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { createWorkletBrowser, type WorkletBrowser } from './testing/worklet-browser.ts'

const SAMPLE_RATE = 48_000
const PLAYING: FrameTempo = [{ frame: 128, beat: 0, framesPerBeat: 24_000, playing: true }]

let browser: WorkletBrowser
beforeEach(() => {
  browser = createWorkletBrowser(SAMPLE_RATE, vi)
})
afterEach(() => {
  browser.close()
})

/** One that plays a held note, and how loud it is meanwhile. */
async function engineThatHolds() {
  const engine = await createEngine(browser.context)
  const held = { ...INITIAL_SOUND, sustain: 1, waveform: 'sine' } as const
  engine.setSong(songOf(trackOf([note(0, 60, 60, 16)], { sound: held })))
  engine.setTempo(PLAYING)
  return {
    engine,
    level: async () => peakOf((await browser.run(9600)) ?? new Float32Array(), 4800),
  }
}

test('a song that is given and set going is heard on its frames', async () => {
  const engine = await createEngine(browser.context)

  engine.setSong(songOf(trackOf([note(0, 84), note(1, 84)])))
  engine.setTempo(PLAYING)
  const heard = await browser.run(12_000)

  expect(browser.loaded[0]).toContain('engine-worklet')
  expect(onsetsIn(heard ?? new Float32Array())).toEqual([128, 6128])
})

test('a change of the song is heard, and one that is not heard is not sent', async () => {
  const engine = await createEngine(browser.context)
  const send = vi.spyOn((engine.output as AudioWorkletNode).port, 'postMessage')
  engine.setSong(songOf(trackOf([])))
  engine.setTempo(PLAYING)
  await browser.run(6000)

  engine.setSong(songOf({ ...trackOf([]), name: 'Ana' }))
  engine.setSong(songOf(trackOf([note(1, 84)])))
  const heard = await browser.run(1000)

  expect(send).toHaveBeenCalledTimes(3)
  expect(onsetsIn(heard ?? new Float32Array())).toHaveLength(1)
})

test('levels arrive while it sounds, at most thirty a second, and none while nothing changes', async () => {
  const engine = await createEngine(browser.context)
  const told: number[] = []
  engine.levels.subscribe(({ peak }) => told.push(peak))
  const steps = Array.from({ length: 16 }, (_, step) => note(step, 60 + step))
  engine.setSong(songOf(trackOf(steps, { sound: INITIAL_SOUND })))

  await browser.run(SAMPLE_RATE)
  const whileStanding = told.length
  engine.setTempo(PLAYING)
  await browser.run(2 * SAMPLE_RATE)
  engine.setTempo([{ ...PLAYING[0], playing: false }])
  await browser.run(SAMPLE_RATE)

  expect(whileStanding).toBe(0)
  expect(Math.max(...told)).toBeGreaterThan(0.01)
  expect(told.length).toBeGreaterThan(50)
  expect(told.length).toBeLessThanOrEqual(90)
  expect(engine.levels.read()).toMatchObject({ peak: 0, voices: 0, tracks: [], ease: 0 })
})

test('[SND7] a mix of one’s own is heard, clamped at the door, and taken back', async () => {
  const { engine, level } = await engineThatHolds()
  const usual = await level()

  engine.setMix(new Map([[trackId('ana'), { ...USUAL_MIX, volume: 0.25 }]]))
  const soft = await level()
  engine.setMix(new Map([[trackId('ana'), { ...USUAL_MIX, volume: 900, pan: NaN }]]))
  const loud = await level()
  engine.setMix(new Map())

  expect(soft / usual).toBeCloseTo(0.25, 1)
  // The left side, at half the power of both, of twice the level.
  expect(loud / usual).toBeCloseTo(2 * Math.SQRT2, 0)
  expect((await level()) / usual).toBeCloseTo(1, 1)
})

test('[TRADE3] whose track steps back is heard by the audio thread, and so is when nobody does any more', async () => {
  const { engine, level } = await engineThatHolds()
  const usual = await level()

  const turns = [[trackId('ana'), 1]] as const
  engine.setStepBack({ beat: 0, end: Infinity, turnBeats: 4, count: 2, gain: 0.25, turns })
  const back = await level()
  engine.setStepBack(undefined)

  expect(back / usual).toBeCloseTo(0.25, 1)
  expect((await level()) / usual).toBeCloseTo(1, 1)
})

test('samples to draw come as long as they are asked for', async () => {
  const engine = await createEngine(browser.context)
  engine.audition(trackId('ana'), 69, 100, 2)
  await browser.run(4800)
  expect(engine.levels.read().scope).toBeUndefined()

  engine.setScope(true)
  await browser.run(4800)
  const { scope } = engine.levels.read()
  engine.setScope(false)
  await browser.run(4800)

  expect(scope).toHaveLength(1024)
  expect(peakOf(scope ?? new Float32Array())).toBeGreaterThan(0.01)
  expect(engine.levels.read().scope).toBeUndefined()
})

test('where shared time begins must be a number', async () => {
  const engine = await createEngine(browser.context)

  expect(() => {
    engine.setOrigin(NaN)
  }).toThrow(RangeError)
})

test('a processor that cannot keep up gives up sound, says so, and spares one’s own track', async () => {
  const engine = await createEngine(browser.context)
  engine.setSong(songOf(trackOf([]), trackOf([], { id: 'bo' })))
  engine.setOwnTrack(trackId('ana'))
  let nowMs = 0
  vi.spyOn(Date, 'now').mockImplementation(() => (nowMs += 2))

  await browser.run(3.5 * SAMPLE_RATE)
  for (const id of ['ana', 'bo'].map(trackId)) {
    for (let pitch = 60; pitch < 66; pitch++) engine.audition(id, pitch, 100, 2)
  }
  await browser.run(9600)

  expect(engine.levels.read().ease).toBe(3)
  expect(engine.levels.read().load).toBeCloseTo((2 * SAMPLE_RATE) / 128_000, 1)
  expect(engine.levels.read().voices).toBe(6 + 3)
})

test('auditions and volume are clamped at the door', async () => {
  const engine = await createEngine(browser.context)

  engine.setVolume(7)
  engine.audition(trackId('ana'), 4000, 9000, 1e9)
  const heard = await browser.run(4000)
  engine.setVolume(NaN)
  const after = await browser.run(12_000)

  expect(peakOf(heard ?? new Float32Array())).toBeGreaterThan(0.01)
  expect(peakOf(heard ?? new Float32Array())).toBeLessThan(0.5)
  expect(peakOf(after ?? new Float32Array(), 11_000)).toBeLessThan(1e-6)
})

test('a tempo map without numbers is our mistake and leaves the song as it plays', async () => {
  const engine = await createEngine(browser.context)
  engine.setSong(songOf(trackOf([note(0, 84), note(1, 84)])))
  engine.setTempo(PLAYING)

  expect(() => {
    engine.setTempo([{ ...PLAYING[0], frame: NaN }])
  }).toThrow(RangeError)

  expect(onsetsIn((await browser.run(12_000)) ?? new Float32Array())).toHaveLength(2)
})

test('a breakdown of the audio thread is told', async () => {
  const failures: Error[] = []
  const engine = await createEngine(browser.context, (error) => failures.push(error))

  const node = engine.output as AudioWorkletNode
  node.onprocessorerror?.call(node, new Event('processorerror') as ErrorEvent)

  expect(failures.map(({ message }) => message)).toEqual(['the sound engine broke down'])
})

test('a closed engine renders no more', async () => {
  const engine = await createEngine(browser.context)

  engine.close()

  expect(await browser.run(128)).toBeUndefined()
})
