import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const notes = ({ jam }: Jammer): number =>
  jam.song.read().tracks.reduce((sum, { patterns }) => sum + patterns.a.size, 0)

test('[SYNC4] an edit of one is in everybody’s song, and is sent once to each', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  const before = stage.meshes.packets().length

  ana.jam.verbs.toggleNote(ana.track, 0, 60)

  const sent = stage.meshes.packets().slice(before)
  expect(sent.map(({ from, to, lane }) => [from, to, lane])).toEqual([
    [ANA, BO, 'live'],
    [ANA, CY, 'live'],
    [ANA, BO, 'doc'],
    [ANA, CY, 'doc'],
  ])
  sent.forEach(() => stage.meshes.deliver(before))
  expect(stage.meshes.packets().slice(before), 'what came from a peer is not sent on').toEqual([])
  expect(bo.jam.song.read()).toEqual(ana.jam.song.read())
  expect(cy.jam.song.read()).toEqual(ana.jam.song.read())
})

test('[SYNC4] a newcomer has the whole song, and what it had itself is in everybody’s', async () => {
  const ana = await stage.join(ANA)
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  stage.meshes.partition(ANA, BO)
  const bo = await stage.join(BO)
  bo.jam.verbs.toggleNote(bo.track, 3, 64)
  expect(bo.jam.synced.read()).toBe(false)

  stage.meshes.heal(ANA, BO)
  stage.pass(100)

  expect(bo.jam.synced.read()).toBe(true)
  expect(notes(ana)).toBe(2)
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
})

test('[SYNC4] in an incomplete mesh everything still arrives within seconds', async () => {
  stage.meshes.partition(ANA, CY)
  const ana = await stage.join(ANA, 0, 0.9)
  await stage.join(BO, 0, 0.9)
  const cy = await stage.join(CY)
  stage.pass(200)

  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  stage.pass(6000)

  expect(notes(cy)).toBe(1)
})

test('[SYNC3] a peer that sends what is no frame is cut off, and the others play on', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)

  cy.mesh.send(ANA, 'doc', Uint8Array.from([0, 2, 9, 9]))
  stage.meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([BO])
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  stage.meshes.deliverAll()
  expect(notes(bo)).toBe(1)
})

test('[SYNC3] nobody speaks for somebody else', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  cy.jam.awareness.setLocalStateField('hears', false)
  stage.meshes.deliverAll()
  bo.jam.awareness.setLocalStateField('hears', true)
  const repeated = stage.meshes.packets().find(({ from, to }) => from === BO && to === CY)?.bytes

  // Before bo's own word arrives.
  if (repeated !== undefined) cy.mesh.send(ANA, 'doc', repeated)
  stage.meshes.deliver(stage.meshes.packets().length - 1)
  expect(ana.jam.awarenessOf(BO)).not.toEqual({ hears: true })
  stage.meshes.deliverAll()

  expect(repeated).toBeDefined()
  expect(ana.jam.awarenessOf(BO)).toEqual({ hears: true })
  expect(ana.mesh.peers(), 'nobody is cut off for what another repeats').toEqual([BO, CY])
})

test('whoever leaves ends all its timers', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(500)

  bo.jam.leave()
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  stage.meshes.deliverAll()

  expect(bo.timers.waiting()).toBe(0)
  expect(notes(bo)).toBe(0)
})
