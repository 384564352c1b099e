import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { beatMoment } from '../clock/beat-moment.ts'
import { initialTransport, withPlay } from '../clock/tempo-map.ts'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import { LIVE_REACTION } from './live-kinds.ts'
import { encodeReaction } from './reaction-frame.ts'
import { createReactions, MOST_OF_ONE, type Reactions, SHOWN_MS } from './reactions.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
const LEAD_MS = 290
const BEAT_MS = 500
const PLAYING = withPlay(initialTransport('one'), 0, 0, 'ana')

/** The song plays at 120 from shared time 0. */
function stage(): {
  readonly ana: Reactions
  readonly bo: Reactions
  readonly meshes: MemoryMeshes
  readonly timers: FakeTimers
} {
  const meshes = createMemoryMeshes()
  const timers = createFakeTimers(10_040)
  const person = (id: PeerId): Reactions => {
    const mesh = meshes.join(id)
    const reactions = createReactions({
      mesh,
      timers,
      sharedMs: timers.now,
      momentMs: () => beatMoment(PLAYING, timers.now() + LEAD_MS),
    })
    mesh.onBytes('live', (from, bytes) => {
      expect(bytes[0]).toBe(LIVE_REACTION)
      expect(reactions.hear(from, bytes.subarray(1))).toBeUndefined()
    })
    return reactions
  }
  return { ana: person(ANA), bo: person(BO), meshes, timers }
}

const seen = (who: Reactions): readonly string[] => who.shown.read().map(({ name }) => name)

test('[SYNC17] a reaction is seen by all on the next beat that leaves everybody time to hear of it', () => {
  const { ana, bo, meshes, timers } = stage()

  ana.react('fire')
  timers.advance(120)
  meshes.deliverAll()
  timers.advance(BEAT_MS - 40 - 120 - 1)
  expect([seen(ana), seen(bo)]).toEqual([[], []])
  timers.advance(1)

  expect(ana.shown.read()).toEqual([{ id: 1, peer: ANA, name: 'fire' }])
  expect(bo.shown.read()).toEqual(ana.shown.read())
})

test('[SYNC17] too near a beat waits for the one after', () => {
  const { ana, timers } = stage()
  timers.advance(200)

  ana.react('wow')
  timers.advance(BEAT_MS)
  expect(seen(ana)).toEqual([])
  timers.advance(260)

  expect(seen(ana)).toEqual(['wow'])
})

test('[SYNC17] a lost frame has a second one, and both together are one reaction', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.react('love')
  meshes.drop(0)
  ana.react('bass')

  timers.advance(60)
  meshes.deliverAll()
  timers.advance(BEAT_MS)

  expect(seen(bo).toSorted()).toEqual(['bass', 'love'])
})

test('[SYNC17] who comes late, or names a moment that cannot be, is seen at once', () => {
  const { bo, timers } = stage()
  const now = timers.now()

  bo.hear(ANA, encodeReaction({ number: 1, name: 'again', sharedMs: now - 300 }))
  bo.hear(ANA, encodeReaction({ number: 2, name: 'rock', sharedMs: now + 86_400_000 }))
  timers.advance(0)

  expect(seen(bo)).toEqual(['again', 'rock'])
})

test('[SYNC17] more than a hand means are not sent, and more than that of somebody else are not looked at', () => {
  const { ana, bo, meshes, timers } = stage()

  const sent = Array.from({ length: 20 }, () => ana.react('fire'))
  for (let number = 1; number <= 100; number++)
    bo.hear(ANA, encodeReaction({ number, name: 'wow', sharedMs: 0 }))
  timers.advance(0)

  expect(sent.filter(Boolean)).toHaveLength(4)
  expect(meshes.packets()).toHaveLength(4)
  expect(meshes.cuts()).toEqual([])
  expect(bo.shown.read().at(-1)?.id).toBe(16)
})

test('of one person no more than a few are seen at once, each for two seconds', () => {
  const { bo, timers } = stage()
  for (let number = 1; number <= MOST_OF_ONE + 2; number++)
    bo.hear(ANA, encodeReaction({ number, name: 'wow', sharedMs: 0 }))
  timers.advance(0)
  expect(bo.shown.read().map(({ id }) => id)).toEqual([3, 4, 5])

  timers.advance(SHOWN_MS - 1)
  expect(bo.shown.read()).toHaveLength(MOST_OF_ONE)
  timers.advance(1)

  expect(bo.shown.read()).toEqual([])
})

const WHOLE = encodeReaction({ number: 1, name: 'fire', sharedMs: 0 })

test.each([
  ['nothing in it', new Uint8Array()],
  ['no such reaction', Uint8Array.of(1, 6, ...WHOLE.subarray(2))],
  ['half of it', WHOLE.subarray(0, 6)],
  ['a rest', Uint8Array.of(...WHOLE, 0)],
  ['no moment', encodeReaction({ number: 1, name: 'fire', sharedMs: Number.NaN })],
])('[SYNC17] a frame with %s cuts its sender off', (_what, body) => {
  expect(stage().bo.hear(ANA, body)).toBe('reaction-shape')
})

test('what is closed leaves no timer', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.react('fire')
  meshes.deliverAll()

  ana.close()
  bo.close()

  expect(timers.waiting()).toBe(0)
})
