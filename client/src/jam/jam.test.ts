import type { PeerId } from '@beatcord/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { beatAt, lastAsked, withPlay } from '../clock/tempo-map.ts'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import type { Mesh } from '../net/mesh.ts'
import type { TrackId } from '../sequence/song.ts'
import { encodeClockFrame } from './clock-frames.ts'
import type { Company } from './clock-sync.ts'
import { type Jam, joinJam, openSong } from './jam.ts'

interface Jammer {
  readonly id: PeerId
  readonly jam: Jam
  readonly mesh: Mesh
  readonly timers: FakeTimers
  readonly track: TrackId
}

const ANA = 'a'.repeat(26) as PeerId
const BO = 'b'.repeat(26) as PeerId
const CY = 'c'.repeat(26) as PeerId

let meshes: MemoryMeshes
let jammers: Jammer[]

beforeEach(() => {
  jammers = []
  meshes = createMemoryMeshes()
})
afterEach(() => {
  for (const { jam, mesh } of jammers) {
    jam.leave()
    mesh.close()
  }
})

/** @param aheadMs  how far this peer's own clock is ahead of the first one's */
async function join(id: PeerId, aheadMs = 0, seed = 0.5): Promise<Jammer> {
  const timers = createFakeTimers(1000 + aheadMs + nowMs)
  const company = (): Company => ({
    self: id,
    others: jammers.filter((other) => other.id !== id).length,
  })
  const track = id.slice(0, 12) as TrackId
  const mesh = meshes.join(id, timers.now)
  const jam = joinJam({
    song: await openSong(),
    mesh,
    timers,
    random: () => seed,
    newSessionId: id.charCodeAt(0).toString(16).padStart(16, '0'),
    // Their wall clocks disagree by more than their monotonic ones.
    wallOffsetMs: 1_700_000_000_000 + aheadMs * 3,
    company,
    ownTrack: () => ({
      id: track,
      meta: { owner: id, home: 'h', name: id.slice(0, 3), colour: 0, bornMs: 1 },
    }),
  })
  const jammer = { id, jam, mesh, timers, track }
  jammers.push(jammer)
  await settled()
  return jammer
}

let nowMs = 0
/** The provider attaches itself in a later task. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Everybody's time passes, and everything on its way arrives. */
function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 10) {
    nowMs += 10
    for (const { timers } of jammers) timers.advance(10)
    meshes.deliverAll()
  }
}
const sharedNow = ({ jam, timers }: Jammer): number => jam.clock.sharedMsAt(timers.now())
const notes = ({ jam }: Jammer): number =>
  jam.song.read().tracks.reduce((sum, { patterns }) => sum + patterns.a.size, 0)

test('[SYNC4] an edit of one is in everybody’s song, and is sent once to each', async () => {
  const ana = await join(ANA)
  const bo = await join(BO)
  const cy = await join(CY)
  pass(200)
  const before = meshes.packets().length

  ana.jam.verbs.toggleNote(ana.track, 0, 60)

  expect(
    meshes
      .packets()
      .slice(before)
      .map(({ from, to, lane }) => [from, to, lane]),
  ).toEqual([
    [ANA, BO, 'doc'],
    [ANA, CY, 'doc'],
  ])
  meshes.deliver(before)
  meshes.deliver(before)
  expect(meshes.packets().slice(before), 'what came from a peer is not sent on').toEqual([])
  expect(bo.jam.song.read()).toEqual(ana.jam.song.read())
  expect(cy.jam.song.read()).toEqual(ana.jam.song.read())
})

test('[SYNC4] a newcomer has the whole song, and what it had itself is in everybody’s', async () => {
  const ana = await join(ANA)
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  meshes.partition(ANA, BO)
  const bo = await join(BO)
  bo.jam.verbs.toggleNote(bo.track, 3, 64)
  expect(bo.jam.synced.read()).toBe(false)

  meshes.heal(ANA, BO)
  pass(100)

  expect(bo.jam.synced.read()).toBe(true)
  expect(notes(ana)).toBe(2)
  expect(ana.jam.song.read()).toEqual(bo.jam.song.read())
})

test('[SYNC4] in an incomplete mesh everything still arrives within seconds', async () => {
  meshes.partition(ANA, CY)
  const ana = await join(ANA, 0, 0.9)
  await join(BO, 0, 0.9)
  const cy = await join(CY)
  pass(200)

  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  pass(6000)

  expect(notes(cy)).toBe(1)
})

test('[SYNC3] a peer that sends what is no frame is cut off, and the others play on', async () => {
  const ana = await join(ANA)
  const bo = await join(BO)
  const cy = await join(CY)
  pass(200)

  cy.mesh.send(ANA, 'doc', Uint8Array.from([0, 2, 9, 9]))
  meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([BO])
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  meshes.deliverAll()
  expect(notes(bo)).toBe(1)
})

test('[CLK1] a peer that sends what is no time is cut off', async () => {
  const ana = await join(ANA)
  const cy = await join(CY)
  pass(200)

  cy.mesh.send(ANA, 'clock', new Uint8Array(7))
  meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([])
})

test('[CLK1] an answer to no question moves no clock', async () => {
  const ana = await join(ANA)
  pass(600)
  const cy = await join(CY)
  pass(2000)
  const sessionId = ana.jam.clock.sessionId()
  const beacon = { sessionId: 'ff', bornAtMs: 0, localMs: 0, sharedMs: 5e11, rate: 0 }
  const forged = {
    kind: 'pong',
    sentMs: 12_345,
    theirReceivedMs: 0,
    theirSentMs: 0,
    beacon,
  } as const

  for (let tries = 0; tries < 100; tries++) {
    cy.mesh.send(ANA, 'clock', encodeClockFrame(forged))
    pass(10)
  }

  expect(ana.jam.clock.sessionId()).toBe(sessionId)
  expect(ana.mesh.peers()).toEqual([CY])
})

test('[SYNC3] nobody speaks for somebody else', async () => {
  const ana = await join(ANA)
  const bo = await join(BO)
  const cy = await join(CY)
  pass(200)
  bo.jam.awareness.awareness.setLocalStateField('hears', true)
  const forged = meshes.packets().find(({ from, to }) => from === BO && to === CY)?.bytes
  meshes.deliverAll()
  expect(ana.jam.awareness.awarenessOf(BO)).toEqual({ hears: true })

  if (forged !== undefined) cy.mesh.send(ANA, 'doc', forged)
  meshes.deliverAll()

  expect(forged).toBeDefined()
  expect(ana.mesh.peers()).toEqual([BO])
})

test('[CLK2] peers agree on the time whatever their own clocks say', async () => {
  const ana = await join(ANA)
  pass(1000)
  const bo = await join(BO, 5_000_000)
  const cy = await join(CY, -300)
  pass(3000)

  expect(bo.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(cy.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(Math.abs(sharedNow(bo) - sharedNow(ana))).toBeLessThan(0.5)
  expect(Math.abs(sharedNow(cy) - sharedNow(ana))).toBeLessThan(0.5)
  expect(cy.jam.clock.state.read().status).toBe('in-time')
})

test('[CLK2] whoever is alone has a time at once', async () => {
  const ana = await join(ANA)
  expect(ana.jam.clock.sessionId()).toBe('')

  pass(600)

  expect(ana.jam.clock.state.read()).toEqual({ status: 'alone' })
})

test('[CLK3] a newcomer stands in the bar where everyone stands', async () => {
  const ana = await join(ANA)
  pass(600)
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), sharedNow(ana), 100, ANA))
  pass(2345)

  const bo = await join(BO, 77_777)
  expect(lastAsked(bo.jam.transport.read()).playing).toBe(false)
  pass(1500)

  const beatOf = (jammer: Jammer): number => beatAt(jammer.jam.transport.read(), sharedNow(jammer))
  expect(lastAsked(bo.jam.transport.read()).playing).toBe(true)
  expect(beatOf(ana)).toBeGreaterThan(6)
  expect(Math.abs(beatOf(bo) - beatOf(ana))).toBeLessThan(0.002)
})

test('[CLK6] two jams that meet play as one', async () => {
  meshes.partition(ANA, BO)
  const ana = await join(ANA)
  pass(600)
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), sharedNow(ana), 100, ANA))
  pass(2000)
  const bo = await join(BO, 9_000)
  // Nobody else is in the room by the server's word, as when the server was away.
  pass(6000)
  bo.jam.setTransport(withPlay(bo.jam.transport.read(), sharedNow(bo), 100, BO))
  pass(1000)
  expect(bo.jam.clock.sessionId()).not.toBe(ana.jam.clock.sessionId())

  meshes.heal(ANA, BO)
  pass(4000)

  expect(bo.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(bo.jam.transport.read()).toEqual(ana.jam.transport.read())
  expect(lastAsked(ana.jam.transport.read()).playing).toBe(true)
})

test('whoever leaves ends all its timers', async () => {
  const ana = await join(ANA)
  const bo = await join(BO)
  pass(500)

  bo.jam.leave()
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  meshes.deliverAll()

  expect(bo.timers.waiting()).toBe(0)
  expect(notes(bo)).toBe(0)
})
