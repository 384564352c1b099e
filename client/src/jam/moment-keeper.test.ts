import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ClockChange } from '../clock/shared-clock.ts'
import { createEvents } from '../lib/events.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { docShape } from './doc-shape.ts'
import { createMomentKeeper } from './moment-keeper.ts'

function keeperOf({ session = 'one', mayEdit = true, settled = true } = {}) {
  const doc = new Y.Doc()
  const timers = createFakeTimers()
  const events = createEvents<{ change: [ClockChange] }>()
  const clock = { session, settled }
  const { close } = createMomentKeeper({
    doc,
    clock: {
      sessionId: () => clock.session,
      sharedMsAt: (localMs) => localMs,
      isUndisputed: () => clock.settled,
      onChange: (listener) => events.on('change', listener),
    },
    timers,
    random: () => 0.5,
    mayEdit: () => mayEdit,
  })
  const { room, tracks } = docShape(doc)
  return {
    room,
    tracks,
    close,
    timers,
    clock,
    write: (value: unknown) => room.set('stepCount', value),
    written: () => room.get('stepCount'),
    enter(next: string) {
      clock.session = next
      events.emit('change', { kind: 'joined' })
    },
    change: (epoch = 'one', aheadMs = 1000) => ({
      count: 8,
      before: 16,
      epoch,
      sharedMs: timers.now() + aheadMs,
    }),
  }
}

test('[CLK21] a step count is a plain number again once its moment has passed', () => {
  const ana = keeperOf()
  ana.write(ana.change())
  ana.timers.advance(2900)
  expect(ana.written()).toMatchObject({ count: 8 })

  ana.timers.advance(200)

  expect(ana.written()).toBe(8)
  expect(ana.timers.waiting()).toBe(0)
})

test('a change that is followed by another is left to that one', () => {
  const ana = keeperOf()
  ana.write(ana.change())
  ana.timers.advance(2000)
  ana.write({ ...ana.change(), count: 32 })

  ana.timers.advance(2500)
  expect(ana.written()).toMatchObject({ count: 32 })
  ana.timers.advance(1000)

  expect(ana.written()).toBe(32)
})

test('one of a session that is over is made plain when there is a session again', () => {
  const ana = keeperOf({ session: '' })
  ana.write(ana.change('yesterday', 1e9))
  ana.timers.advance(9000)
  expect(ana.written()).toMatchObject({ count: 8 })

  ana.enter('one')
  ana.timers.advance(2500)

  expect(ana.written()).toBe(8)
})

test('nobody speaks while two sessions are meeting', () => {
  const ana = keeperOf({ settled: false })
  ana.write(ana.change('theirs'))
  ana.timers.advance(9000)
  expect(ana.written()).toMatchObject({ count: 8 })

  ana.clock.settled = true
  ana.timers.advance(3000)

  expect(ana.written()).toBe(8)
})

test('a moment that nobody honest writes is waited for no longer than a minute', () => {
  const ana = keeperOf()
  ana.write(ana.change('one', 1e12))

  ana.timers.advance(63_000)

  expect(ana.written()).toBe(8)
})

test('a song that is only read, junk, and what is closed stay as they are', () => {
  const reader = keeperOf({ mayEdit: false })
  const ana = keeperOf()
  const bo = keeperOf()
  reader.write(reader.change())
  ana.write({ count: 77 })
  bo.write(bo.change())

  bo.close()
  for (const one of [reader, ana, bo]) one.timers.advance(9000)

  expect(reader.written()).toMatchObject({ count: 8 })
  expect(ana.written()).toEqual({ count: 77 })
  expect(bo.written()).toMatchObject({ count: 8 })
})

const LAUNCH = { pattern: 'b', off: false, before: { pattern: 'a', off: false } }

test('[CLK23] a launch is plain once its moment has passed, and a drop is gone once it has ended', () => {
  const { room, tracks, timers } = keeperOf()
  const sharedMs = timers.now() + 1000
  tracks.set('anasanasanas', {})
  room.set('play/anasanasanas', { ...LAUNCH, epoch: 'one', sharedMs })
  room.set('drop', { epoch: 'one', sharedMs, endMs: sharedMs + 2000 })
  timers.advance(2900)
  expect(room.get('play/anasanasanas')).toMatchObject({ sharedMs })

  timers.advance(200)
  expect(room.get('play/anasanasanas')).toEqual({ pattern: 'b', off: false })
  expect(room.has('drop')).toBe(true)
  timers.advance(2000)

  expect(room.has('drop')).toBe(false)
  expect(timers.waiting()).toBe(0)
})

test('launches of tracks that are not there wait for nothing', () => {
  const { room, timers } = keeperOf()

  for (let n = 0; n < 50; n++) {
    const id = `gonegone${'abcdefghij'.charAt(n % 10)}${'abcde'.charAt(n / 10)}`
    room.set(`play/${id}`, { ...LAUNCH, epoch: 'one', sharedMs: timers.now() + 1000 })
  }

  expect(timers.waiting()).toBe(0)
})
