import { expect, test } from 'vitest'
import type { ClockChange } from '../clock/shared-clock.ts'
import { initialTransport, withPlay } from '../clock/tempo-map.ts'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import { createStepDesk } from './step-desk.ts'

/** A song of 16 steps that plays at 120 from now on; shared time is the fake clock's. */
function desk({ alone = false, plays = true } = {}) {
  const timers = createFakeTimers()
  const song = createLive<Song>(EMPTY_SONG)
  const events = createEvents<{ change: [ClockChange] }>()
  const still = initialTransport('one')
  const startMs = timers.now()
  const made = createStepDesk({
    jam: {
      song,
      transport: createLive(plays ? withPlay(still, startMs, 0, 'ana') : still),
      verbs: {
        setStepCount(stepCount, stepChange) {
          song.set({
            ...EMPTY_SONG,
            stepCount,
            ...(stepChange === undefined ? {} : { stepChange }),
          })
          return undefined
        },
      },
      clock: {
        sessionId: () => 'one',
        sharedMsAt: (localMs) => localMs,
        localMsAt: (sharedMs) => sharedMs,
        p95OneWayMs: () => 20,
        isUndisputed: () => true,
        isGood: createLive(true),
        lossOf: () => undefined,
        syncOf: () => ({ status: 'unmeasured' as const }),
        onChange: (listener) => events.on('change', listener),
        state: createLive({ status: 'alone' as const }),
      },
    },
    timers,
    leads: { isAlone: () => alone, changeMs: () => 300 },
  })
  const steps = () => {
    const { stepCount, stepChange } = song.read()
    const atMs = stepChange && stepChange.sharedMs - startMs
    return { count: stepCount, before: stepChange?.before, atMs }
  }
  return { ...made, timers, song, steps }
}

test('[CLK21] while others play along another step count begins with a beat that all have heard of', () => {
  const { setStepCount, steps, timers } = desk()
  timers.advance(100)

  setStepCount(8)

  expect(steps()).toEqual({ count: 8, before: 16, atMs: 484.375 })
})

test.each([
  ['alone', { alone: true }],
  ['while the song stands', { plays: false }],
])('%s it holds at once', (_when, how) => {
  const { setStepCount, steps } = desk(how)

  setStepCount(32)

  expect(steps()).toEqual({ count: 32, before: undefined, atMs: undefined })
})

test('a change that can still be called off is, at its own moment', () => {
  const { setStepCount, steps, timers } = desk()
  timers.advance(190)
  setStepCount(8)
  timers.advance(30)

  setStepCount(32)
  expect(steps()).toEqual({ count: 32, before: 16, atMs: 984.375 })
  setStepCount(16)

  expect(steps()).toEqual({ count: 16, before: undefined, atMs: undefined })
})

test('one that is too near is waited for, and the last of several wishes is met', () => {
  const { setStepCount, steps, timers } = desk()
  timers.advance(100)
  setStepCount(8)
  timers.advance(200)

  setStepCount(16)
  setStepCount(32)
  expect(steps().count).toBe(8)
  timers.advance(200)

  expect(steps()).toEqual({ count: 32, before: 8, atMs: 984.375 })
})

test('the step count that holds already is not written again', () => {
  const { setStepCount, song } = desk()

  setStepCount(16)

  expect(song.read()).toBe(EMPTY_SONG)
})

test('what somebody put off for years does not hold anybody up', () => {
  const { setStepCount, steps, song } = desk()
  song.set({ ...EMPTY_SONG, stepChange: { before: 8, epoch: 'one', sharedMs: 1e13 } })

  setStepCount(32)

  expect(steps()).toMatchObject({ count: 32, atMs: 484.375 })
})

test('[CLK21] who writes it along with something else is told what to write, or to wait', () => {
  const { setStepCount, plannedCount, steps, timers } = desk()
  expect(desk({ alone: true }).plannedCount(32)).toBe(32)
  expect(plannedCount(8)).toMatchObject({ count: 8, before: 16, epoch: 'one' })

  timers.advance(100)
  setStepCount(8)
  timers.advance(300)

  expect(plannedCount(32)).toBeUndefined()
  expect(steps().count).toBe(8)
})
