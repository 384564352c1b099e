import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { PeerId } from '@beatcord/shared'
import type { Mesh } from '../net/mesh.ts'
import { clientIdOf } from './client-id.ts'
import { syncFrame } from './doc-frames.ts'
import { encodeDoubt } from './doubt-frame.ts'
import { ANSWER, ASK, UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'
import { LIVE_DOUBT, liveFrame } from './live-kinds.ts'

const MALLORY = 'm'.repeat(26) as PeerId

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

const writeAt = (jammer: Jammer, step: number): void => {
  jammer.jam.verbs.writeNote(jammer.track, { step, pitch: 60, velocity: 90, length: 1 })
}
/** Whether there is a note of this person's track on this step in the song of the other. */
const hasNote =
  (author: Jammer, step: number) =>
  ({ jam }: Jammer): boolean => {
    const track = jam.song.read().tracks.find(({ id }) => id === author.track)
    return [...(track?.patterns.a.values() ?? [])].some((note) => note.step === step)
  }
const forged = ({ doc }: Jammer): number =>
  [...doc.getMap('room').keys()].filter((key) => key.startsWith('forged')).length

const clientOf = (mesh: Mesh): number => {
  const self = mesh.self()
  return self === undefined ? 0 : clientIdOf(self, 0)
}

/** What a client would write next, written by somebody else. */
function nextOf(client: number, doc: Y.Doc, count: number): Uint8Array {
  const forger = new Y.Doc()
  Y.applyUpdate(forger, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(forger)
  forger.clientID = client
  forger.transact(() => {
    for (let at = 0; at < count; at++) forger.getMap('room').set(`forged${String(at)}`, 1)
  })
  return Y.encodeStateAsUpdate(forger, before)
}

/** Says that it has more of a client than anybody, so that it is asked; and answers. */
function forge(mallory: Mesh, to: readonly PeerId[], client: number, update: Uint8Array): void {
  const ahead = encoding.createEncoder()
  for (const number of [1, client, 99_999]) encoding.writeVarUint(ahead, number)
  for (const id of to) mallory.send(id, 'doc', syncFrame(ASK, encoding.toUint8Array(ahead)))
  stage.meshes.deliverAll()
  for (const id of to) mallory.send(id, 'doc', syncFrame(ANSWER, update))
}

/** Delivers what this peer has sent before all else. */
function deliverFirst(from: PeerId): void {
  for (;;) {
    const index = stage.meshes.packets().findIndex((packet) => packet.from === from)
    if (index < 0) return
    stage.meshes.deliver(index)
  }
}

test('[SYNC7] an answer that forges somebody’s next edits takes none of them from anybody', async () => {
  const ana = await stage.join(ANA)
  const [bo, cy] = [await stage.join(BO), await stage.join(CY)]
  writeAt(ana, 0)
  await live(1)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(20)
  const client = clientOf(ana.mesh)

  forge(mallory, [BO, CY], client, nextOf(client, ana.doc, 40))
  writeAt(ana, 7)
  deliverFirst(MALLORY)
  stage.meshes.deliverAll()
  expect([ana, bo, cy].map(forged)).toEqual([0, 0, 0])
  expect([ana, bo, cy].map(hasNote(ana, 7))).toEqual([true, true, true])
  mallory.close()
  await live(30)

  expect([ana, bo, cy].map(hasNote(ana, 7)), 'nor later').toEqual([true, true, true])
  expect(ana.jam.aside.read()).toBeUndefined()
})

test('[SYNC7] however often it is forged, and although it is taken in the end, nothing is lost', async () => {
  const ana = await stage.join(ANA)
  const [bo, cy] = [await stage.join(BO), await stage.join(CY)]
  writeAt(ana, 0)
  await live(1)
  const mallory = stage.meshes.join(MALLORY)
  const client = clientOf(ana.mesh)
  const forgery = nextOf(client, ana.doc, 40)

  for (let round = 0; round < 8; round++) {
    forge(mallory, [BO, CY], client, forgery)
    deliverFirst(MALLORY)
    await live(2)
  }
  expect(ana.doc.clientID, 'she was told and went on under another id').not.toBe(client)
  writeAt(ana, 7)
  await live(6)

  expect([ana, bo, cy].map(hasNote(ana, 7))).toEqual([true, true, true])
  expect([ana, bo, cy].map(forged), 'and all have the same').toEqual([40, 40, 40])
  expect(stage.meshes.cuts()).toEqual([])
})

test('[SYNC7] who tells one person what it denies to another keeps the two apart for seconds, not for ever', async () => {
  const ana = await stage.join(ANA)
  // Bo's dice choose ana each time he asks somebody.
  const bo = await stage.join(BO, 0, 0)
  const mallory = stage.meshes.join(MALLORY)
  await live(1)
  const client = clientOf(mallory)
  mallory.send(ANA, 'doc', syncFrame(UPDATE, nextOf(client, new Y.Doc(), 3)))
  stage.meshes.deliverAll()
  // Upon it ana writes, so that what she wrote stands on what bo has not been told.
  ana.doc.getMap('room').set('forged0', 2)
  writeAt(ana, 5)
  await live(4)
  expect(hasNote(ana, 5)(bo), 'as yet').toBe(false)

  await live(14)

  expect(hasNote(ana, 5)(bo)).toBe(true)
  expect(forged(bo)).toBe(3)
})

test('[SYNC10] edits that a forgery took while their author was not linked are written again', async () => {
  const ana = await stage.join(ANA)
  const [bo, cy] = [await stage.join(BO), await stage.join(CY)]
  writeAt(ana, 0)
  await live(1)
  for (const id of [BO, CY]) stage.meshes.partition(ANA, id)
  const mallory = stage.meshes.join(MALLORY)
  stage.meshes.partition(ANA, MALLORY)
  stage.pass(20)
  const client = clientOf(ana.mesh)
  forge(mallory, [BO, CY], client, nextOf(client, ana.doc, 40))
  stage.meshes.deliverAll()
  mallory.close()
  expect(forged(bo)).toBe(40)

  writeAt(ana, 7)
  writeAt(ana, 9)
  ana.jam.verbs.setStepCount(8)
  ana.jam.chat.say({ id: 'x', by: ANA, name: 'ana', colour: 1, text: 'hello', atMs: 1 })
  for (const id of [BO, CY]) stage.meshes.heal(ANA, id)
  await live(30)

  for (const step of [0, 7, 9]) {
    expect([ana, bo, cy].map(hasNote(ana, step)), `step ${step}`).toEqual([true, true, true])
  }
  expect([ana, bo, cy].map(({ jam }) => jam.song.read().stepCount)).toEqual([8, 8, 8])
  expect(cy.jam.chat.lines.read().map(({ text }) => text)).toEqual(['hello'])
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
  writeAt(ana, 3)
  await live(1)
  expect([ana, bo, cy].map(hasNote(ana, 3)), 'and she edits as before').toEqual([true, true, true])
})

test('[SYNC7] a doubt of the wrong shape cuts its sender off; one about nothing changes nothing', async () => {
  const ana = await stage.join(ANA)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(100)
  writeAt(ana, 0)
  const client = clientOf(ana.mesh)

  mallory.send(ANA, 'live', liveFrame(LIVE_DOUBT, encodeDoubt({ client, clock: 1 })))
  stage.meshes.deliverAll()
  expect(ana.doc.clientID).toBe(client)
  mallory.send(ANA, 'live', liveFrame(LIVE_DOUBT, Uint8Array.of(1)))
  stage.meshes.deliverAll()

  expect(stage.meshes.cuts().map(({ code }) => code)).toEqual(['live-doubt'])
})
