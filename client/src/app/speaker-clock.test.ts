import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createFakeSpeaker, HEARD_AFTER_MS } from './fake-speaker.ts'
import { createSpeakerClock } from './speaker-clock.ts'

/** Shared time is a million ms ahead of ours. */
const AHEAD_MS = 1_000_000

function stage() {
  const timers = createFakeTimers(5000)
  const output = createFakeSpeaker(timers)
  const trimMs = createLive(0)
  let wake = (): void => undefined
  const speaker = createSpeakerClock({
    clock: { localMsAt: (sharedMs) => sharedMs - AHEAD_MS, onChange: () => () => undefined },
    output,
    timers,
    wakes: {
      onWake(listener) {
        wake = () => listener('visible')
        return () => undefined
      },
    },
    trimMs,
  })
  /** Ms of the context that are heard now, as the clock has it. */
  const heardMs = (): number | undefined => {
    const frame = speaker.frameAt(timers.now() + AHEAD_MS)
    return frame === undefined ? undefined : frame / 48
  }
  return { timers, output, trimMs, speaker, heardMs, wake: () => wake() }
}

test('[CLK12] with a positive trim everything is played that much earlier', () => {
  const { timers, trimMs, heardMs } = stage()
  timers.advance(5000)
  expect(heardMs()).toBeCloseTo(10_000 - HEARD_AFTER_MS, 3)

  trimMs.set(100)

  expect(heardMs()).toBeCloseTo(10_000 - HEARD_AFTER_MS - 100, 3)
})

test('[CLK13] while no sound runs nothing is known, and at once when it runs again', () => {
  const { timers, output, heardMs } = stage()
  timers.advance(5000)
  const goOn = output.halt(true)
  expect(heardMs()).toBeUndefined()
  timers.advance(700)

  goOn()

  expect(heardMs()).toBeCloseTo(10_000 - HEARD_AFTER_MS, 3)
})

test('[CLK13] a machine that slept is right again when its page wakes', () => {
  const { timers, output, heardMs, wake } = stage()
  timers.advance(5000)
  const goOn = output.halt(false)
  timers.sleep(600_000)
  goOn()

  wake()

  expect(heardMs()).toBeCloseTo(10_000 - HEARD_AFTER_MS, 3)
})

test('[CLK13] a hidden tab whose timers stand still stays on its line', () => {
  const { timers, heardMs } = stage()
  timers.advance(20_000)

  timers.sleep(60_000)

  expect(heardMs()).toBeCloseTo(85_000 - HEARD_AFTER_MS, 1)
})

test('it says that something changed when it did, and at each reading', () => {
  const { timers, trimMs, speaker, wake } = stage()
  let times = 0
  speaker.onChange(() => (times += 1))

  trimMs.set(5)
  wake()
  expect(times).toBe(2)

  timers.advance(1000)
  expect(times).toBe(12)
})

test('closed, it reads no more', () => {
  const { timers, speaker } = stage()

  speaker.close()

  expect(timers.waiting()).toBe(0)
})

test('[CLK13] a hidden page, whose timers sleep, notices a lost buffer by the beat of the audio', () => {
  const { timers, output, heardMs } = stage()
  timers.advance(5000)
  const goOn = output.halt(false)
  timers.sleep(10)
  goOn()

  for (let beat = 0; beat < 5; beat += 1) {
    timers.sleep(100)
    output.beat()
  }

  expect(heardMs()).toBeCloseTo(10_000 + 500 - HEARD_AFTER_MS, 1)
})

test('while timers run the beat of the audio reads nothing more', () => {
  const { timers, output, speaker } = stage()
  let changes = 0
  speaker.onChange(() => (changes += 1))

  for (let beat = 0; beat < 100; beat += 1) {
    timers.advance(10)
    output.beat()
  }

  expect(changes).toBeLessThanOrEqual(11)
})
