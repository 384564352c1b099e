import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createFakeSpeaker, HEARD_AFTER_MS } from './fake-speaker.ts'
import { CLICK_PERIOD_MS, createLineUp } from './line-up.ts'
import { createSpeakerClock } from './speaker-clock.ts'

function stage() {
  const timers = createFakeTimers(6100)
  const output = createFakeSpeaker(timers)
  const trimMs = createLive(0)
  const clock = {
    localMsAt: (sharedMs: number) => sharedMs,
    sharedMsAt: (localMs: number) => localMs,
    onChange: () => () => undefined,
  }
  const wakes = { onWake: () => () => undefined }
  const speaker = createSpeakerClock({ clock, output, timers, wakes, trimMs })
  timers.advance(3000)
  const lineUp = createLineUp({ clock, speaker, output, timers, loudness: () => 1 })
  const clicksMs = (): readonly number[] => output.clicks().map((seconds) => seconds * 1000)
  return { timers, output, trimMs, lineUp, clicksMs }
}

test('[CLK12] clicks are heard on whole multiples of their period, one each', () => {
  const { timers, lineUp, clicksMs } = stage()
  lineUp.start()

  timers.advance(3000)

  const heardMs = clicksMs().map((ms) => ms + HEARD_AFTER_MS)
  expect(heardMs.length).toBeGreaterThanOrEqual(5)
  for (const [index, ms] of heardMs.entries())
    expect(ms).toBeCloseTo(9600 + index * CLICK_PERIOD_MS, 2)
})

test('[CLK12] a trim that is moved moves the clicks to come, and the light stays', () => {
  const { timers, trimMs, lineUp, clicksMs } = stage()
  lineUp.start()
  const phase = lineUp.phase()

  trimMs.set(100)

  expect(clicksMs()).toHaveLength(2)
  expect(clicksMs()[0]).toBeCloseTo(9600 - HEARD_AFTER_MS - 100, 2)
  expect(clicksMs()[1]).toBeCloseTo(10_200 - HEARD_AFTER_MS - 100, 2)
  expect(lineUp.phase()).toBe(phase)
  timers.advance(150)
  expect(lineUp.phase()).toBeCloseTo(9250 / 600 - 15, 6)
})

test('stopped, it takes back what has not sounded', () => {
  const { timers, lineUp, clicksMs } = stage()
  const stop = lineUp.start()
  timers.advance(200)

  stop()

  expect(clicksMs()).toEqual([])
  expect(lineUp.phase()).toBeUndefined()
  expect(lineUp.clicks.read()).toBe(false)
})

test('begun anew, it clicks once and ends with its own end', () => {
  const { lineUp, clicksMs } = stage()
  const former = lineUp.start()
  const count = clicksMs().length

  lineUp.start()
  former()

  expect(clicksMs()).toHaveLength(count)
  expect(lineUp.clicks.read()).toBe(true)
})

test('while no sound runs there is no light', () => {
  const { output, lineUp } = stage()
  lineUp.start()

  output.halt(true)

  expect(lineUp.phase()).toBeUndefined()
})
