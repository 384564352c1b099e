import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ClockChange } from '../clock/shared-clock.ts'
import { lastAsked, withPlay } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import { createEvents } from '../lib/events.ts'
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
function keeperIn(doc: Y.Doc, firstSession: string) {
  let session = firstSession
  const events = createEvents<{ change: [ClockChange] }>()
  const keeper = createTransportKeeper(doc, {
    sessionId: () => session,
    onChange: (listener) => events.on('change', listener),
  })
  return {
    keeper,
    enter(next: string, change: ClockChange = { kind: 'joined' }) {
      session = next
      events.emit('change', change)
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

test('[CLK5] an old value that wins in the document is written over by what the room plays', async () => {
  const doc = new Y.Doc()
  const { keeper } = keeperIn(doc, 'tonight')
  keeper.write(playing('tonight'))

  docShape(doc).room.set('transport', playing('yesterday', 'bo'))
  expect(keeper.transport.read()).toEqual(playing('tonight'))
  await Promise.resolve()

  expect(written(doc)).toMatchObject({ epoch: 'tonight', by: 'ana' })
  expect(lastAsked(keeper.transport.read()).playing).toBe(true)
})

test('[CLK6] the loser of a merge writes its transport in the winner’s time', () => {
  const doc = new Y.Doc()
  const { keeper, enter } = keeperIn(doc, 'mine')
  keeper.write(playing('mine'))

  enter('theirs', { kind: 'merged', fromSessionId: 'mine', deltaMs: 500 })

  const moved = keeper.transport.read()
  expect(moved.epoch).toBe('theirs')
  expect(moved.current.sharedMs).toBe(playing('mine').current.sharedMs + 500)
  expect(written(doc)).toEqual(moved)
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
