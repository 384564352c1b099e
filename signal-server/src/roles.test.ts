import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { CERTIFICATE_TYPE, CLOSE_CODES, type PeerId } from '@beatcord/shared'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { joinPeer, type SeatedPeer } from './talking-peer.ts'

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

async function claimsOf({ port }: ServerStage, certificate = ''): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/api/keys`)
  const keys = createLocalJWKSet((await answer.json()) as JSONWebKeySet)
  // The stage's time stands in 2026.
  const currentDate = new Date(1_790_000_000_000)
  const { payload } = await jwtVerify(certificate, keys, { currentDate })
  return payload
}

test('[SIG34] a welcome carries a certificate of seat, role and rules that the shown keys have signed', async () => {
  const stage = await stageFor()
  const ana = await joinPeer(stage.port, 'garage')
  const { certificate = '' } = ana.welcome.seat

  const { kid, alg, typ } = decodeProtectedHeader(certificate)
  expect([alg, typ]).toEqual(['EdDSA', CERTIFICATE_TYPE])
  expect(kid).toMatch(/^[\w-]{43}$/)
  const claims = await claimsOf(stage, certificate)
  expect(claims).toMatchObject({
    sub: idOf(ana),
    role: 'host',
    rules: { door: 'open', newcomers: 'player' },
  })
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600)
})

test('[SIG34] a fresh certificate is told at half the life of the last', async () => {
  const stage = await stageFor({ inactivityTimeoutMs: 10 ** 9 })
  const ana = await joinPeer(stage.port, 'garage')

  await stage.live(1_796_000, ana)
  expect(ana.heard.map(({ type }) => type)).not.toContain('seat')
  stage.advance(4_000)

  const { seat, role } = await ana.nextOf('seat')
  const { certificate, ...proven } = ana.welcome.seat
  expect({ ...seat, role }).toMatchObject({ ...proven, role: 'host' })
  expect(seat.certificate).not.toBe(certificate)
})

test('[SIG35] who is first in is host, whoever comes after plays', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')

  expect([ana.welcome.role, bo.welcome.role]).toEqual(['host', 'player'])
  expect(bo.welcome.roster).toMatchObject([{ peerId: idOf(ana), role: 'host' }])
})

test('[SIG35] a room whose host has left makes the player who sat longest its host', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'garage')

  ana.say({ type: 'leave' })

  expect(await bo.nextOf('seat')).toMatchObject({ role: 'host' })
  await cy.nextOf('peer-gone')
  expect(await cy.nextOf('peer-changed')).toMatchObject({
    peer: { peerId: idOf(bo), role: 'host' },
  })
})

test('[SIG35] where only listeners are left the room stands open, and who comes in is a newcomer', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'listener' })
  ana.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'player' } })
  ana.say({ type: 'leave' })
  await bo.nextOf('peer-gone')

  const cy = await joinPeer(port, 'garage')

  expect(bo.heard.findLast(({ type }) => type === 'rules')).toMatchObject({
    rules: { door: 'open' },
  })
  expect(cy.welcome.role).toBe('host')
})

test.each([
  { type: 'set-rules', rules: { door: 'locked', newcomers: 'player' } } as const,
  { type: 'set-role', role: 'host' } as const,
  { type: 'answer-knock', letIn: true } as const,
  { type: 'remove' } as const,
])('[SIG36] $type of somebody who is no host does nothing', async (word) => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ana.nextOf('peer-joined')

  bo.say(word.type === 'set-rules' ? word : { ...word, peerId: idOf(ana) })

  expect(await bo.nextOf('refused')).toMatchObject({ code: 'not-host', detail: word.type })
  await ana.roundTrip()
  expect(ana.heard.map(({ type }) => type)).toEqual(['welcome', 'peer-joined', 'refused'])
})

test('[SIG36] the last host stays one, and may go when there is another', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const stepDown = { type: 'set-role', peerId: idOf(ana), role: 'player' } as const

  ana.say(stepDown)
  expect(await ana.nextOf('refused')).toMatchObject({ code: 'last-host' })
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'host' })
  await bo.nextOf('seat')
  ana.say(stepDown)

  await ana.nextOf('seat')
  expect(await ana.nextOf('seat')).toMatchObject({ role: 'player' })
})

test('[SIG36] a host that talks without end is too fast', async () => {
  const { port, endsOf } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  for (let word = 0; word < 50; word++) {
    const door = word % 2 === 0 ? 'locked' : 'open'
    ana.say({ type: 'set-rules', rules: { door, newcomers: 'player' } })
  }

  expect(await ana.nextOf('refused')).toMatchObject({ code: 'too-fast' })
  expect(await endsOf(ana)).toEqual([CLOSE_CODES['too-fast']])
})

test('[SIG37] a new role is told to all, and its certificate is newer than every other', async () => {
  const stage = await stageFor()
  const ana = await joinPeer(stage.port, 'garage')
  const bo = await joinPeer(stage.port, 'garage')
  const cy = await joinPeer(stage.port, 'garage')

  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'listener' })

  const own = await bo.nextOf('seat')
  expect(own.role).toBe('listener')
  expect(await cy.nextOf('peer-changed')).toMatchObject({
    peer: { peerId: idOf(bo), role: 'listener' },
  })
  const { certificate } = await cy.nextOf('certificate')
  expect(certificate).toBe(own.seat.certificate)
  const [before, after] = await Promise.all(
    [bo.welcome.seat.certificate, certificate].map((each) => claimsOf(stage, each)),
  )
  expect(Number(after?.['epoch'])).toBeGreaterThan(Number(before?.['epoch']))
})

test('[SIG37] newcomers are what the rules say', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'open', newcomers: 'listener' } })
  await ana.nextOf('rules')

  const bo = await joinPeer(port, 'garage')

  expect(bo.welcome.role).toBe('listener')
  expect(bo.welcome.rules.newcomers).toBe('listener')
})
