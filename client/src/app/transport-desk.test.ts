import { expect, test } from 'vitest'
import type { ClockChange } from '../clock/shared-clock.ts'
import { initialTransport, segmentAt } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createTransportDesk } from './transport-desk.ts'

/** A desk whose shared time is the fake clock's. */
function desk({ links = 0, rttMs = 0, session = 'now' } = {}) {
  const timers = createFakeTimers()
  const transport = createLive<Transport>(initialTransport('now'))
  const written: Transport[] = []
  const events = createEvents<{ change: [ClockChange] }>()
  let sessionId = session
  const made = createTransportDesk({
    jam: {
      transport,
      setTransport(next) {
        written.push(next)
        transport.set(next)
      },
      writable: createLive('yes' as const),
      clock: {
        sessionId: () => sessionId,
        sharedMsAt: (localMs) => localMs,
        localMsAt: (sharedMs) => sharedMs,
        worstRttMs: () => rttMs,
        isSettled: () => true,
        lossOf: () => undefined,
        syncOf: () => ({ status: 'unmeasured' }),
        onChange: (listener) => events.on('change', listener),
        state: createLive({ status: 'alone' as const }),
      },
    },
    timers,
    self: () => 'ana',
    links: () => links,
    latencyMs: () => 40,
  })
  const enterSession = (): void => {
    sessionId = 'now'
    events.emit('change', { kind: 'joined' })
  }
  return { ...made, timers, written, transport, enterSession }
}

test('alone, play begins as soon as it can be heard', () => {
  const { play, written, timers } = desk()

  play()

  expect((written[0]?.next?.sharedMs ?? 0) - timers.now()).toBe(100)
})

test('with others, play begins when all have heard of it', () => {
  const near = desk({ links: 3, rttMs: 20 })
  const far = desk({ links: 3, rttMs: 400 })

  near.play()
  far.play()

  expect((near.written[0]?.next?.sharedMs ?? 0) - near.timers.now()).toBe(290)
  expect((far.written[0]?.next?.sharedMs ?? 0) - far.timers.now()).toBe(540)
})

test('stop waits only for the others', () => {
  const alone = desk()
  alone.play()
  alone.timers.advance(500)
  alone.stop()
  const together = desk({ links: 1, rttMs: 10 })
  together.play()
  together.timers.advance(500)
  together.stop()

  expect(alone.transport.read()).toMatchObject({ playing: false })
  expect(together.transport.read().next).toMatchObject({ playing: false })
  expect((together.transport.read().next?.sharedMs ?? 0) - together.timers.now()).toBe(60)
})

test('play before there is a shared time begins with it', () => {
  const { play, written, enterSession } = desk({ session: '' })
  play()
  expect(written).toEqual([])

  enterSession()
  enterSession()

  expect(written).toHaveLength(1)
})

test('a drag of the tempo is shown at once and written a few times', () => {
  const { setTempo, view, written, timers } = desk()
  for (let bpm = 100; bpm < 200; bpm++) {
    setTempo(bpm)
    expect(view.read().bpm).toBe(bpm)
    timers.advance(10)
  }
  timers.advance(1000)

  expect(written.length).toBeLessThanOrEqual(6)
  expect(written.at(-1)?.current.bpm).toBe(199)
})

test('[CLK7] a drag of the tempo while all play is heard on the way', () => {
  const { setTempo, play, transport, timers } = desk({ links: 2, rttMs: 40 })
  play()
  timers.advance(1000)
  const heard = new Set<number>()
  for (let bpm = 100; bpm < 180; bpm++) {
    setTempo(bpm)
    timers.advance(50)
    heard.add(segmentAt(transport.read(), timers.now()).bpm)
  }
  timers.advance(2000)

  expect(heard.size).toBeGreaterThan(5)
  expect(segmentAt(transport.read(), timers.now()).bpm).toBe(179)
})

test('the last tempo of a drag is not lost with the page', () => {
  const { setTempo, flush, transport } = desk()
  setTempo(90)
  setTempo(99)

  flush()

  expect(transport.read().current.bpm).toBe(99)
})

test.each([
  [1000, 240],
  [-5, 40],
  [120.4, 120],
])('a tempo of %d becomes %d', (asked, bpm) => {
  const { setTempo, view } = desk()

  setTempo(asked)

  expect(view.read().bpm).toBe(bpm)
})

test('no number is no tempo', () => {
  const { setTempo, view } = desk()

  setTempo(NaN)

  expect(view.read().bpm).toBe(120)
})

test('what others play is shown', () => {
  const { view, transport } = desk()

  transport.set({
    ...initialTransport('now'),
    playing: true,
    current: { beat: 0, sharedMs: 0, bpm: 90 },
  })

  expect(view.read()).toEqual({ playing: true, bpm: 90 })
})
