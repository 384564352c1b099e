import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientIdOf } from './client-id.ts'
import { syncFrame } from './doc-frames.ts'
import { UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY } from './jam-stage.ts'

const PIECE = 'x'.repeat(500_000)

test('[SYNC3] whoever goes on filling a full song is cut off; what the others do counts on', async () => {
  const stage = createJamStage()
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = stage.meshes.join(CY)
  stage.pass(200)
  const self = cy.self()
  const author = new Y.Doc()
  author.clientID = self === undefined ? 0 : clientIdOf(self, 0)
  let sent = 0
  author.on('update', (update: Uint8Array) => {
    if (cy.send(ANA, 'doc', syncFrame(UPDATE, update))) sent += 1
    stage.meshes.deliverAll()
  })

  for (let piece = 0; piece < 40; piece++) author.getMap('room').set(`k${String(piece)}`, PIECE)

  expect(ana.mesh.peers()).toEqual([BO])
  expect(sent * PIECE.length).toBeLessThan(7_000_000)
  expect(ana.jam.writable.read()).toBe('full')
  expect(bo.mesh.peers()).toContain(ANA)
  stage.close()
})
