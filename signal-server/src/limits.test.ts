import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, decodeRetryAfter, MAX_HELLO_BYTES, MAX_SIGNAL_CHARS } from '@beatcord/shared'
import { readConfig, type Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { connectPeer, joinPeer, helloTo, type TalkingPeer } from './talking-peer.ts'

async function stageFor(overrides?: Partial<Config>): Promise<ServerStage> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  return stage
}

const forwardedFor = (addresses: string): { readonly headers: Record<string, string> } => ({
  headers: { 'x-forwarded-for': addresses },
})

/** Opens a socket that answers nothing any more, as an attacker would. @returns the status of its upgrade */
const holdSocket = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const asked = request({ port, host: '127.0.0.1', path: '/ws', headers })
    asked.on('upgrade', ({ statusCode }, socket) => {
      onTestFinished(() => void socket.destroy())
      resolve(statusCode)
    })
    asked.on('response', ({ statusCode }) => {
      resolve(statusCode)
    })
    asked.on('error', reject)
    asked.end()
  })

/** Closed for now, and told when to come back. */
async function isSentAway(peer: TalkingPeer, meaning: 'busy' | 'address-full'): Promise<void> {
  const { code, reason } = await peer.closed
  expect(code).toBe(CLOSE_CODES[meaning])
  expect(decodeRetryAfter(reason)).toBeGreaterThan(0)
}

test('[SIG28] so many sockets of one address may wait to join', async () => {
  const { port } = await stageFor({ maxWaitingPerAddress: 2 })
  const first = await connectPeer(port)
  await connectPeer(port)

  await isSentAway(await connectPeer(port), 'address-full')

  first.socket.close()
  await first.closed
  await joinPeer(port, 'garage')
})

test('[SIG28] of those who are only told so as few are held as need be, and more are refused by HTTP', async () => {
  const { port } = await stageFor({ maxWaitingPerAddress: 1 })
  await connectPeer(port)

  const statuses = []
  for (let held = 0; held < 101; held += 1) statuses.push(await holdSocket(port))

  expect(statuses.slice(0, 100).every((status) => status === 101)).toBe(true)
  expect(statuses[100]).toBe(503)
})

test('[SIG28] so many of one address may have joined, and others are let in', async () => {
  const { port } = await stageFor({ maxJoinedPerAddress: 2, trustedHops: 1 })
  const mine = forwardedFor('192.0.2.1')
  await joinPeer(port, 'garage', undefined, mine)
  await joinPeer(port, 'garage', undefined, mine)

  const third = await connectPeer(port, mine)
  third.say(helloTo('garage'))
  await isSentAway(third, 'address-full')

  await joinPeer(port, 'garage', undefined, forwardedFor('192.0.2.2'))
})

test.each([
  ['a proxy is trusted', 1, '192.0.2.1'],
  ['none is', 0, '198.51.100.1'],
])(
  '[SIG28] where %s a stranger gains nothing by what it says of itself',
  async (_, trustedHops, last) => {
    const { port } = await stageFor({ maxWaitingPerAddress: 1, trustedHops })
    await connectPeer(port, forwardedFor(`203.0.113.1, ${last}`))

    const again = await connectPeer(port, forwardedFor(`203.0.113.2, 203.0.113.3, ${last}`))

    await isSentAway(again, 'address-full')
  },
)

test('a proxy that is not believed is told of once, for all behind it share one address', async () => {
  const { port, lines } = await stageFor()
  await joinPeer(port, 'garage', undefined, forwardedFor('192.0.2.1'))
  await joinPeer(port, 'garage', undefined, forwardedFor('192.0.2.2'))

  expect(lines.filter((line) => line.includes('TRUSTED_HOPS'))).toHaveLength(1)
})

test('[SIG6] before the hello is answered no frame of more than 16 KiB is taken, after it one of 64', async () => {
  const { port } = await stageFor()
  const stranger = await connectPeer(port)
  stranger.socket.send('x'.repeat(MAX_HELLO_BYTES + 1))
  expect((await stranger.closed).code).toBe(CLOSE_CODES['too-large'])

  const ana = await joinPeer(port, 'garage')
  ana.socket.send('x'.repeat(MAX_HELLO_BYTES + 1))
  await ana.roundTrip()
  expect(ana.heard).toContainEqual(expect.objectContaining({ type: 'refused', code: 'bad-json' }))
})

test('[SIG29] with as many sockets as may be open the next is told to try again', async () => {
  const { port } = await stageFor({ maxSockets: 2 })
  const ana = await joinPeer(port, 'garage')
  await connectPeer(port)

  await expect(connectPeer(port)).rejects.toThrow('503')

  ana.socket.close()
  await ana.closed
  await joinPeer(port, 'garage')
})

test('[SIG30] [SIG33] an overloaded server sends newcomers away and keeps those who have a seat', async () => {
  const { port, advance } = await stageFor({ maxMemoryBytes: 1 })
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  advance(1_500)

  const cy = await connectPeer(port)
  cy.say(helloTo('garage'))
  await isSentAway(cy, 'busy')

  bo.socket.terminate()
  const back = await joinPeer(port, 'garage', bo.welcome.seat)
  expect(back.welcome.seat.peerId).toBe(bo.welcome.seat.peerId)
  expect((await fetch(`http://127.0.0.1:${String(port)}/ready`)).status).toBe(503)
  expect((await fetch(`http://127.0.0.1:${String(port)}/health`)).status).toBe(200)
  await ana.roundTrip()
})

test('[SIG31] bytes have a bucket of their own: many frames of full length are too much', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const data = 'x'.repeat(MAX_SIGNAL_CHARS)

  const fit = Math.floor(readConfig({}).socketLimits.byteBurst / MAX_SIGNAL_CHARS)
  for (let sent = 0; sent < fit + 5; sent++) {
    ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data })
  }
  const refused = await ana.nextOf('refused')
  await bo.roundTrip()

  expect(refused.code).toBe('too-fast')
  const got = bo.heard.filter(({ type }) => type === 'signal').length
  expect(got).toBeGreaterThan(fit - 10)
  expect(got).toBeLessThanOrEqual(fit)
})

test('[SIG18] a crowd is sent away in slices, and nobody is seen leaving', async () => {
  const { port, server, advance } = await setServerStage({ maxJoinedPerAddress: 1_000, roomCap: 2 })
  // Two who share a room are sent away in different slices.
  const crowd = await Promise.all(
    Array.from({ length: 120 }, (_, index) => joinPeer(port, `room${String(index % 60)}`)),
  )
  const closed: number[] = []
  for (const peer of crowd) void peer.closed.then(({ code }) => closed.push(code))

  const closing = server.close()
  await Promise.race(crowd.map((peer) => peer.closed))
  await until(() => closed.length >= 50)
  const firstSlice = closed.length
  const ready = await fetch(`http://127.0.0.1:${String(port)}/ready`)
  await expect(connectPeer(port)).rejects.toThrow('503')
  for (let step = 0; step < 3; step++) {
    advance(400)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await closing
  await Promise.all(crowd.map((peer) => peer.closed))

  expect(firstSlice).toBe(50)
  expect(await ready.json()).toEqual({ status: 'draining' })
  expect(new Set(closed)).toEqual(new Set([CLOSE_CODES.restarting]))
  const leavings = crowd.flatMap(({ heard }) =>
    heard.filter(
      (message) =>
        message.type === 'peer-gone' ||
        (message.type === 'peer-changed' && message.peer.presence === 'away'),
    ),
  )
  expect(leavings).toEqual([])
})
