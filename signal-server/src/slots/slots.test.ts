import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { MAX_SLOT_BYTES } from '@beatcord/shared'
import { until } from '../server-stage.ts'
import { joinPeer } from '../talking-peer.ts'
import { certificateOf, roomIdOf, setSlotStage, type SlotStage, slowPut } from './slot-stage.ts'

async function open(...options: Parameters<typeof setSlotStage>): Promise<SlotStage> {
  const stage = await setSlotStage(...options)
  onTestFinished(stage.close)
  return stage
}

test('[SLOT3] a write says which version it follows, and is refused when that is not so', async () => {
  const { ask, port } = await open()
  const certificate = certificateOf(await joinPeer(port, 'garage'))
  await ask('PUT', certificate, { version: 0, body: 'one' })

  const unsaid = await ask('PUT', certificate, { body: 'two' })
  const blind = await ask('PUT', certificate, { version: 0, body: 'two' })
  const next = await ask('PUT', certificate, { version: 1, body: 'two' })
  const before = await ask('GET', certificate, { before: 2 })

  expect([unsaid.status, blind.status, next.status]).toEqual([428, 412, 204])
  expect([blind.headers.get('etag'), next.headers.get('etag')]).toEqual(['"1"', '"2"'])
  expect([await before.text(), before.headers.get('etag')]).toEqual(['one', '"1"'])
  expect((await ask('GET', certificate, { before: 1 })).status).toBe(404)
})

test('[SLOT5] a player deletes all of it', async () => {
  const { ask, port } = await open()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ask('PUT', certificateOf(ana), { version: 0, body: 'one' })
  await ask('PUT', certificateOf(ana), { version: 1, body: 'two' })

  const removed = await ask('DELETE', certificateOf(bo))

  expect(removed.status).toBe(204)
  expect((await ask('GET', certificateOf(ana))).status).toBe(404)
  expect((await ask('GET', certificateOf(ana), { before: 2 })).status).toBe(404)
})

test('[SLOT6] what is larger than a slot is refused, also when it does not say so, and holds no memory', async () => {
  const { ask, port } = await open()
  const certificate = certificateOf(await joinPeer(port, 'garage'))
  const chunk = new Uint8Array(1024 * 1024)
  let sent = 0
  let isAnswered = false
  const endless = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // The server is in this thread too, and hears nothing while it is sent to without end.
      await new Promise((resolve) => setImmediate(resolve))
      if (isAnswered) {
        controller.close()
        return
      }
      sent += chunk.length
      controller.enqueue(chunk)
    },
  })

  const told = await ask('PUT', certificate, {
    version: 0,
    body: new Uint8Array(MAX_SLOT_BYTES + 1),
  })
  // Cut off in the midst of it, a sender may see no answer at all.
  const untold = await ask('PUT', certificate, { version: 0, body: endless })
    .catch(() => undefined)
    .finally(() => {
      isAnswered = true
    })
  const largest = await ask('PUT', certificate, {
    version: 0,
    body: new Uint8Array(MAX_SLOT_BYTES),
  })
  const empty = await ask('PUT', certificate, { version: 1, body: '' })

  expect(told.status).toBe(413)
  expect([413, undefined]).toContain(untold?.status)
  expect(sent).toBeLessThan(4 * MAX_SLOT_BYTES)
  expect([largest.status, empty.status]).toEqual([204, 400])
})

test('[SLOT6] a body that is cut off in its midst is not written', async () => {
  const { ask, port } = await open()
  const certificate = certificateOf(await joinPeer(port, 'garage'))
  await ask('PUT', certificate, { version: 0, body: 'one' })

  const { socket } = slowPut(port, 'garage', certificate, 'If-Match: "1"')
  // By then the server has read what was sent before.
  await ask('GET', certificate)
  socket.destroy()
  await ask('GET', certificate)

  expect(await (await ask('GET', certificate)).text()).toBe('one')
})

test('[SLOT6] eight bodies are held at once; what is more comes again', async () => {
  const { ask, port } = await open()
  const rooms = Array.from({ length: 12 }, (_, index) => `room ${String(index)}`)
  const certificates = await Promise.all(
    rooms.map(async (room) => certificateOf(await joinPeer(port, room))),
  )
  const writes = rooms.map((room, index) => slowPut(port, room, certificates[index] ?? ''))
  let asked = 0
  /** Each time of another room, for none may be asked too often. */
  const anotherOne = async (): Promise<number> => {
    asked += 1
    const index = asked % rooms.length
    return (await ask('GET', certificates[index], { room: rooms[index] ?? '' })).status
  }

  await until(async () => (await anotherOne()) === 503)
  const statuses = await Promise.all(writes.map(({ finish }) => finish()))

  const written = statuses.filter((status) => status === 204)
  expect(written.length).toBeGreaterThan(0)
  expect(written.length).toBeLessThanOrEqual(8)
  expect(statuses.filter((status) => status === 503)).toHaveLength(12 - written.length)
  await until(async () => (await anotherOne()) === 200)
})

test('[SLOT6] a room that is written or read too often is told when to come again', async () => {
  const { ask, port, advance } = await open()
  const [ana, cy] = [await joinPeer(port, 'garage'), await joinPeer(port, 'cellar')]
  for (let version = 0; version < 8; version++) {
    await ask('PUT', certificateOf(ana), { version, body: 'sealed' })
  }

  const ninth = await ask('PUT', certificateOf(ana), { version: 8, body: 'sealed' })
  const other = await ask('PUT', certificateOf(cy), { room: 'cellar', version: 0, body: 'sealed' })
  advance(2_000)
  const later = await ask('PUT', certificateOf(ana), { version: 8, body: 'sealed' })

  expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '2'])
  expect([other.status, later.status]).toEqual([204, 204])
})

test('[SIG7] neither rooms nor certificates nor bodies are logged', async () => {
  const { ask, port, lines } = await open()
  const certificate = certificateOf(await joinPeer(port, 'garage'))

  await ask('PUT', certificate, { version: 0, body: 'sealed words' })
  await ask('GET', certificate)
  await ask('PUT', 'wrong.papers.shown', { version: 1, body: 'sealed words' })
  await ask('DELETE', certificate)

  const log = lines.join('')
  for (const secret of [roomIdOf('garage'), certificate, 'sealed words', 'wrong.papers']) {
    expect(log).not.toContain(secret)
  }
})

test('[SLOT7] slots that are off leave nothing anywhere, and are not there', async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'beatcord-none-')), 'data')
  const { ask, port } = await open({ slots: 'off', dataDir })
  const certificate = certificateOf(await joinPeer(port, 'garage'))

  const [put, get] = [
    await ask('PUT', certificate, { version: 0, body: 'sealed' }),
    await ask('GET', certificate),
  ]

  expect([put.status, get.status]).toEqual([404, 404])
  expect(existsSync(dataDir) ? readdirSync(dataDir) : []).toEqual([])
})

test('[SLOT7] without a disk or a Redis the jam goes on, and the server is healthy', async () => {
  for (const slots of [
    { dataDir: '/dev/null/nowhere' },
    { slots: 'redis' as const, redisUrl: 'redis://127.0.0.1:1' },
  ]) {
    const { ask, port, lines } = await open(slots)
    const ana = await joinPeer(port, 'garage')

    const put = await ask('PUT', certificateOf(ana), { version: 0, body: 'sealed' })
    const health = await fetch(`http://127.0.0.1:${String(port)}/health`)
    const bo = await joinPeer(port, 'garage')

    expect([put.status, put.headers.get('retry-after')]).toEqual([503, '30'])
    expect(health.status).toBe(200)
    expect(bo.welcome.roster).toHaveLength(1)
    expect(lines.some((line) => line.includes('slots away'))).toBe(true)
  }
})

test('[SLOT2] addresses that name no room, and other verbs, lead nowhere', async () => {
  const { port } = await open()
  const statuses = await Promise.all(
    [
      ['GET', '/api/rooms/garage/slot'],
      ['GET', `/api/rooms/${'.'.repeat(52)}/slot`],
      ['GET', '/api/rooms/../slot'],
      ['POST', `/api/rooms/${roomIdOf('garage')}/slot`],
    ].map(async ([method, path]) => {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path ?? ''}`, {
        method: method ?? '',
      })
      return response.status
    }),
  )

  expect(statuses).toEqual([404, 404, 404, 404])
})
