import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { PeerId } from '@beatcord/shared'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes } from '../net/memory-mesh.ts'
import { createCopyKeeper } from './copy-keeper.ts'
import { encodeCopyMark } from './copy-mark-frame.ts'
import { markOf } from './copy-mark.ts'
import { ANA, BO } from './jam-stage.ts'
import { EVERYBODY_PLAYS } from './plain-roles.ts'

test('[SYNC10] a copy of which Yjs can make no song is passed over, and another is asked for later', async () => {
  const meshes = createMemoryMeshes()
  const mesh = meshes.join(ANA)
  meshes.join(BO)
  const timers = createFakeTimers()
  const doc = new Y.Doc()
  doc.getMap('room').set('root', 2)
  const asked: PeerId[] = []
  const keeper = createCopyKeeper({
    doc,
    mesh,
    timers,
    roles: EVERYBODY_PLAYS,
    isForeignAuthor: () => true,
    sinceMs: timers.now(),
    askWhole: (peer) => asked.push(peer),
    onDiverged: () => {
      throw new Error('there is nothing to take')
    },
  })
  const { state } = await markOf(doc)
  const another = encodeCopyMark({ state, content: '0'.repeat(32), ageMs: 1_000_000 })

  keeper.hear(BO, another)
  await vi.waitFor(() => {
    expect(asked).toEqual([BO])
  })
  await expect(keeper.compare(BO, Uint8Array.of(1, 1, 7, 0, 9))).resolves.toBeUndefined()
  timers.advance(10_000)
  keeper.hear(BO, another)

  await vi.waitFor(() => {
    expect(asked).toEqual([BO, BO])
  })
  keeper.close()
})
