import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, decodeRetryAfter } from '@beatcord/shared'
import type { Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { connectPeer, joinPeer } from './talking-peer.ts'

async function stageFor(overrides?: Partial<Config>): Promise<ServerStage> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  return stage
}

const get = (port: number, path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${String(port)}${path}`, init)

/** The status of a request that names a host of its own, which `fetch` does not allow. */
const statusFor = (port: number, path: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ port, path, host: '127.0.0.1', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

function builtClient(): string {
  const dir = mkdtempSync(join(tmpdir(), 'beatcord-client-'))
  mkdirSync(join(dir, 'assets'))
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(dir, 'assets', 'main-abc123.js'), 'plain')
  writeFileSync(join(dir, 'assets', 'main-abc123.js.gz'), 'packed')
  return dir
}

test('[SIG21] health tells who is here', async () => {
  const { port, lines } = await stageFor()
  await joinPeer(port, 'garage')
  await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'cellar')
  await connectPeer(port)

  for (const path of ['/health', '/api/health']) {
    const response = await get(port, path)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'ok',
      uptime: expect.any(Number) as number,
      users: 3,
      peers: 3,
      rooms: 2,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    })
  }

  cy.socket.terminate()
  await until(() => lines.some((line) => line.includes('socket closed')))
  expect(await (await get(port, '/health')).json()).toMatchObject({ users: 2, rooms: 1 })
})

test('every answer but that of health has a name of its own, whatever the visitor calls it', async () => {
  const { port } = await stageFor({ clientDir: builtClient() })
  const paths = ['/', '/ready', '/api/lan', '/assets/main-abc123.js', '/nothing/here', '/']
  const mine = { headers: { 'x-request-id': 'mine' } }

  const answers = await Promise.all(paths.map((path) => get(port, path, mine)))

  const ids = answers.map(({ headers }) => headers.get('x-request-id'))
  expect(ids.every((id) => /^[\da-f-]{36}$/.test(id ?? ''))).toBe(true)
  expect(new Set(ids).size).toBe(paths.length)
})

test('the page is served isolated, strictly, and asked anew', async () => {
  const { port } = await stageFor({ clientDir: builtClient() })

  for (const path of ['/', '/jam', '/jam?x=1', '/remix']) {
    const response = await get(port, path)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<title>page</title>')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain(`ws://127.0.0.1:${String(port)}`)
    expect(policy).not.toMatch(/unsafe-eval|script-src|upgrade-insecure/)
    expect(response.headers.get('x-powered-by')).toBeNull()
  }
})

test('hashed assets are kept for ever, and sent packed where that is understood', async () => {
  const { port } = await stageFor({ clientDir: builtClient() })

  const packed = await get(port, '/assets/main-abc123.js', {
    headers: { 'accept-encoding': 'gzip' },
  }).then((response) => response.headers)
  const plain = await get(port, '/assets/main-abc123.js', {
    headers: { 'accept-encoding': 'identity' },
  })

  expect(packed.get('content-encoding')).toBe('gzip')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toBe('plain')
})

test.each([
  '/none',
  '/jam/deeper',
  '/assets/none.js',
  '/%E0%A4%A',
  '/..%2f..%2fetc/passwd',
  '/.env',
])('%s is not found', async (path) => {
  const { port } = await stageFor({ clientDir: builtClient() })
  expect((await get(port, path)).status).toBe(404)
})

test('without a built page the server says so, and its health holds', async () => {
  const { port } = await stageFor({ clientDir: '/dev/null' })
  expect((await get(port, '/')).status).toBe(503)
  expect((await get(port, '/health')).status).toBe(200)
})

test('the addresses of this machine are told to its own browser only', async () => {
  const { port } = await stageFor({ host: '' })

  const response = await get(port, '/api/lan')
  expect(response.status).toBe(200)
  const { addresses, https } = (await response.json()) as { addresses: string[]; https: boolean }
  expect(https).toBe(false)
  for (const address of addresses) {
    expect(address).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:\d+$/)
    expect(address).toContain(`:${String(port)}`)
  }
  expect(await statusFor(port, '/api/lan', 'rebound.example.org')).toBe(404)
  expect(await statusFor(port, '/api/lan', `localhost:${String(port)}`)).toBe(200)
})

test('[SIG20] a page of another origin is turned away before the socket opens', async () => {
  const { port } = await stageFor({ allowedOrigins: ['https://jam.example.org'] })
  const own = `http://127.0.0.1:${String(port)}`

  await joinPeer(port, 'garage', undefined, { origin: own })
  await joinPeer(port, 'garage', undefined, { origin: 'https://jam.example.org' })

  await expect(connectPeer(port, { origin: 'https://evil.example' })).rejects.toThrow('403')
  await expect(connectPeer(port, { origin: `${own}0` })).rejects.toThrow('403')
})

test('[SIG18] a server that stops asks everyone to come back and calls nobody gone', async () => {
  const { port, server } = await setServerStage()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const unseated = await connectPeer(port)
  await ana.nextOf('peer-joined')
  const toldBefore = ana.heard.length

  await server.close()

  for (const peer of [ana, bo, unseated]) {
    const { code, reason } = await peer.closed
    expect(code).toBe(CLOSE_CODES.restarting)
    expect(decodeRetryAfter(reason)).toBeGreaterThan(0)
  }
  expect(ana.heard).toHaveLength(toldBefore)
  await expect(connectPeer(port)).rejects.toThrow('ECONNREFUSED')
})

test('[SIG18] a server that has stopped waits for nothing more', async () => {
  const { port, server, pending, lines } = await setServerStage()
  const ana = await joinPeer(port, 'garage')
  await joinPeer(port, 'garage')
  ana.socket.terminate()
  await until(() => lines.some((line) => line.includes('socket closed')))

  await server.close()

  await until(() => pending() === 0)
  expect(pending()).toBe(0)
})

test('[SIG18] a peer that does not answer the good-bye holds the server up for 9 s', async () => {
  const { port, server, advance } = await setServerStage()
  const ana = await joinPeer(port, 'garage')
  ana.socket.pause()
  let closed = false

  const closing = server.close().then(() => (closed = true))
  advance(8_999)
  await until(async () => (await connectPeer(port).catch(() => 'refused')) === 'refused')
  const before = closed
  advance(1)
  await closing

  expect(before).toBe(false)
})

test('a port that is taken is named', async () => {
  const { port } = await stageFor()
  await expect(setServerStage({ port })).rejects.toThrow(`port ${String(port)}`)
})
