import { afterEach, beforeEach, expect, test } from 'vitest'
import { beatAt, lastAsked, withPlay } from '../clock/tempo-map.ts'
import { encodeClockFrame } from './clock-frames.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const sharedNow = ({ jam, timers }: Jammer): number => jam.clock.sharedMsAt(timers.now())

test('[CLK1] a peer that sends what is no time is cut off', async () => {
  const ana = await stage.join(ANA)
  const cy = await stage.join(CY)
  stage.pass(200)

  cy.mesh.send(ANA, 'clock', new Uint8Array(7))
  stage.meshes.deliverAll()

  expect(ana.mesh.peers()).toEqual([])
})

test('[CLK1] an answer to no question moves no clock', async () => {
  const ana = await stage.join(ANA)
  stage.pass(600)
  const cy = await stage.join(CY)
  stage.pass(2000)
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
    stage.pass(10)
  }

  expect(ana.jam.clock.sessionId()).toBe(sessionId)
  expect(ana.mesh.peers()).toEqual([CY])
})

test('[CLK2] peers agree on the time whatever their own clocks say', async () => {
  const ana = await stage.join(ANA)
  stage.pass(1000)
  const bo = await stage.join(BO, 5_000_000)
  const cy = await stage.join(CY, -300)
  stage.pass(3000)

  expect(bo.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(cy.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(Math.abs(sharedNow(bo) - sharedNow(ana))).toBeLessThan(0.5)
  expect(Math.abs(sharedNow(cy) - sharedNow(ana))).toBeLessThan(0.5)
  expect(cy.jam.clock.state.read().status).toBe('in-time')
})

test('[CLK2] whoever is alone has a time at once', async () => {
  const ana = await stage.join(ANA)
  expect(ana.jam.clock.sessionId()).toBe('')

  stage.pass(600)

  expect(ana.jam.clock.state.read()).toEqual({ status: 'alone' })
})

test('[CLK3] a newcomer stands in the bar where everyone stands', async () => {
  const ana = await stage.join(ANA)
  stage.pass(600)
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), sharedNow(ana), 100, ANA))
  stage.pass(2345)

  const bo = await stage.join(BO, 77_777)
  expect(lastAsked(bo.jam.transport.read()).playing).toBe(false)
  stage.pass(1500)

  const beatOf = (jammer: Jammer): number => beatAt(jammer.jam.transport.read(), sharedNow(jammer))
  expect(lastAsked(bo.jam.transport.read()).playing).toBe(true)
  expect(beatOf(ana)).toBeGreaterThan(6)
  expect(Math.abs(beatOf(bo) - beatOf(ana))).toBeLessThan(0.002)
})

test('[CLK6] two jams that meet play as one', async () => {
  stage.meshes.partition(ANA, BO)
  const ana = await stage.join(ANA)
  stage.pass(600)
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), sharedNow(ana), 100, ANA))
  stage.pass(2000)
  const bo = await stage.join(BO, 9_000)
  // Nobody else is in the room by the server's word, as when the server was away.
  stage.pass(6000)
  bo.jam.setTransport(withPlay(bo.jam.transport.read(), sharedNow(bo), 100, BO))
  stage.pass(1000)
  expect(bo.jam.clock.sessionId()).not.toBe(ana.jam.clock.sessionId())

  stage.meshes.heal(ANA, BO)
  stage.pass(4000)

  expect(bo.jam.clock.sessionId()).toBe(ana.jam.clock.sessionId())
  expect(bo.jam.transport.read()).toEqual(ana.jam.transport.read())
  expect(lastAsked(ana.jam.transport.read()).playing).toBe(true)
})

test('each tells how far another agrees, and that it cannot be measured where there is no link', async () => {
  const ana = await stage.join(ANA)
  stage.pass(1000)
  const bo = await stage.join(BO, 5000)
  expect(bo.jam.clock.syncOf(ANA)).toEqual({ status: 'syncing' })

  stage.pass(6000)

  const agreement = { status: 'in-time', errorMs: expect.toSatisfy(isBelowOne) as number }
  expect(bo.jam.clock.syncOf(ANA)).toEqual(agreement)
  expect(ana.jam.clock.syncOf(BO)).toEqual(agreement)
  expect(ana.jam.clock.state.read()).toEqual(agreement)
  expect(ana.jam.clock.syncOf(CY)).toEqual({ status: 'unmeasured' })
})

const isBelowOne = (ms: number): boolean => ms < 1
