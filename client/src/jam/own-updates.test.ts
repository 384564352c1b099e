import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes } from '../net/memory-mesh.ts'
import type { Member, Mesh } from '../net/mesh.ts'
import { clientIdOf } from './client-id.ts'
import { ANA, BO } from './jam-stage.ts'
import { createOwnUpdates, FROM_PEER } from './own-updates.ts'

const nothing = (): void => undefined

/** A mesh whose seat the test gives away. */
function seated(): { readonly mesh: Mesh; sit(seat: Member): void } {
  let seat: Member = { peer: ANA, page: 'first' }
  return {
    mesh: { ...createMemoryMeshes().join(ANA), self: () => seat },
    sit(next) {
      seat = next
    },
  }
}

test('[SYNC7] a page that gets another seat writes under that one’s ids', () => {
  const doc = new Y.Doc()
  const { mesh, sit } = seated()
  const own = createOwnUpdates(doc, mesh, createFakeTimers(), nothing)
  own.claim()
  expect(doc.clientID).toBe(clientIdOf({ peer: ANA, page: 'first' }, 0))

  const next = { peer: BO, page: 'first' }
  sit(next)
  own.claim()

  expect(doc.clientID).toBe(clientIdOf(next, 0))
  own.close()
})

test('[SYNC7] where somebody wrote under its id it goes on under the next one', () => {
  const doc = new Y.Doc()
  const { mesh } = seated()
  const self = { peer: ANA, page: 'first' }
  const own = createOwnUpdates(doc, mesh, createFakeTimers(), nothing)
  own.claim()
  const forger = new Y.Doc()
  forger.clientID = doc.clientID
  forger.getMap('room').set('k', 1)

  Y.applyUpdate(doc, Y.encodeStateAsUpdate(forger), FROM_PEER)

  expect(doc.clientID).toBe(clientIdOf(self, 1))
  own.close()
})

test('[SYNC7] it does so when others merely heard of such a thing, and then not again for ten seconds', () => {
  const doc = new Y.Doc()
  const { mesh } = seated()
  const timers = createFakeTimers()
  const own = createOwnUpdates(doc, mesh, timers, nothing)
  own.claim()
  const idOf = (number: number): number => clientIdOf({ peer: ANA, page: 'first' }, number)

  own.doubt({ client: idOf(0), clock: 1 })
  own.doubt({ client: idOf(1), clock: 1 })
  expect(doc.clientID).toBe(idOf(1))
  timers.advance(10_000)
  own.doubt({ client: idOf(0), clock: 9 })
  expect(doc.clientID, 'of an id it no longer uses it need not know').toBe(idOf(1))
  own.doubt({ client: idOf(1), clock: 1 })

  expect(doc.clientID).toBe(idOf(2))
  own.close()
})
