import { generateKeyPair, SignJWT } from 'jose'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CERTIFICATE_TYPE, type PeerId, type Rules, type SeatClaim } from '@beatcord/shared'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { joinPeer, type SeatedPeer } from './talking-peer.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-'))
const stages: ServerStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

/** @param startsAtMs after the others of this file */
async function start(
  startsAtMs = 0,
  overrides: Parameters<typeof setServerStage>[0] = {},
): Promise<ServerStage> {
  const stage = await setServerStage({ dataDir, ...overrides }, startsAtMs)
  stages.push(stage)
  return stage
}

const idOf = ({ welcome }: SeatedPeer): PeerId => welcome.seat.peerId

/** A host, a player, a listener and a door that is knocked at, by the certificates they have of it. */
async function seats(
  rules: Rules = { door: 'knock', newcomers: 'player' },
): Promise<readonly [SeatClaim, SeatClaim, SeatClaim]> {
  const { port } = await start()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'garage')
  ana.say({ type: 'set-role', peerId: cy.welcome.seat.peerId, role: 'listener' })
  ana.say({ type: 'set-rules', rules })
  const last = async (peer: SeatedPeer): Promise<SeatClaim> => {
    await peer.nextOf('seat')
    return (await peer.nextOf('seat')).seat
  }
  return [await last(ana), await last(bo), await last(cy)]
}

test('[SIG40] a server that was started anew knows by their certificates who was what', async () => {
  const [ana, bo, cy] = await seats()
  const { port } = await start(60_000)

  const bo2 = await joinPeer(port, 'garage', bo)
  const cy2 = await joinPeer(port, 'garage', cy)
  const ana2 = await joinPeer(port, 'garage', ana)

  expect([ana2, bo2, cy2].map(({ welcome }) => welcome.role)).toEqual([
    'host',
    'player',
    'listener',
  ])
  expect(bo2.welcome.rules.door).toBe('knock')
})

test('[SIG40] whoever came in while nobody knew better is a newcomer when they come', async () => {
  const [ana] = await seats()
  const { port } = await start(60_000)
  const dee = await joinPeer(port, 'garage')
  expect(dee.welcome.role).toBe('host')

  const ana2 = await joinPeer(port, 'garage', ana)

  expect(ana2.welcome.role).toBe('host')
  expect(await dee.nextOf('rules')).toMatchObject({ rules: { door: 'knock' } })
  expect(await dee.nextOf('seat')).toMatchObject({ role: 'player' })
})

test('[SIG40] a room waits 20 s for its host to come back, and then has another', async () => {
  const [, bo] = await seats()
  const { port, live } = await start(60_000)
  const bo2 = await joinPeer(port, 'garage', bo)
  expect(bo2.welcome.role).toBe('player')

  await live(20_000, bo2)

  expect(await bo2.nextOf('seat')).toMatchObject({ role: 'host' })
})

test('[SIG40] a certificate that has run out, is of another seat or signed by another makes nobody a host', async () => {
  const [ana, bo] = await seats({ door: 'open', newcomers: 'listener' })
  const later = await start(3_700_000)
  const late = await joinPeer(later.port, 'garage', bo)
  await joinPeer(later.port, 'garage', ana)
  // The first in is host in any case; the second is what its certificate makes it.
  expect(late.welcome.role).toBe('host')
  const { port } = await start(60_000)
  await joinPeer(port, 'garage', bo)
  const { privateKey } = await generateKeyPair('EdDSA')
  const head = JSON.parse(
    Buffer.from(ana.certificate?.split('.')[0] ?? '', 'base64url').toString(),
  ) as { kid: string }
  const body = JSON.parse(
    Buffer.from(ana.certificate?.split('.')[1] ?? '', 'base64url').toString(),
  ) as Record<string, unknown>
  const forged = await new SignJWT({ ...body, role: 'host' })
    .setProtectedHeader({ alg: 'EdDSA', typ: CERTIFICATE_TYPE, kid: head.kid })
    .sign(privateKey)

  for (const certificate of [forged, bo.certificate ?? '', 'a.b.c']) {
    const claim = { ...ana, certificate }
    const again = await joinPeer(port, 'garage', { ...claim, proof: bo.proof })
    expect(again.welcome.role).toBe('listener')
    expect(idOf(again)).not.toBe(ana.peerId)
  }
  const shown = await joinPeer(port, 'garage', { ...ana, certificate: forged })
  expect(shown.welcome.role).toBe('listener')
})

test('[SIG40] a server that was started anew within the same second knows them too', async () => {
  const [ana, bo] = await seats()
  const { port } = await start()

  const bo2 = await joinPeer(port, 'garage', bo)
  const ana2 = await joinPeer(port, 'garage', ana)

  expect([ana2, bo2].map(({ welcome }) => welcome.role)).toEqual(['host', 'player'])
})

test('[SIG40] whoever came in by an older certificate than the newest is a newcomer', async () => {
  const before = await start()
  const ana = await joinPeer(before.port, 'garage')
  const bo = await joinPeer(before.port, 'garage')
  const old = ana.welcome.seat
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'host' })
  expect(await bo.nextOf('seat')).toMatchObject({ role: 'host' })
  bo.say({ type: 'set-role', peerId: idOf(ana), role: 'listener' })
  const { seat: newest } = await bo.nextOf('seat')
  const { port } = await start(60_000)
  const ana2 = await joinPeer(port, 'garage', old)
  expect(ana2.welcome.role).toBe('host')

  const bo2 = await joinPeer(port, 'garage', newest)

  expect(bo2.welcome.role).toBe('host')
  expect(await ana2.nextOf('seat')).toMatchObject({ role: 'player' })
})

test('[SIG40] within one server a certificate of an earlier epoch is worth nothing', async () => {
  const { port } = await start()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  ana.say({ type: 'leave' })
  await bo.nextOf('seat')

  const again = await joinPeer(port, 'garage', ana.welcome.seat)

  expect(idOf(again)).toBe(idOf(ana))
  expect(again.welcome.role).toBe('player')
})

test('[SIG30] [SIG40] a busy server turns nobody away who shows that they were here before it', async () => {
  const [ana] = await seats()
  const { port, advance } = await start(60_000, { maxMemoryBytes: 1 })
  advance(1_500)
  await expect(joinPeer(port, 'garage')).rejects.toThrow('the socket closed')
  await expect(joinPeer(port, 'garage', { ...ana, certificate: 'a.b.c' })).rejects.toThrow()

  const back = await joinPeer(port, 'garage', ana)

  expect(back.welcome.role).toBe('host')
})
