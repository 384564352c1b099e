import { afterEach, expect, test } from 'vitest'
import { CLOSE_CODES, type PeerId } from '@beatcord/shared'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import {
  authKeyOf,
  connectPeer,
  echo,
  helloTo,
  joinPeer,
  type SeatedPeer,
  type TalkingPeer,
} from './talking-peer.ts'

const stages: ServerStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function stageFor(...overrides: Parameters<typeof setServerStage>): Promise<ServerStage> {
  const stage = await setServerStage(...overrides)
  stages.push(stage)
  return stage
}

const idOf = ({ welcome }: SeatedPeer): PeerId => welcome.seat.peerId

/** The room id that a certificate names. */
const roomOf = ({ certificate = '' }: SeatedPeer['welcome']['seat']): unknown =>
  (
    JSON.parse(Buffer.from(certificate.split('.')[1] ?? '', 'base64url').toString()) as {
      readonly room: unknown
    }
  ).room

test('[SIG38] a locked room lets nobody in but those who have a seat', async () => {
  const { port, lines } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'player' } })
  await bo.nextOf('rules')
  bo.socket.terminate()
  await until(() => lines.some((line) => line.includes('socket closed')))

  const cy = await connectPeer(port)
  cy.say(helloTo('garage'))
  expect((await cy.closed).code).toBe(CLOSE_CODES.locked)
  const back = await joinPeer(port, 'garage', bo.welcome.seat)

  expect(idOf(back)).toBe(idOf(bo))
})

test('[SIG38] who knocks is shown to hosts and comes in when one says so', async () => {
  const { port } = await stageFor()
  const [ana, cy] = await knocking(port)
  expect(await cy.next()).toEqual({ type: 'knocking' })
  const { peerId, sealed } = await ana.nextOf('knock')
  expect(sealed).toBe('AAAA')

  ana.say({ type: 'answer-knock', peerId, letIn: true })

  expect(await cy.nextOf('welcome')).toMatchObject({ seat: { peerId }, role: 'player' })
  expect(await ana.nextOf('knock-over')).toEqual({ type: 'knock-over', peerId })
  expect(await ana.nextOf('peer-joined')).toMatchObject({ peer: { peerId } })
})

test('[SIG38] who is not let in is told so', async () => {
  const { port } = await stageFor()
  const [ana, cy] = await knocking(port)
  const { peerId } = await ana.nextOf('knock')

  ana.say({ type: 'answer-knock', peerId, letIn: false })

  expect((await cy.closed).code).toBe(CLOSE_CODES['not-let-in'])
})

test('[SIG38] nobody knocks for longer than the inactivity timeout, nor once they are gone', async () => {
  const { port, advance } = await stageFor({ inactivityTimeoutMs: 60_000 })
  const [ana, cy] = await knocking(port)
  await ana.nextOf('knock')
  const dee = await connectPeer(port)
  dee.say(helloTo('garage'))
  const { peerId } = await ana.nextOf('knock')
  dee.socket.terminate()
  expect(await ana.nextOf('knock-over')).toEqual({ type: 'knock-over', peerId })

  for (let second = 0; second < 60; second += 4) {
    ana.say({ type: 'active', by: 'input' })
    await Promise.all([ana, cy].map(echo))
    advance(4_000)
  }

  expect((await cy.closed).code).toBe(CLOSE_CODES['not-let-in'])
})

test('[SIG38] a host that comes hears who knocks, and an opened door lets everybody in', async () => {
  const { port } = await stageFor()
  const [ana, cy] = await knocking(port)
  await ana.nextOf('knock')
  const again = await joinPeer(port, 'garage', ana.welcome.seat)
  const { peerId } = await again.nextOf('knock')

  again.say({ type: 'set-rules', rules: { door: 'open', newcomers: 'player' } })

  expect(await cy.nextOf('welcome')).toMatchObject({ seat: { peerId } })
})

test('[SIG39] who is removed is out for good by this socket, and all are told', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'garage')

  ana.say({ type: 'remove', peerId: idOf(bo) })

  expect((await bo.closed).code).toBe(CLOSE_CODES.removed)
  const gone = { type: 'peer-gone', peerId: idOf(bo), reason: 'removed' }
  expect(await cy.nextOf('peer-gone')).toEqual(gone)
  expect(await ana.nextOf('peer-gone')).toEqual(gone)
})

test('[SIG39] a room that gets a new key keeps its seats, and is found by that key alone', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'garage')

  ana.say({ type: 'remove', peerId: idOf(bo), authKey: authKeyOf('cellar') })
  await bo.closed
  const { seat } = await cy.nextOf('seat')
  const old = await connectPeer(port)
  old.say(helloTo('garage', bo.welcome.seat))

  expect((await old.closed).code).toBe(CLOSE_CODES.moved)
  const dee = await joinPeer(port, 'cellar')
  expect(dee.welcome.roster.map(({ peerId }) => peerId).sort()).toEqual(
    [idOf(ana), idOf(cy)].sort(),
  )
  // Both proofs are good: the old one for whoever was not told of the new one in time.
  for (const claim of [seat, cy.welcome.seat]) {
    expect(idOf(await joinPeer(port, 'cellar', claim))).toBe(idOf(cy))
  }
  expect(roomOf(seat)).not.toBe(roomOf(cy.welcome.seat))
})

test('[SIG39] nobody moves a room onto another one', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await joinPeer(port, 'cellar')

  ana.say({ type: 'remove', peerId: idOf(bo), authKey: authKeyOf('cellar') })

  expect(await ana.nextOf('refused')).toMatchObject({ code: 'bad-message' })
  await bo.roundTrip()
})

/** A room with a host, a door that is knocked at, and somebody who does. */
async function knocking(port: number): Promise<readonly [SeatedPeer, TalkingPeer]> {
  const ana = await joinPeer(port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'knock', newcomers: 'player' } })
  await ana.nextOf('rules')
  const cy = await connectPeer(port)
  cy.say(helloTo('garage'))
  return [ana, cy]
}
