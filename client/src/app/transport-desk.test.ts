import { expect, test } from 'vitest'
import type { ClockChange } from '../clock/shared-clock.ts'
import { initialTransport, segmentAt, timeAt } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createLeads } from './leads.ts'
import { createTransportDesk } from './transport-desk.ts'

/** A desk whose shared time is the fake clock's. */
function desk({
  links = 0,
  p95Ms = 0,
  session = 'now',
  glideBeats = 0,
  countInBeats = 0,
  latencyMs = 40,
} = {}) {
  const timers = createFakeTimers()
  const transport = createLive<Transport>(initialTransport('now'))
  const written: Transport[] = []
  const events = createEvents<{ change: [ClockChange] }>()
  let sessionId = session
  const clock = {
    sessionId: () => sessionId,
    sharedMsAt: (localMs: number) => localMs,
    localMsAt: (sharedMs: number) => sharedMs,
    p95OneWayMs: () => p95Ms,
    isUndisputed: () => true,
    isGood: createLive(true),
    lossOf: () => undefined,
    syncOf: () => ({ status: 'unmeasured' as const }),
    onChange: (listener: (change: ClockChange) => void) => events.on('change', listener),
    state: createLive({ status: 'alone' as const }),
  }
  const made = createTransportDesk({
    jam: {
      transport,
      setTransport(next) {
        written.push(next)
        transport.set(next)
      },
      writable: createLive('yes' as const),
      clock,
    },
    timers,
    self: () => 'ana',
    leads: createLeads({ clock, links: () => links, latencyMs: () => latencyMs }),
    glideBeats: () => glideBeats,
    countInBeats: () => countInBeats,
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
  const near = desk({ links: 3, p95Ms: 20 })
  const far = desk({ links: 3, p95Ms: 200 })

  near.play()
  far.play()

  expect((near.written[0]?.next?.sharedMs ?? 0) - near.timers.now()).toBe(340)
  expect((far.written[0]?.next?.sharedMs ?? 0) - far.timers.now()).toBe(540)
})

test('[CLK22] whoever wants a count-in plays a bar later, for everybody', () => {
  const { play, transport, timers } = desk({ links: 1, countInBeats: 4 })

  play()

  const begins = timers.now() + 340
  expect(transport.read().next).toMatchObject({ beat: -4, sharedMs: begins, playing: true })
  expect(timeAt(transport.read(), 0)).toBe(begins + 2000)
})

test('stop waits only for the others', () => {
  const alone = desk()
  alone.play()
  alone.timers.advance(500)
  alone.stop()
  const together = desk({ links: 1, p95Ms: 10, latencyMs: 0 })
  together.play()
  together.timers.advance(500)
  together.stop()

  expect(alone.transport.read()).toMatchObject({ playing: false })
  expect(together.transport.read().next).toMatchObject({ playing: false, beat: 0.75 })
})

test('alone a tempo comes as soon as it can be heard, with others on a beat', () => {
  const alone = desk()
  const together = desk({ links: 1 })
  for (const each of [alone, together]) {
    each.play()
    each.timers.advance(900)
    each.setTempo(90)
  }

  expect((alone.transport.read().next?.sharedMs ?? 0) - alone.timers.now()).toBeCloseTo(100, 6)
  expect(together.transport.read().next).toMatchObject({ beat: 2, bpm: 90 })
})

test('[CLK20] a tempo glides over as many beats as this person likes', () => {
  const { play, setTempo, transport, timers, view } = desk({ links: 1, glideBeats: 8 })
  play()
  timers.advance(1000)

  setTempo(90)

  expect(transport.read().next).toMatchObject({ bpm: 120, glide: { bpm: 90, beats: 8 } })
  expect(view.read()).toEqual({ playing: true, bpm: 90 })
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
  const { setTempo, play, transport, timers } = desk({ links: 2, p95Ms: 25 })
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
