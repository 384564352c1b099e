import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientIdOf } from './client-id.ts'
import { syncFrame } from './doc-frames.ts'
import { UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type JamStage } from './jam-stage.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

/** An update that says of a client's first clocks only that they were, and are forgotten. */
function forgotten(client: number, clocks: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [1, 1, client, 0, 0, clocks, 0]) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

function fourLines(client: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getArray('chat').push([1, 2, 3, 4])
  return Y.encodeStateAsUpdate(doc)
}

test('[SYNC3] an update on which Yjs throws halfway cuts its author off, and the song plays on', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = stage.meshes.join(CY)
  stage.pass(200)
  const self = cy.self()
  const client = self === undefined ? 0 : clientIdOf(self, 0)

  cy.send(ANA, 'doc', syncFrame(UPDATE, forgotten(client, 3)))
  cy.send(ANA, 'doc', syncFrame(UPDATE, fourLines(client)))
  stage.meshes.deliverAll()

  expect(stage.meshes.cuts()).toEqual([{ by: ANA, peer: CY, code: 'update-breaks' }])
  ana.jam.verbs.setStepCount(8)
  stage.pass(200)
  expect(bo.jam.song.read().stepCount).toBe(8)
})
