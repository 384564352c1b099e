import { mkdtempSync, statSync } from 'node:fs'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { certificateFor } from './certificate.ts'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { joinPeer } from './talking-peer.ts'

let stage: ServerStage
const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-https-'))

beforeAll(async () => {
  stage = await setServerStage({ https: 'self', dataDir })
})

afterAll(() => stage.close())

function ask(scheme: 'http' | 'https', path: string, host = 'localhost'): Promise<IncomingMessage> {
  const send = scheme === 'http' ? plainRequest : secureRequest
  const target = { host: '127.0.0.1', port: stage.port, path, headers: { host } }
  return new Promise((resolve, reject) => {
    send({ ...target, rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      resolve(response)
    })
      .on('error', reject)
      .end()
  })
}

test('one port speaks http and https', async () => {
  expect((await ask('http', '/health')).statusCode).toBe(200)
  expect((await ask('https', '/health')).statusCode).toBe(200)
  expect((await ask('https', '/api/lan')).statusCode).toBe(200)
})

test('over http another host than localhost is sent to https', async () => {
  const away = await ask('http', '/jam?x=1', `192.168.1.5:${String(stage.port)}`)
  const local = await ask('http', '/api/lan', `localhost:${String(stage.port)}`)

  expect(away.statusCode).toBe(308)
  expect(away.headers.location).toBe(`https://192.168.1.5:${String(stage.port)}/jam?x=1`)
  expect(local.statusCode).toBe(200)
})

test('peers meet over both', async () => {
  const ana = await joinPeer(stage.port, 'garage')

  const socket = new WebSocket(`wss://127.0.0.1:${String(stage.port)}/ws`, {
    rejectUnauthorized: false,
  })
  await new Promise((resolve) => socket.once('open', resolve))
  socket.terminate()

  await ana.roundTrip()
  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
})

test('whatever the first byte is, the server lives on', async () => {
  for (const bytes of [[0x16], [0x16, 3, 1, 0xff, 0xff, 0, 0], [0], [0xff, 0xff]]) {
    const socket = connect(stage.port, '127.0.0.1')
    const ended = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => socket.destroy())
    socket.end(Buffer.from(bytes))
    socket.resume()
    await ended
  }
  expect((await ask('https', '/health')).statusCode).toBe(200)
})

test('the certificate is kept, names its addresses, and is made anew for new ones', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'beatcord-certificate-'))

  const first = await certificateFor(dir, ['10.0.0.2'])
  const second = await certificateFor(dir, ['10.0.0.2'])
  const moved = await certificateFor(dir, ['10.0.0.2', '192.168.1.5'])

  expect(second).toEqual(first)
  expect(moved.cert).not.toBe(first.cert)
  expect(statSync(join(dir, 'certificate-key.pem')).mode & 0o777).toBe(0o600)
})
