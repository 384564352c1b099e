import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ClockChange } from '../clock/shared-clock.ts'
import { lastAsked, withPlay, withStop } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createEvents } from '../lib/events.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { docShape } from './doc-shape.ts'
import { createTransportKeeper } from './transport-keeper.ts'

const playing = (epoch: string, by = 'ana'): Transport => {
  const still: Transport = {
    v: 1,
    epoch,
    playing: false,
    current: { beat: 0, sharedMs: 0, bpm: 130 },
    by,
    n: 1,
  }
  return withPlay(still, 1000, 0, by)
}

/** A keeper whose clock session the test decides. */
function keeperIn(doc: Y.Doc, firstSession: string, mayEdit = true) {
  let session = firstSession
  let settled = true
  const timers = createFakeTimers()
  const events = createEvents<{ change: [ClockChange] }>()
  const keeper = createTransportKeeper({
    doc,
    clock: {
      sessionId: () => session,
      sharedMsAt: (localMs) => localMs,
      isUndisputed: () => settled,
      onChange: (listener) => events.on('change', listener),
    },
    timers,
    random: () => 0.5,
    mayEdit: () => mayEdit,
  })
  return {
    keeper,
    timers,
    enter(next: string, change: ClockChange = { kind: 'joined' }) {
      session = next
      events.emit('change', change)
    },
    settle(is: boolean) {
      settled = is
    },
  }
}

const written = (doc: Y.Doc): unknown => docShape(doc).room.get('transport')

test('[CLK4] a song from the disk stands stopped at the tempo it had', () => {
  const doc = new Y.Doc()
  docShape(doc).room.set('transport', playing('yesterday'))

  const { keeper } = keeperIn(doc, 'today')

  expect(lastAsked(keeper.transport.read())).toEqual({ playing: false, bpm: 130 })
})

test('[CLK4] a newcomer stands still until its clock is in the session of the song', () => {
  const doc = new Y.Doc()
  docShape(doc).room.set('transport', playing('tonight'))
  const { keeper, enter } = keeperIn(doc, '')
  expect(lastAsked(keeper.transport.read()).playing).toBe(false)

  enter('tonight')

  expect(keeper.transport.read()).toEqual(playing('tonight'))
})

test('[CLK5] an old value that wins in the document is written over by what the room plays', () => {
  const doc = new Y.Doc()
  const { keeper, timers } = keeperIn(doc, 'tonight')
  keeper.write(playing('tonight'))

  docShape(doc).room.set('transport', playing('yesterday', 'bo'))
  expect(keeper.transport.read()).toEqual(playing('tonight'))
  timers.advance(1000)

  expect(written(doc)).toMatchObject({ epoch: 'tonight', by: 'ana' })
  expect(lastAsked(keeper.transport.read()).playing).toBe(true)
})

test('[CLK5] of those who know the transport one speaks, and the others find it said', () => {
  const doc = new Y.Doc()
  const { keeper, timers } = keeperIn(doc, 'tonight')
  keeper.write(playing('tonight'))
  docShape(doc).room.set('transport', playing('yesterday', 'bo'))
  docShape(doc).room.set('transport', playing('tonight', 'cy'))

  timers.advance(5000)

  expect(written(doc)).toMatchObject({ by: 'cy' })
  expect(timers.waiting()).toBe(0)
})

test('[CLK6] nobody writes over a session that is still being met', () => {
  const doc = new Y.Doc()
  const { keeper, timers, settle } = keeperIn(doc, 'mine')
  keeper.write(playing('mine'))
  settle(false)
  docShape(doc).room.set('transport', playing('theirs', 'bo'))
  timers.advance(3000)
  expect(written(doc)).toMatchObject({ epoch: 'theirs' })

  settle(true)
  timers.advance(2000)

  expect(written(doc)).toMatchObject({ epoch: 'mine' })
})

test('[CLK6] the loser of a merge plays on in the winner’s time, and writes it when the winner says nothing', () => {
  const doc = new Y.Doc()
  const { keeper, timers, enter } = keeperIn(doc, 'mine')
  keeper.write(playing('mine'))

  enter('theirs', { kind: 'merged', fromSessionId: 'mine', deltaMs: 500 })

  const moved = keeper.transport.read()
  expect(moved.epoch).toBe('theirs')
  expect(moved.current.sharedMs).toBe(playing('mine').current.sharedMs + 500)
  timers.advance(1900)
  expect(written(doc)).toMatchObject({ epoch: 'mine' })
  timers.advance(1000)
  expect(written(doc)).toEqual({ ...moved, n: moved.n + 1 })
})

test('[CLK6] when the winner’s transport is there already it stays', () => {
  const doc = new Y.Doc()
  const { keeper, enter } = keeperIn(doc, 'mine')
  keeper.write(playing('mine'))
  docShape(doc).room.set('transport', playing('theirs', 'bo'))

  enter('theirs', { kind: 'merged', fromSessionId: 'mine', deltaMs: 500 })

  expect(keeper.transport.read().by).toBe('bo')
})

test('[SYNC2] nonsense in place of a transport is standing still', () => {
  const doc = new Y.Doc()
  const { keeper } = keeperIn(doc, 'tonight')

  docShape(doc).room.set('transport', {
    v: 1,
    epoch: 'tonight',
    playing: true,
    current: { bpm: -999 },
  })

  expect(lastAsked(keeper.transport.read())).toEqual({ playing: false, bpm: 120 })
})

test('[SYNC2] a count beyond what is counted exactly neither stops a stop nor loops', () => {
  const doc = new Y.Doc()
  const { keeper, timers } = keeperIn(doc, 'tonight')
  docShape(doc).room.set('transport', { ...playing('tonight'), n: 2 ** 53 - 1 })
  expect(lastAsked(keeper.transport.read()).playing).toBe(true)

  keeper.write(withStop(keeper.transport.read(), 5000, 0, 'bo'))
  timers.advance(10_000)

  expect(lastAsked(keeper.transport.read()).playing).toBe(false)
})

test('[SYNC2] a song that a hostile value sent to the end of time can be stopped', () => {
  const doc = new Y.Doc()
  const { keeper } = keeperIn(doc, 'tonight')
  const current = { beat: 1e9, sharedMs: 0, bpm: 240 }
  docShape(doc).room.set('transport', {
    ...playing('tonight'),
    playing: true,
    current,
    next: undefined,
  })
  expect(lastAsked(keeper.transport.read()).playing).toBe(true)

  keeper.write(withStop(keeper.transport.read(), 5000, 0, 'bo'))

  expect(lastAsked(keeper.transport.read())).toMatchObject({ playing: false })
  expect(keeper.transport.read().current.beat).toBe(0)
})

test('[SYNC6] a newer song’s transport is left alone', () => {
  const doc = new Y.Doc()
  const { keeper, timers } = keeperIn(doc, 'tonight', false)
  docShape(doc).room.set('transport', { v: 2 })

  keeper.write(playing('tonight'))
  timers.advance(5000)

  expect(written(doc)).toEqual({ v: 2 })
})
