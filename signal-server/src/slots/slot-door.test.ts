import { expect, onTestFinished, test } from 'vitest'
import { authKeyOf, joinPeer } from '../talking-peer.ts'
import { certificateOf, idOf, setSlotStage, type SlotStage } from './slot-stage.ts'

async function open(...options: Parameters<typeof setSlotStage>): Promise<SlotStage> {
  const stage = await setSlotStage(...options)
  onTestFinished(stage.close)
  return stage
}

test('[SLOT1] what a host left is read by everybody in the room, and by nobody else', async () => {
  const { ask, port } = await open()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'cellar')

  const written = await ask('PUT', certificateOf(ana), { version: 0, body: 'sealed' })

  expect([written.status, written.headers.get('etag')]).toEqual([204, '"1"'])
  for (const peer of [ana, bo]) {
    const read = await ask('GET', certificateOf(peer))
    expect([read.status, read.headers.get('etag'), await read.text()]).toEqual([
      200,
      '"1"',
      'sealed',
    ])
    expect(read.headers.get('cache-control')).toBe('no-store')
  }
  expect((await ask('GET', certificateOf(cy))).status).toBe(401)
  expect((await ask('GET', undefined)).status).toBe(401)
  expect((await ask('GET', 'a.b.c')).status).toBe(401)
})

test('[SLOT1] a listener reads, and neither writes nor deletes', async () => {
  const { ask, port } = await open()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ask('PUT', certificateOf(ana), { version: 0, body: 'sealed' })
  const asPlayer = certificateOf(bo)

  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'listener' })
  await bo.nextOf('seat')

  // The paper of when bo was a player is no better.
  for (const certificate of [certificateOf(bo), asPlayer]) {
    const put = await ask('PUT', certificate, { version: 1, body: 'mine' })
    const removed = await ask('DELETE', certificate)
    const read = await ask('GET', certificate)
    expect([put.status, removed.status, read.status]).toEqual([403, 403, 200])
  }
})

test('[SLOT1] whoever was removed neither reads nor writes while the others are there', async () => {
  const { ask, port } = await open()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  await ask('PUT', certificateOf(ana), { version: 0, body: 'sealed' })

  ana.say({ type: 'remove', peerId: idOf(bo) })
  await bo.closed

  const statuses = await Promise.all(
    ['GET', 'PUT', 'DELETE'].map((method) =>
      ask(method, certificateOf(bo), method === 'PUT' ? { version: 1, body: 'b' } : {}),
    ),
  )
  expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403])
})

test('[SLOT1] who just left may still write, and a certificate that has run out may not', async () => {
  const { ask, port, advance } = await open()
  const ana = await joinPeer(port, 'garage')
  const certificate = certificateOf(ana)
  ana.socket.terminate()
  await ana.closed

  const soon = await ask('PUT', certificate, { version: 0, body: 'last words' })
  advance(30_000)
  const later = await ask('PUT', certificate, { version: 1, body: 'later' })
  advance(3_600_000)
  const tooLate = await ask('PUT', certificate, { version: 2, body: 'too late' })

  expect([soon.status, later.status, tooLate.status]).toEqual([204, 204, 401])
})

test('[SLOT9] a room that moved is written by its new name; its old slot only a host deletes', async () => {
  const { ask, port } = await open()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'garage')
  await ask('PUT', certificateOf(ana), { version: 0, body: 'sealed' })

  ana.say({ type: 'remove', peerId: idOf(bo), authKey: authKeyOf('attic') })
  await cy.nextOf('seat')
  await ana.roundTrip()

  const [host, player, removed] = [ana, cy, bo].map(certificateOf)
  expect((await ask('PUT', host, { room: 'attic', version: 0, body: 'anew' })).status).toBe(204)
  expect((await ask('GET', player, { room: 'attic' })).status).toBe(200)
  expect((await ask('GET', removed)).status).toBe(403)
  expect((await ask('GET', removed, { room: 'attic' })).status).toBe(403)
  expect((await ask('GET', host)).status).toBe(403)
  expect((await ask('PUT', host, { version: 1, body: 'back' })).status).toBe(403)
  expect((await ask('DELETE', player)).status).toBe(403)
  expect((await ask('DELETE', host)).status).toBe(204)
})
