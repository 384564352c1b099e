import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import { LIVE_LOOK } from './live-kinds.ts'
import { encodeLook, type Look, MAX_SELECTED } from './look-frame.ts'
import { createLooks, type Looks } from './looks.ts'
import { ANAS_TRACK } from './testing.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
const LOOK: Look = { track: ANAS_TRACK, pattern: 'b', selected: [{ step: 3, pitch: 60 }] }

function stage(): {
  readonly ana: Looks
  readonly bo: Looks
  readonly meshes: MemoryMeshes
  readonly timers: FakeTimers
} {
  const meshes = createMemoryMeshes()
  const timers = createFakeTimers()
  const person = (id: PeerId): Looks => {
    const mesh = meshes.join(id)
    const looks = createLooks({ mesh, timers })
    mesh.onBytes('live', (from, bytes) => {
      expect(bytes[0]).toBe(LIVE_LOOK)
      expect(looks.hear(from, bytes.subarray(1))).toBeUndefined()
    })
    return looks
  }
  return { ana: person(ANA), bo: person(BO), meshes, timers }
}

test('[SYNC18] the others see what one has open and selected, until there is nothing of one’s own to see', () => {
  const { ana, bo, meshes, timers } = stage()

  ana.lookAt(LOOK)
  meshes.deliverAll()
  expect(bo.looks.read()).toEqual([{ peer: ANA, ...LOOK }])
  ana.lookAt(undefined)
  timers.advance(100)
  meshes.deliverAll()

  expect(bo.looks.read()).toEqual([])
})

test('[SYNC18] of a large selection the first 64 notes are told, in one frame of the live lane', () => {
  const { ana, bo, meshes } = stage()
  const selected = Array.from({ length: 100 }, (_, index) => ({
    step: index % 64,
    pitch: 40 + Math.floor(index / 64),
  }))

  ana.lookAt({ ...LOOK, selected })
  expect(meshes.packets().map(({ bytes }) => bytes.length < 1000)).toEqual([true])
  meshes.deliverAll()

  expect(bo.looks.read()[0]?.selected).toEqual(selected.slice(0, MAX_SELECTED))
})

test('[SYNC18] a second of selecting sends some ten frames, and who falls silent is gone 5 s later', () => {
  const { ana, bo, meshes, timers } = stage()
  for (let step = 0; step < 50; step++) {
    ana.lookAt({ ...LOOK, selected: [{ step, pitch: 60 }] })
    timers.advance(20)
  }
  timers.advance(100)
  expect(meshes.packets().length).toBeLessThanOrEqual(11)
  meshes.deliverAll()
  expect(bo.looks.read()[0]?.selected).toEqual([{ step: 49, pitch: 60 }])

  timers.advance(5000)

  expect(bo.looks.read()).toEqual([])
})

test('[SYNC18] more frames of one than an honest page sends are not looked at', () => {
  const { bo, meshes } = stage()

  for (let number = 1; number <= 60; number++)
    bo.hear(ANA, encodeLook({ number, word: { ...LOOK, selected: [{ step: number, pitch: 60 }] } }))

  expect(bo.looks.read()[0]?.selected).toEqual([{ step: 20, pitch: 60 }])
  expect(meshes.cuts()).toEqual([])
})

const WHOLE = encodeLook({ number: 1, word: LOOK })
const frameOf = (word: unknown): Uint8Array => encodeLook({ number: 1, word: word as Look })

test.each([
  ['nothing in it', new Uint8Array()],
  ['no track', frameOf({ ...LOOK, track: 'x/y' })],
  ['no such pattern', Uint8Array.of(...WHOLE.subarray(0, 14), 8, ...WHOLE.subarray(15))],
  ['no such step', frameOf({ ...LOOK, selected: [{ step: 64, pitch: 60 }] })],
  [
    'more notes than may be',
    Uint8Array.of(
      ...WHOLE.subarray(0, 15),
      65,
      ...Array.from({ length: 65 }, () => [3, 60]).flat(),
    ),
  ],
  ['half of it', WHOLE.subarray(0, 9)],
  ['a rest', Uint8Array.of(...WHOLE, 0)],
])('[SYNC18] a frame with %s cuts its sender off', (_what, body) => {
  expect(stage().bo.hear(ANA, body)).toBe('look-shape')
})

test('what is closed leaves no timer', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.lookAt(LOOK)
  meshes.deliverAll()

  ana.close()
  bo.close()

  expect(timers.waiting()).toBe(0)
})
