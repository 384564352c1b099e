import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, MAX_SIGNAL_CHARS } from '@beatcord/shared'
import { type Environment, readConfig } from './config.ts'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { connectPeer, joinPeer } from './talking-peer.ts'

/** A server that is set so. */
async function stageFor(env: Environment): Promise<ServerStage> {
  const { socketLimits } = readConfig(env)
  const stage = await setServerStage({ socketLimits })
  onTestFinished(stage.close)
  return stage
}

test('[SIG41] HELLO_TIMEOUT says how long a socket may be without a hello', async () => {
  const { port, advance } = await stageFor({ HELLO_TIMEOUT: '300' })
  const ana = await connectPeer(port)

  advance(300)

  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES['no-hello'] })
})

test('[SIG41] SILENCE_TIMEOUT says how long a socket may be silent, and pings are sooner', async () => {
  const { port, advance } = await stageFor({ SILENCE_TIMEOUT: '60000' })
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const pinged = new Promise((resolve) => ana.socket.once('ping', resolve))
  bo.socket.pause()

  advance(25_000)
  await pinged
  await ana.roundTrip()
  advance(34_999)
  const before = ana.heard.filter(({ type }) => type === 'peer-changed').length
  await ana.roundTrip()
  advance(1)

  expect(before).toBe(0)
  expect(await ana.nextOf('peer-changed')).toMatchObject({ peer: { presence: 'away' } })
})

test('[SIG41] FRAME_BURST and FRAMES_PER_SECOND say how many frames a socket may send', async () => {
  const { port, advance } = await stageFor({ FRAME_BURST: '100', FRAMES_PER_SECOND: '5' })
  const ana = await joinPeer(port, 'garage')
  const tooFast = (): number =>
    ana.heard.filter((message) => 'code' in message && message.code === 'too-fast').length
  const send = async (frames: number): Promise<void> => {
    for (let sent = 0; sent < frames; sent++) ana.say({ type: 'active', by: 'input' })
    const before = tooFast()
    await ana.nextOf('refused')
    expect(tooFast()).toBe(before + 1)
  }

  await send(100)
  advance(2_000)
  await send(11)

  expect(tooFast()).toBe(2)
})

test('[SIG41] BYTE_BURST says how many bytes', async () => {
  const { port } = await stageFor({ BYTE_BURST: '65536', BYTES_PER_SECOND: '1024' })
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const data = 'x'.repeat(MAX_SIGNAL_CHARS)

  for (let sent = 0; sent < 4; sent++) {
    ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data })
  }

  expect(await ana.nextOf('refused')).toMatchObject({ code: 'too-fast' })
  await bo.roundTrip()
  expect(bo.heard.filter(({ type }) => type === 'signal')).toHaveLength(3)
})

test('[SIG41] MAX_REFUSALS says how many frames are refused before the end', async () => {
  const { port, endsOf } = await stageFor({ MAX_REFUSALS: '3' })
  const ana = await joinPeer(port, 'garage')

  for (let sent = 0; sent < 5; sent++) ana.sayRaw('{}')

  expect(await endsOf(ana)).toEqual([CLOSE_CODES.refused])
  expect(ana.heard.filter(({ type }) => type === 'refused')).toHaveLength(3)
})

test.each([
  ['300000', 'away'],
  ['1000000000', 'here'],
])('[SIG19] [SIG41] with MAX_UNREAD_BYTES=%s who reads nothing is %s', async (limit, presence) => {
  const { port, advance } = await stageFor({
    MAX_UNREAD_BYTES: limit,
    FRAME_BURST: '100000',
    BYTE_BURST: '1000000000',
  })
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  bo.socket.pause()

  // More than the buffers of the system take on the way.
  for (let sent = 0; sent < 800; sent++) {
    ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'x'.repeat(16_000) })
  }
  await ana.roundTrip()
  advance(2_000)
  const cy = await joinPeer(port, 'garage')

  const seen = cy.welcome.roster.find(({ peerId }) => peerId === bo.welcome.seat.peerId)
  expect(seen).toMatchObject({ presence })
})
