import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientIdOf } from './client-id.ts'
import { forwardFrame, syncFrame } from './doc-frames.ts'
import { ANSWER, UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'
import { LIVE_UPDATE, liveFrame } from './live-kinds.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const notes = ({ jam }: Jammer): number =>
  jam.song.read().tracks.reduce((sum, { patterns }) => sum + patterns.a.size, 0)

/** An update that writes the step count as this client would. */
function forgedBy(client: number, first = 0): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  for (let clock = 0; clock <= first; clock++) doc.getMap('room').set(`k${String(clock)}`, 8)
  return Y.encodeStateAsUpdate(doc, first === 0 ? undefined : stateAt(client, first))
}

const isForged = ({ doc }: Jammer): boolean =>
  [...doc.getMap('room').keys()].some((key) => key.startsWith('k'))

function stateAt(client: number, clock: number): Uint8Array {
  return Y.encodeStateVector(new Map([[client, clock]]))
}

test('[SYNC7] an update written under another’s client id cuts its sender off and changes nothing', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  const boSelf = bo.mesh.self()

  if (boSelf !== undefined) {
    cy.mesh.send(ANA, 'doc', syncFrame(UPDATE, forgedBy(clientIdOf(boSelf, 0))))
  }
  stage.meshes.deliverAll()

  expect(boSelf).toBeDefined()
  expect(ana.mesh.peers()).toEqual([BO])
  expect(isForged(ana)).toBe(false)
})

test('[SYNC7] over the live lane the same rule holds', async () => {
  const ana = await stage.join(ANA)
  const cy = await stage.join(CY)
  stage.pass(200)

  cy.mesh.send(ANA, 'live', liveFrame(LIVE_UPDATE, forgedBy(77)))
  stage.meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([])
})

test('[SYNC7] an answer to no question is passed over, and is no offence', async () => {
  const ana = await stage.join(ANA)
  const cy = await stage.join(CY)
  stage.pass(200)

  cy.mesh.send(ANA, 'doc', syncFrame(ANSWER, forgedBy(77)))
  stage.meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([CY])
  expect(isForged(ana)).toBe(false)
})

test('[SYNC8] an answer that stands on what nobody has leaves nothing pending in Yjs', async () => {
  const ana = await stage.join(ANA)
  const cy = stage.meshes.join(CY)
  stage.meshes.deliverAll()

  cy.send(ANA, 'doc', syncFrame(ANSWER, forgedBy(77, 5)))
  stage.meshes.deliverAll()

  expect(ana.doc.store.pendingStructs).toBeNull()
})

test('[SYNC4] what the disk brings late reaches the others too', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)

  Y.applyUpdate(ana.doc, forgedBy(77), 'the disk')
  stage.meshes.deliverAll()

  expect(isForged(bo)).toBe(true)
  expect(bo.mesh.peers()).toEqual([ANA])
})

test('[SYNC8] an update that comes before the one it stands on waits for it', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const before = stage.meshes.packets().length
  for (const step of [0, 1, 2]) bo.jam.verbs.toggleNote(bo.track, step, 60)

  const late = stage.meshes.packets().slice(before)
  const doc = late.flatMap(({ lane }, at) => (lane === 'doc' ? [before + at] : []))
  const [first, ...rest] = doc
  for (const at of rest.toReversed()) stage.meshes.deliver(at)
  expect(notes(ana), 'both wait').toBe(0)
  stage.meshes.deliver(first)

  expect(notes(ana)).toBe(3)
})

test('[SYNC8] what waits in vain is asked for anew, and nobody is cut off for it', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const self = bo.mesh.self()
  const client = self === undefined ? 0 : clientIdOf(self, 0)

  for (let clock = 5; clock < 300; clock++) {
    bo.mesh.send(ANA, 'doc', syncFrame(UPDATE, forgedBy(client, clock)))
  }
  stage.meshes.deliverAll()
  const asked = (): number => stage.meshes.packets().filter(({ to }) => to === BO).length
  expect(asked()).toBe(0)
  stage.pass(12_000)

  expect(ana.mesh.peers()).toEqual([BO])
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
})

test('[SYNC9] whom the author does not reach is told by one who does, once', async () => {
  stage.meshes.partition(ANA, CY)
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  const dee = await stage.join('d'.repeat(26) as typeof ANA)
  stage.pass(200)
  const before = stage.meshes.packets().length

  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  const forwards: string[] = []
  while (stage.meshes.packets().length > before) {
    const packet = stage.meshes.packets()[before]
    if (packet?.to === CY && packet.lane === 'doc') forwards.push(packet.from)
    stage.meshes.deliver(before)
  }

  expect(forwards, 'bo has the lower id of the two who could').toEqual([BO])
  expect([bo, cy, dee].map(notes)).toEqual([1, 1, 1])
})

test('[SYNC9] an edit gets to the other end of a chain', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(26) as typeof ANA)
  for (const [at, id] of ids.entries()) {
    for (const other of ids.slice(at + 2)) stage.meshes.partition(id, other)
  }
  const chain: Jammer[] = []
  for (const id of ids) chain.push(await stage.join(id))
  stage.pass(200)
  chain[0]?.jam.verbs.toggleNote(chain[0].track, 0, 60)
  stage.meshes.deliverAll()

  expect(chain.map(notes)).toEqual([1, 1, 1, 1, 1])
})

test('[SYNC9] a forward that names one whom we reach, or nobody known, or the wrong author is not taken', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  await stage.join(CY)
  stage.pass(200)
  const cy = { peer: CY, page: ana.mesh.pageOf(CY) ?? '' }

  bo.mesh.send(ANA, 'doc', forwardFrame(cy, forgedBy(clientIdOf(cy, 0))))
  const nobody = { peer: 'z'.repeat(26) as typeof ANA, page: 'p' }
  bo.mesh.send(ANA, 'doc', forwardFrame(nobody, forgedBy(clientIdOf(nobody, 0))))
  stage.meshes.deliverAll()
  expect(isForged(ana)).toBe(false)
  expect(ana.mesh.peers()).toEqual([BO, CY])

  stage.meshes.partition(ANA, CY)
  bo.mesh.send(ANA, 'doc', forwardFrame(cy, forgedBy(4711)))
  stage.meshes.deliverAll()
  expect(ana.mesh.peers()).toEqual([])
})

test('[SYNC4] what someone brings along reaches at once also those who are not linked with them', async () => {
  stage.meshes.partition(ANA, BO)
  stage.meshes.partition(ANA, CY)
  const ana = await stage.join(ANA)
  await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  ana.jam.verbs.toggleNote(ana.track, 0, 60)

  stage.meshes.heal(ANA, BO)
  stage.meshes.deliverAll()

  expect(notes(cy)).toBe(1)
})

test('[SYNC8] what waited for what a lost link carried is there once the link is back', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const before = stage.meshes.packets().length
  bo.jam.verbs.toggleNote(bo.track, 0, 60)
  bo.jam.verbs.toggleNote(bo.track, 1, 60)
  const second = stage.meshes.packets().length - 1
  expect(second).toBeGreaterThan(before)
  stage.meshes.deliver(second)
  expect(notes(ana)).toBe(0)

  // All else that was on its way is lost with the link; asking again brings the first, and the second is known.
  stage.meshes.partition(ANA, BO)
  stage.meshes.heal(ANA, BO)
  stage.meshes.deliverAll()

  expect(notes(ana)).toBe(2)
})

test('[SYNC3] a mistake of our own while an edit is taken in is not blamed on its author', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const before = stage.meshes.packets().length
  ana.doc.on('update', () => {
    throw new Error('a listener of ours')
  })

  bo.jam.verbs.toggleNote(bo.track, 0, 60)
  const arrivals = stage.meshes.packets().length - before
  for (let at = 0; at < arrivals; at++) {
    try {
      stage.meshes.deliver(before)
    } catch {
      // Told to whoever delivered; what counts is what became of bo.
    }
  }

  expect(arrivals).toBeGreaterThan(0)
  expect(ana.mesh.peers()).toEqual([BO])
})
