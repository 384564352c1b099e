import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import { encodeCursor } from './cursor-frame.ts'
import { createCursors, type Cursors } from './cursors.ts'
import { LIVE_CURSOR } from './live-kinds.ts'
import { ANAS_TRACK } from './testing.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]

function stage(): {
  readonly ana: Cursors
  readonly bo: Cursors
  readonly meshes: MemoryMeshes
  readonly timers: FakeTimers
} {
  const meshes = createMemoryMeshes()
  const timers = createFakeTimers()
  const pointer = (id: PeerId): Cursors => {
    const mesh = meshes.join(id)
    const cursors = createCursors({ mesh, timers })
    mesh.onBytes('live', (from, bytes) => {
      expect(bytes[0]).toBe(LIVE_CURSOR)
      expect(cursors.hear(from, bytes.subarray(1))).toBeUndefined()
    })
    return cursors
  }
  return { ana: pointer(ANA), bo: pointer(BO), meshes, timers }
}

test('[SYNC14] the others see where one points, and that one points away', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.pointAt(ANAS_TRACK, 3, 60)
  meshes.deliverAll()
  expect(bo.cursors.read()).toEqual([{ peer: ANA, track: ANAS_TRACK, step: 3, pitch: 60 }])
  expect(ana.cursors.read()).toEqual([])

  ana.pointAway()
  timers.advance(50)
  meshes.deliverAll()

  expect(bo.cursors.read()).toEqual([])
})

test('[SYNC14] a second of pointing sends at most some twenty frames, the latest last', () => {
  const { ana, bo, meshes, timers } = stage()

  for (let n = 0; n < 100; n++) {
    ana.pointAt(ANAS_TRACK, n % 16, 60)
    timers.advance(10)
  }
  timers.advance(50)

  expect(meshes.packets().length).toBeLessThanOrEqual(21)
  meshes.deliverAll()
  expect(bo.cursors.read()[0]?.step).toBe(99 % 16)
})

test('[SYNC14] who stays is seen; who falls silent is gone 5 s later', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.pointAt(ANAS_TRACK, 3, 60)
  for (let second = 0; second < 20; second++) {
    meshes.deliverAll()
    timers.advance(1000)
  }
  expect(bo.cursors.read()).toHaveLength(1)

  timers.advance(5000)

  expect(bo.cursors.read()).toEqual([])
})

test('[SYNC14] a cursor goes with its link, and comes with it', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.pointAt(ANAS_TRACK, 3, 60)
  meshes.deliverAll()

  meshes.partition(ANA, BO)
  expect(bo.cursors.read()).toEqual([])
  meshes.heal(ANA, BO)
  timers.advance(50)
  meshes.deliverAll()

  expect(bo.cursors.read()).toHaveLength(1)
})

test('a frame that was overtaken changes nothing', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.pointAt(ANAS_TRACK, 3, 60)
  timers.advance(50)
  ana.pointAt(ANAS_TRACK, 4, 60)
  meshes.deliver(1)

  meshes.deliver(0)

  expect(bo.cursors.read()[0]?.step).toBe(4)
})

test.each([
  ['nothing in it', new Uint8Array()],
  ['no such step', encodeCursor({ number: 1, word: { track: ANAS_TRACK, step: 99, pitch: 60 } })],
  ['no track', encodeCursor({ number: 1, word: { track: 'x/y' as never, step: 1, pitch: 60 } })],
  [
    'half of it',
    encodeCursor({ number: 1, word: { track: ANAS_TRACK, step: 1, pitch: 60 } }).subarray(0, 6),
  ],
  [
    'a rest',
    Uint8Array.of(
      ...encodeCursor({ number: 1, word: { track: ANAS_TRACK, step: 1, pitch: 60 } }),
      0,
    ),
  ],
])('[SYNC14] a frame with %s cuts its sender off', (_what, body) => {
  expect(stage().bo.hear(ANA, body)).toBe('cursor-shape')
})

test('a closed pointer leaves no timer', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.pointAt(ANAS_TRACK, 3, 60)
  meshes.deliverAll()

  ana.close()
  bo.close()

  expect(timers.waiting()).toBe(0)
})
