import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import type { Mesh } from '../net/mesh.ts'
import { noteEntry, paramEntry } from './doc-shape.ts'
import { decodeGestures, encodeGestures, MAX_GESTURES } from './gesture-frame.ts'
import { createGestures, type Gestures } from './gestures.ts'
import { LIVE_GESTURE } from './live-kinds.ts'
import { ANAS_TRACK, createSongCopy, receive, type WatchedCopy } from './testing.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
const CUTOFF = paramEntry('cutoffHz')

interface Hand extends Gestures {
  readonly copy: WatchedCopy
  readonly mesh: Mesh
  /** Turns the knob; what rests is written. */
  turn(value: number): void
  cutoffHz(): number | undefined
}

/** Ana and bo, each with a copy of a song that has ana's track; nothing arrives unless the test says so. */
function stage(): {
  readonly ana: Hand
  readonly bo: Hand
  readonly meshes: MemoryMeshes
  readonly timers: FakeTimers
} {
  const meshes = createMemoryMeshes()
  const timers = createFakeTimers()
  const hand = (id: PeerId): Hand => {
    const mesh = meshes.join(id)
    const gestures = createGestures({ mesh, timers })
    const copy = createSongCopy(ANAS_TRACK, 'yes', gestures.overlay)
    mesh.onBytes('live', (from, bytes) => {
      expect(bytes[0]).toBe(LIVE_GESTURE)
      expect(gestures.hear(from, bytes.subarray(1))).toBeUndefined()
    })
    return {
      ...gestures,
      copy,
      mesh,
      turn(value) {
        gestures.put({ track: ANAS_TRACK, entry: CUTOFF, value }, () => {
          copy.verbs.setParam(ANAS_TRACK, 'cutoffHz', value)
        })
      },
      cutoffHz: () => copy.song().tracks[0]?.sound.cutoffHz,
    }
  }
  const [ana, bo] = [hand(ANA), hand(BO)]
  ana.copy.verbs.toggleNote(ANAS_TRACK, 0, 60)
  for (const update of ana.copy.sent.splice(0)) receive(bo.copy, update)
  return { ana, bo, meshes, timers }
}

test('[SYNC13] a drag is heard by both while it lasts, and is one change of the song when it rests', () => {
  const { ana, bo, meshes, timers } = stage()

  for (let value = 500; value < 600; value++) {
    ana.turn(value)
    timers.advance(10)
  }
  meshes.deliverAll()
  expect(ana.cutoffHz()).toBe(599)
  expect(bo.cutoffHz()).toBeGreaterThan(590)
  expect(ana.copy.sent).toHaveLength(0)

  timers.advance(300)

  expect(ana.copy.sent).toHaveLength(1)
  expect(ana.cutoffHz()).toBe(599)
})

test('[SYNC13] a second of dragging sends at most some thirty frames', () => {
  const { ana, meshes, timers } = stage()

  for (let n = 0; n < 100; n++) {
    ana.turn(500 + n)
    timers.advance(10)
  }

  expect(meshes.packets().length).toBeLessThanOrEqual(31)
  expect(meshes.packets().length).toBeGreaterThan(20)
})

test('[SYNC13] a frame that was overtaken changes nothing', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.turn(500)
  timers.advance(40)
  ana.turn(600)
  meshes.deliver(1)

  meshes.deliver(0)

  expect(bo.cutoffHz()).toBe(600)
})

test('[SYNC13] whoever falls silent amid a drag is believed for a second and a half', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.turn(500)
  meshes.deliverAll()
  meshes.partition(ANA, BO)
  expect(bo.cutoffHz()).toBe(500)

  timers.advance(1500)

  expect(bo.cutoffHz()).toBe(3000)
})

test('[SYNC13] the song’s own value counts as soon as it comes', () => {
  const { ana, bo, meshes } = stage()
  ana.turn(500)
  meshes.deliverAll()

  bo.copy.verbs.setParam(ANAS_TRACK, 'cutoffHz', 700)

  expect(bo.cutoffHz()).toBe(700)
})

test('a page that hides writes what still moves', () => {
  const { ana, timers } = stage()
  ana.turn(500)

  ana.flush()

  expect(ana.copy.sent).toHaveLength(1)
  timers.advance(1000)
  expect(ana.copy.sent).toHaveLength(1)
})

test('whoever is congested gets the latest value later', () => {
  const { bo, meshes, timers } = stage()
  const mesh = meshes.join('c'.repeat(26) as PeerId)
  let congested = true
  const cy = createGestures({
    mesh: { ...mesh, send: (...args) => !congested && mesh.send(...args) },
    timers,
  })
  cy.put({ track: ANAS_TRACK, entry: CUTOFF, value: 500 }, () => undefined)
  cy.put({ track: ANAS_TRACK, entry: CUTOFF, value: 600 }, () => undefined)
  timers.advance(40)
  expect(meshes.packets()).toEqual([])

  congested = false
  timers.advance(40)
  meshes.deliverAll()

  expect(bo.cutoffHz()).toBe(600)
})

test('a note that is not there is not dragged into being', () => {
  const { ana } = stage()

  ana.put({ track: ANAS_TRACK, entry: noteEntry(7, 70), value: 228 }, () => undefined)

  expect(ana.copy.song().tracks[0]?.patterns.a.size).toBe(1)
})

test('a frame of many values shows the song once', () => {
  const { bo, ana } = stage()
  for (let step = 1; step < MAX_GESTURES; step++) bo.copy.verbs.toggleNote(ANAS_TRACK, step, 60)
  const shown: unknown[] = []
  bo.copy.live.subscribe((song) => shown.push(song))
  const gestures = Array.from({ length: MAX_GESTURES }, (_, step) => ({
    track: ANAS_TRACK,
    entry: noteEntry(step, 60),
    value: 229,
  }))

  bo.hear(ana.mesh.self()?.peer ?? ANA, encodeGestures({ number: 1, gestures }))

  expect(shown).toHaveLength(1)
  const notes = bo.copy.song().tracks[0]?.patterns.a.values() ?? []
  expect([...notes].map(({ velocity }) => velocity)).toEqual(Array(MAX_GESTURES).fill(101))
})

test('[SYNC13] of more frames than a hand makes some forty a second are looked at', () => {
  const { bo, timers } = stage()
  let shown = 0
  bo.copy.live.subscribe(() => (shown += 1))
  const heard = (number: number): unknown =>
    bo.hear(ANA, encodeGestures({ number, gestures: [{ ...gesture, value: 500 + number }] }))

  for (let number = 1; number <= 1000; number++) {
    expect(heard(number)).toBeUndefined()
    timers.advance(1)
  }

  expect(shown).toBeLessThanOrEqual(80)
  timers.advance(1000)
  heard(1001)
  expect(bo.cutoffHz()).toBe(1501)
})

test('[SYNC13] a frame that its own last value has overtaken is passed over', () => {
  const { ana, bo, meshes, timers } = stage()
  ana.turn(500)
  meshes.deliverAll()
  timers.advance(40)
  ana.turn(600)
  ana.turn(601)
  ana.flush()
  for (const update of ana.copy.sent.splice(0)) receive(bo.copy, update)

  meshes.deliverAll()

  expect(bo.cutoffHz()).toBe(601)
  timers.advance(300)
  ana.turn(700)
  meshes.deliverAll()
  expect(bo.cutoffHz()).toBe(700)
})

const gesture = { track: ANAS_TRACK, entry: CUTOFF, value: 1e9 }

test('values of strangers are clamped', () => {
  const body = encodeGestures({ number: 1, gestures: [gesture] })

  expect(decodeGestures(body)?.gestures[0]?.value).toBe(18_000)
})

test.each([
  ['nothing', new Uint8Array()],
  ['no gesture', encodeGestures({ number: 1, gestures: [] })],
  [
    'too many',
    encodeGestures({
      number: 1,
      gestures: Array(MAX_GESTURES + 1).fill(gesture) as (typeof gesture)[],
    }),
  ],
  ['what is no number', encodeGestures({ number: 1, gestures: [{ ...gesture, value: NaN }] })],
  ['no param', encodeGestures({ number: 1, gestures: [{ ...gesture, entry: 'p/__proto__' }] })],
  [
    'no cell',
    encodeGestures({ number: 1, gestures: [{ ...gesture, entry: 'a/99/60', value: 228 }] }),
  ],
  [
    'half a note',
    encodeGestures({ number: 1, gestures: [{ ...gesture, entry: 'a/1/60', value: 2.5 }] }),
  ],
  ['no track', encodeGestures({ number: 1, gestures: [{ ...gesture, track: '../..' as never }] })],
  ['a rest', Uint8Array.of(...encodeGestures({ number: 1, gestures: [gesture] }), 0)],
])('[SYNC13] a frame with %s cuts its sender off', (_what, body) => {
  expect(stage().bo.hear(ANA, body)).toBe('gesture-shape')
})
