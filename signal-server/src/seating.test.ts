import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import type { Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { connectPeer, helloTo, joinPeer } from './talking-peer.ts'

async function stageFor(overrides?: Partial<Config>): Promise<ServerStage> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  return stage
}

test('[SIG7] the same key leads to the same room, another to another', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')

  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'cellar')

  const anaEntry = {
    peerId: ana.welcome.seat.peerId,
    presence: 'here',
    role: 'host',
    sealed: 'AAAA',
  }
  expect(bo.welcome.roster).toEqual([anaEntry])
  expect(cy.welcome.roster).toEqual([])
  const boEntry = {
    peerId: bo.welcome.seat.peerId,
    presence: 'here',
    role: 'player',
    sealed: 'AAAA',
  }
  expect(await ana.next()).toEqual({ type: 'peer-joined', peer: boEntry })
})

test('[SIG8] a proven seat is taken back, and the others hear of a change only', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ana.nextOf('peer-joined')
  bo.socket.terminate()
  expect(await ana.next()).toMatchObject({ type: 'peer-changed', peer: { presence: 'away' } })

  const back = await joinPeer(port, 'garage', bo.welcome.seat)

  expect(back.welcome.seat).toEqual(bo.welcome.seat)
  expect(back.welcome.roster).toHaveLength(1)
  expect(await ana.next()).toEqual({
    type: 'peer-changed',
    peer: { peerId: bo.welcome.seat.peerId, presence: 'here', role: 'player', sealed: 'AAAA' },
  })
})

test('[SIG8] a server started anew with the same key gives the same seat', async () => {
  const before = await setServerStage()
  const ana = await joinPeer(before.port, 'garage')
  await before.server.close()
  const { port } = await stageFor()

  const back = await joinPeer(port, 'garage', ana.welcome.seat)

  const { peerId, proof } = ana.welcome.seat
  expect(back.welcome.seat).toMatchObject({ peerId, proof })
  expect(back.welcome.serverId).not.toBe(ana.welcome.serverId)
})

test('[SIG9] a claim without its proof gets a new seat and evicts nobody', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const forged = { peerId: ana.welcome.seat.peerId, proof: bo.welcome.seat.proof }

  const thief = await joinPeer(port, 'garage', forged)
  const stray = await joinPeer(port, 'cellar', ana.welcome.seat)

  expect(thief.welcome.seat.peerId).not.toBe(ana.welcome.seat.peerId)
  expect(thief.welcome.roster).toHaveLength(2)
  expect(stray.welcome.seat.peerId).not.toBe(ana.welcome.seat.peerId)
  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
})

test('[SIG10] who takes a seat back ends its old socket, and the others see no coming and going', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ana.nextOf('peer-joined')

  const back = await joinPeer(port, 'garage', bo.welcome.seat)

  expect(await bo.closed).toEqual({ code: CLOSE_CODES.replaced, reason: 'replaced' })
  await back.roundTrip()
  await ana.roundTrip()
  const toAna = ana.heard.slice(1).filter(({ type }) => type !== 'refused')
  const { peerId } = bo.welcome.seat
  expect(toAna).toEqual([
    { type: 'peer-joined', peer: { peerId, presence: 'here', role: 'player', sealed: 'AAAA' } },
    { type: 'peer-changed', peer: { peerId, presence: 'here', role: 'player', sealed: 'AAAA' } },
  ])
})

test('[SIG11] a full room refuses with its cap and closes with the verdict 4503', async () => {
  const { port } = await stageFor({ roomCap: 2 })
  await joinPeer(port, 'garage')
  await joinPeer(port, 'garage')
  const cy = await connectPeer(port)

  cy.say(helloTo('garage'))

  expect(await cy.next()).toMatchObject({ type: 'refused', code: 'room-full', roomCap: 2 })
  expect(await cy.closed).toEqual({ code: CLOSE_CODES['room-full'], reason: 'room-full' })
  await joinPeer(port, 'cellar')
})

test('[SIG11] a seat that waits for its owner counts, and its owner gets in', async () => {
  const { port, lines } = await stageFor({ roomCap: 2 })
  await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  bo.socket.terminate()
  await until(() => lines.some((line) => line.includes('socket closed')))

  await expect(joinPeer(port, 'garage')).rejects.toThrow('refused')
  const back = await joinPeer(port, 'garage', bo.welcome.seat)
  const again = await joinPeer(port, 'garage', bo.welcome.seat)

  expect(back.welcome.seat).toEqual(bo.welcome.seat)
  expect(again.welcome.seat).toEqual(bo.welcome.seat)
})
