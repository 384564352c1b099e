import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import type { Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { connectPeer, joinPeer } from './talking-peer.ts'

const TOKEN = 'sixteen letters!'

async function stageFor(overrides: Partial<Config>): Promise<ServerStage> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  return stage
}

const read = (port: number, token?: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${String(port)}/metrics`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })

/** The value of one line. */
const valueOf = (text: string, line: string): number | undefined => {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

test('[SIG32] whoever knows the token reads the metrics', async () => {
  const { port, lines } = await stageFor({ metricsToken: TOKEN })
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'offer' })
  ana.sayRaw('no json')
  await bo.nextOf('signal')
  ana.relay(bo.welcome.seat.peerId, new Uint8Array(500))
  await bo.relayedCount(1)
  const cy = await connectPeer(port)
  cy.socket.close(4999)
  await until(() => lines.some((line) => line.includes('4999')))
  await expect(connectPeer(port, { origin: 'https://evil.example' })).rejects.toThrow('403')

  const response = await read(port, TOKEN)
  const text = await response.text()

  expect(response.headers.get('content-type')).toContain('text/plain')
  expect(valueOf(text, 'beatcord_peers')).toBe(2)
  expect(valueOf(text, 'beatcord_rooms')).toBe(1)
  expect(valueOf(text, 'beatcord_sockets')).toBe(2)
  expect(valueOf(text, 'beatcord_overloaded')).toBe(0)
  expect(valueOf(text, 'beatcord_admitted_total')).toBe(2)
  expect(valueOf(text, 'beatcord_signals_total')).toBe(1)
  expect(valueOf(text, 'beatcord_relayed_bytes_total')).toBe(500)
  expect(valueOf(text, 'beatcord_frames_refused_total{code="bad-json"}')).toBe(1)
  expect(valueOf(text, 'beatcord_sockets_closed_total{code="other"}')).toBe(1)
  expect(valueOf(text, 'beatcord_upgrades_refused_total{status="403"}')).toBe(1)
  expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(text).not.toContain(ana.welcome.seat.peerId)
})

test('[SIG32] nobody else does, and without a token there is nothing to read', async () => {
  const { port } = await stageFor({ metricsToken: TOKEN })
  for (const token of [undefined, '', 'sixteen letters', `${TOKEN}!`]) {
    expect((await read(port, token)).status).toBe(401)
  }
  const other = await stageFor({})
  expect((await read(other.port, '')).status).toBe(404)
})

test('[SIG32] a port of its own needs no token, and ends with the server', async () => {
  const { server } = await setServerStage({ metricsPort: 0 })
  const metricsPort = Number(server.metricsPort)

  const text = await (await read(metricsPort)).text()
  const other = await fetch(`http://127.0.0.1:${String(metricsPort)}/`)
  await server.close()

  expect(valueOf(text, 'beatcord_peers')).toBe(0)
  expect(other.status).toBe(404)
  await expect(read(metricsPort)).rejects.toThrow()
})

test('a code that closed a socket is counted by its number', async () => {
  const { port } = await stageFor({ metricsToken: TOKEN, maxWaitingPerAddress: 1 })
  await connectPeer(port)
  await (
    await connectPeer(port)
  ).closed

  const text = await (await read(port, TOKEN)).text()

  const code = String(CLOSE_CODES['address-full'])
  expect(valueOf(text, `beatcord_sockets_closed_total{code="${code}"}`)).toBe(1)
})

test('a connection that is cut off is counted by why', async () => {
  const { port } = await stageFor({ metricsToken: TOKEN })
  const socket = connect(port, '127.0.0.1')
    .resume()
    .on('error', () => undefined)
  const cut = new Promise((resolve) => socket.once('close', resolve))
  socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2))
  await cut

  const text = await (await read(port, TOKEN)).text()

  expect(valueOf(text, 'beatcord_connections_cut_total{why="hasty"}')).toBe(1)
})
