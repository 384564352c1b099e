import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, encodeRelayFrame, MAX_RELAY_PAYLOAD_BYTES } from '@beatcord/shared'
import type { Config } from './config.ts'
import { idOf, numbered, numberOf, setRelayStage, type RelayStage } from './relay-stage.ts'
import { connectPeer, echo, joinPeer } from './talking-peer.ts'

const BURST_BYTES = 1_048_576

async function trio(overrides?: Partial<Config>): Promise<RelayStage> {
  const stage = await setRelayStage(overrides)
  onTestFinished(stage.close)
  return stage
}

test('[SIG22] a relayed frame reaches the peer it names and nobody else, byte by byte, and names its sender', async () => {
  const { ana, bo, cy, port } = await trio()
  const dee = await joinPeer(port, 'garage')
  const inside = encodeRelayFrame({ urgency: 'drop', peer: idOf(cy), payload: Uint8Array.of(1) })
  const all = Uint8Array.from({ length: MAX_RELAY_PAYLOAD_BYTES }, (_, index) => index % 256)

  ana.relay(idOf(bo), all)
  ana.relay(idOf(bo), inside, 'drop')

  const [first, second] = await bo.relayedCount(2)
  expect(first).toMatchObject({ urgency: 'wait', peer: idOf(ana) })
  expect(Buffer.compare(first?.payload ?? inside, all)).toBe(0)
  expect(second).toMatchObject({ urgency: 'drop', peer: idOf(ana) })
  expect([...(second?.payload ?? [])]).toEqual([...inside])
  await Promise.all([ana, cy, dee].map((peer) => peer.roundTrip()))
  for (const peer of [ana, cy, dee]) expect(peer.relayed).toEqual([])
})

test('[SIG22] a frame into another room, to oneself or to one away reaches nobody, alike in every case', async () => {
  const { ana, bo, cy } = await trio()
  bo.socket.terminate()
  await ana.nextOf('peer-changed')

  for (const receiver of [cy, ana, bo]) {
    for (const urgency of ['wait', 'drop'] as const) {
      ana.relay(idOf(receiver), Uint8Array.of(1), urgency)
      const answer = { type: 'refused', code: 'no-such-peer', detail: idOf(receiver) }
      expect(await ana.next()).toEqual(answer)
    }
  }

  await cy.roundTrip()
  expect([...ana.relayed, ...cy.relayed]).toEqual([])
})

test('[SIG22] a socket whose seat was taken over relays nothing more', async () => {
  const { ana, bo, port } = await trio()
  const again = await joinPeer(port, 'garage', ana.welcome.seat)

  ana.relay(idOf(bo), Uint8Array.of(1))
  await ana.closed
  again.relay(idOf(bo), Uint8Array.of(2))

  const [frame] = await bo.relayedCount(1)
  expect([...(frame?.payload ?? [])]).toEqual([2])
})

const header = (to: string): Buffer => Buffer.from(`\0${to}`)

test.each([
  ['nothing', () => Buffer.alloc(0)],
  ['a text', () => Buffer.from('{"type":"leave"}')],
  ['an unknown urgency', (to: string) => Buffer.from(`\u0002${to}x`)],
  ['no payload', header],
  ['one byte too many', (to: string) => Buffer.concat([header(to), Buffer.alloc(17_409)])],
  ['a peer that is none', (to: string) => Buffer.from(`\0${to.toUpperCase()}x`)],
])('[SIG22] a binary frame of %s is refused and counted', async (_name, frameFor) => {
  const { ana, bo, endsOf } = await trio()

  for (let sent = 0; sent < 20; sent += 1) ana.sayRaw(frameFor(idOf(bo)))

  expect(await ana.next()).toMatchObject({ type: 'refused', code: 'bad-message' })
  expect(await endsOf(ana)).toEqual([CLOSE_CODES.refused])
  await bo.roundTrip()
  expect(bo.relayed).toEqual([])
})

test('[SIG22] before the hello no frame is relayed', async () => {
  const { bo, port } = await trio()
  const stranger = await connectPeer(port)

  stranger.relay(idOf(bo), Uint8Array.of(1))

  expect(await stranger.next()).toMatchObject({ type: 'refused', code: 'bad-message' })
  await bo.roundTrip()
  expect(bo.relayed).toEqual([])
})

test('[SIG22] a server that does not relay says so, and refuses', async () => {
  const { ana, bo } = await trio({ relayBytesPerSecond: 0 })

  ana.relay(idOf(bo), Uint8Array.of(1))

  expect(ana.welcome.relay).toBe(false)
  expect(await ana.next()).toMatchObject({ type: 'refused', code: 'bad-message' })
  await bo.roundTrip()
  expect(bo.relayed).toEqual([])
})

test('[SIG23] relayed frames have a bucket of their own: a flood of them closes nothing and leaves signals through', async () => {
  const { ana, bo } = await trio()

  for (let sent = 0; sent < 2000; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, 600), 'drop')
  }
  ana.say({ type: 'signal', to: idOf(bo), data: 'offer' })

  expect(await bo.nextOf('signal')).toMatchObject({ data: 'offer' })
  expect(bo.relayed.length).toBeGreaterThan(100)
  expect(bo.relayed.length).toBeLessThanOrEqual(BURST_BYTES / (600 + 27 + 256))
  expect(ana.heard.filter(({ type }) => type === 'refused')).toEqual([])
})

test('[SIG23] signals and frames that may not wait overtake a song that does', async () => {
  const { ana, bo, advance } = await trio()
  const inBurst = Math.floor(BURST_BYTES / (MAX_RELAY_PAYLOAD_BYTES + 27 + 256))
  const count = inBurst + 5

  for (let sent = 0; sent < count; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, MAX_RELAY_PAYLOAD_BYTES))
  }
  ana.say({ type: 'signal', to: idOf(bo), data: 'offer' })
  await bo.nextOf('signal')
  await bo.relayedCount(inBurst)
  // Until the server knows that all of it was read.
  await echo(bo)
  advance(10)
  ana.relay(idOf(bo), numbered(count, 40), 'drop')
  await bo.relayedCount(inBurst + 1)
  advance(1_000)
  await bo.relayedCount(count + 1)

  const late = Array.from({ length: count - inBurst }, (_, index) => inBurst + index)
  expect(bo.relayed.slice(inBurst).map(numberOf)).toEqual([count, ...late])
})
