import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientIdOf } from './client-id.ts'
import { syncFrame } from './doc-frames.ts'
import { UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

/** Passes time in which also what takes a turn of the event loop, such as hashing, gets done. */
async function live(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds * 1000; passed += 250) {
    stage.pass(250)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** The same client's first edit, told differently: Yjs sees the same state and never finds out. */
function twoFaced(cy: Jammer): readonly [Uint8Array, Uint8Array] {
  const self = cy.mesh.self()
  const write = (value: number): Uint8Array => {
    const doc = new Y.Doc()
    doc.clientID = self === undefined ? 0 : clientIdOf(self, 7)
    doc.getMap('room').set('stepCount', value)
    return syncFrame(UPDATE, Y.encodeStateAsUpdate(doc))
  }
  return [write(8), write(32)]
}

const stepCounts = (...jammers: readonly Jammer[]): readonly number[] =>
  jammers.map(({ jam }) => jam.song.read().stepCount)

test('[SYNC10] a copy that came apart from the majority’s takes theirs, and puts its own aside', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const dee = await stage.join('d'.repeat(26) as typeof ANA)
  const cy = await stage.join(CY)
  await live(1)
  const aside: unknown[] = []
  ana.jam.aside.subscribe((song) => aside.push(song?.stepCount))
  const [eight, thirtyTwo] = twoFaced(cy)

  cy.mesh.send(ANA, 'doc', eight)
  for (const id of [BO, dee.id]) cy.mesh.send(id, 'doc', thirtyTwo)
  stage.meshes.deliverAll()
  cy.mesh.close()
  await live(1)
  expect(stepCounts(ana, bo, dee)).toEqual([8, 32, 32])
  await live(15)

  expect(stepCounts(ana, bo, dee)).toEqual([32, 32, 32])
  expect(aside).toEqual([8])
})

test('[SYNC10] afterwards the healed copy is edited and hears edits as before', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const dee = await stage.join('d'.repeat(26) as typeof ANA)
  const cy = await stage.join(CY)
  await live(1)
  const [eight, thirtyTwo] = twoFaced(cy)
  cy.mesh.send(ANA, 'doc', eight)
  for (const id of [BO, dee.id]) cy.mesh.send(id, 'doc', thirtyTwo)
  stage.meshes.deliverAll()
  cy.mesh.close()
  await live(16)

  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  bo.jam.verbs.toggleNote(bo.track, 1, 61)
  await live(1)

  expect(ana.jam.song.read().tracks).toHaveLength(2)
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
  expect(dee.jam.song.read()).toEqual(bo.jam.song.read())
  expect(ana.mesh.peers()).toEqual([BO, dee.id])
})

test('[SYNC10] of two the one who has been here longer is right', async () => {
  const ana = await stage.join(ANA)
  await live(3)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  await live(1)
  const [eight, thirtyTwo] = twoFaced(cy)
  cy.mesh.send(ANA, 'doc', eight)
  cy.mesh.send(BO, 'doc', thirtyTwo)
  stage.meshes.deliverAll()
  cy.mesh.close()
  await live(15)

  expect(stepCounts(ana, bo)).toEqual([8, 8])
})

test('[SYNC10] copies that merely lag behind each other are left alone', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const aside: unknown[] = []
  ana.jam.aside.subscribe((song) => aside.push(song))
  bo.jam.aside.subscribe((song) => aside.push(song))

  for (let round = 0; round < 60; round++) {
    ana.jam.verbs.toggleNote(ana.track, round % 7, 60)
    bo.jam.verbs.toggleNote(ana.track, round % 5, 60)
    await live(0.5)
  }

  expect(aside).toEqual([])
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
})
