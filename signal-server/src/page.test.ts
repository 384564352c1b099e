import { mkdtemp, truncate, writeFile } from 'node:fs/promises'
import { get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadStream } from 'node:fs'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { page } from './page.ts'
import { securityHeaders } from './security-headers.ts'
import { until } from './server-stage.ts'

/** More than the system takes for a reader who reads nothing. */
const LARGE_BYTES = 50_000_000

async function folderWithLargeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'beatcord-page-'))
  await writeFile(join(folder, 'index.html'), 'hello')
  await writeFile(join(folder, 'large.txt'), '')
  await truncate(join(folder, 'large.txt'), LARGE_BYTES)
  return folder
}

test('a file whose reader goes before its end is closed', async () => {
  const files: ReadStream[] = []
  const app = express()
  app.use((_request, response, next) => {
    response.on('pipe', (file: ReadStream) => files.push(file))
    next()
  })
  app.use(page(await folderWithLargeFile()))
  const server: Server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await until(() => server.listening)
  const { port } = server.address() as AddressInfo

  const asked = get({ port, host: '127.0.0.1', path: '/large.txt' })
  asked.on('error', () => undefined)
  await new Promise((resolve) => asked.once('response', resolve))
  asked.destroy()

  await until(() => files.length > 0 && files.every(({ closed }) => closed))
  expect(files).toHaveLength(1)
})

test.each([
  ['service-worker.js', /^(text|application)\/javascript/],
  ['manifest.webmanifest', /^application\/manifest\+json/],
])('%s is asked for anew each time, as what it is, on an isolated page', async (file, type) => {
  const folder = await mkdtemp(join(tmpdir(), 'beatcord-page-'))
  await writeFile(join(folder, 'index.html'), 'hello')
  await writeFile(join(folder, file), '{}')
  const app = express()
  app.use(securityHeaders(), page(folder))
  const server: Server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await until(() => server.listening)
  const { port } = server.address() as AddressInfo

  const { status, headers } = await fetch(`http://127.0.0.1:${port}/${file}`)

  expect(status).toBe(200)
  expect(headers.get('content-type')).toMatch(type)
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  expect(headers.get('content-security-policy')).toContain("worker-src 'self'")
  expect(headers.get('content-security-policy')).toContain("manifest-src 'self'")
})
