import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { IceServer, PeerId } from '@beatcord/shared'
import { createManualClock } from './manual-clock.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { joinPeer } from './talking-peer.ts'
import { createIceServers, type Turn } from './turn.ts'

const STUN: IceServer = { urls: 'stun:127.0.0.1:3478' }
const TURN: Turn = {
  urls: ['turn:127.0.0.1:3478', 'turns:127.0.0.1:5349?transport=tcp'],
  secret: 'north',
  ttlSeconds: 600,
}

async function stageFor(turn: Turn | undefined): Promise<ServerStage> {
  const stage = await setServerStage({ iceServers: [STUN], turn, inactivityTimeoutMs: 3_600_000 })
  onTestFinished(stage.close)
  return stage
}

const expiryOf = (server: IceServer | undefined): number =>
  Number(server?.username?.split(':')[0] ?? NaN)

test('[SIG26] each peer gets credentials of its own for the TURN servers, that say until when they hold', async () => {
  const { port } = await stageFor(TURN)

  const ana = (await joinPeer(port, 'garage')).welcome
  const bo = (await joinPeer(port, 'garage')).welcome

  for (const { iceServers, seat } of [ana, bo]) {
    const [stun, turn] = iceServers
    const username = turn?.username ?? ''
    expect(iceServers).toHaveLength(2)
    expect(stun).toEqual(STUN)
    expect(turn?.urls).toEqual(TURN.urls)
    expect(username).toMatch(new RegExp(`^\\d{10}:${seat.peerId}$`))
    expect(turn?.credential).toBe(createHmac('sha1', 'north').update(username).digest('base64'))
  }
})

test('[SIG26] the credential is the one that coturn computes', () => {
  const clock = { ...createManualClock(), wallMs: () => 1_433_895_318_000 }
  const turn = { ...TURN, ttlSeconds: 600 }
  const ana = 'ana'.padEnd(26, 'z') as PeerId

  const [server] = createIceServers([], turn, clock).forPeer(ana)

  // printf '1433895918:anazzzzzzzzzzzzzzzzzzzzzzz' | openssl dgst -sha1 -hmac north -binary | base64
  expect(server).toEqual({
    urls: TURN.urls,
    username: `1433895918:${ana}`,
    credential: 'QttC4yVUZaB+WAdcUC9JYjfkxyE=',
  })
})

test('[SIG26] a server without TURN hands out what it was given', async () => {
  const { port, pending } = await stageFor(undefined)
  const before = pending()

  const { welcome } = await joinPeer(port, 'garage')

  expect(welcome.iceServers).toEqual([STUN])
  // One of the heartbeat, one that waits for the idle, one for the fresh certificate.
  expect(pending() - before).toBe(3)
})

test('[SIG27] fresh credentials come at half the life of the last, as long as the peer is seated', async () => {
  const { port, live, advance, pending } = await stageFor(TURN)
  const alone = pending()
  const ana = await joinPeer(port, 'garage')
  const first = expiryOf(ana.welcome.iceServers.at(-1))

  await live(299_999, ana)
  const early = ana.heard.filter(({ type }) => type === 'ice-servers')
  await live(1, ana)
  const second = await ana.nextOf('ice-servers')
  await live(300_000, ana)
  const third = await ana.nextOf('ice-servers')

  expect(early).toEqual([])
  expect(second.iceServers[0]).toEqual(STUN)
  expect(expiryOf(second.iceServers[1]) - first).toBe(300)
  expect(expiryOf(third.iceServers[1]) - first).toBe(600)
  ana.say({ type: 'leave' })
  await ana.closed
  advance(2_000)
  await until(() => pending() === alone)
})
