import { afterEach, expect, test, vi } from 'vitest'
import type { PeerId, RosterEntry } from '@beatcord/shared'
import { readConfig } from '../../../signal-server/src/config.ts'
import { createSignalServer } from '../../../signal-server/src/server.ts'
import { WebSocket } from 'ws'
import * as check from './certificate-check.ts'
import { createCertificates, type Certificates } from './certificates.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { createSeatStore } from './seat-store.ts'
import { createSignalClient } from './signal-client.ts'
import type { SignalClient } from './signal-client-types.ts'
import { QUIET } from './test-tab.ts'
import { createTimers, type Timers } from './timers.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Seat {
  readonly client: SignalClient
  readonly certificates: Certificates
  /** The certificate that this seat shows now. */
  shown(): string
  roleOf(other: Seat): RosterEntry['role'] | undefined
  /** Ends the socket; it is a second until it is opened anew. */
  hangUp(): void
}

/** A room on a real server; the ways between the peers are the test's. */
async function room() {
  const config = {
    ...readConfig({ PORT: '0', HOST: '127.0.0.1', ICE_SERVERS: '[]', SEAT_KEY: 'k'.repeat(32) }),
    maxJoinedPerAddress: 100,
  }
  const server = await createSignalServer(config, () => undefined)
  closers.push(() => server.close())
  const { authKey } = await deriveRoomKeys(createRoomSecret())
  const at = `127.0.0.1:${String(server.port)}`

  async function join(aheadMs = 0): Promise<Seat> {
    const real = createTimers()
    const sockets: WebSocket[] = []
    class Kept extends WebSocket {
      constructor(url: string) {
        super(url)
        sockets.push(this)
      }
    }
    // Keys are fetched at once, and this browser's clock may be wrong.
    const timers: Timers = {
      ...real,
      wallMs: () => real.wallMs() + aheadMs,
      after: (ms, run) => real.after(Math.min(ms, 50), run),
    }
    const client = createSignalClient({
      url: `ws://${at}/ws`,
      authKey: () => authKey,
      sealed: 'AAAA',
      seatStore: createSeatStore({ room: 'r', storage: undefined, locks: undefined, timers: real }),
      timers: real,
      wakes: QUIET,
      random: () => 0.9,
      WebSocket: Kept,
    })
    const fetched = vi.fn(async (): Promise<unknown> =>
      (await fetch(`http://${at}/api/keys`)).json(),
    )
    const certificates = createCertificates({
      signal: client,
      timers,
      fetchKeys: fetched,
      loadCheck: () => Promise.resolve(check),
    })
    closers.push(client.close, certificates.close)
    await vi.waitFor(() => {
      expect(client.state.read().status).toBe('admitted')
      expect(fetched).toHaveBeenCalled()
    }, 5000)
    return {
      client,
      certificates,
      shown: () => client.certificate.read() ?? '',
      hangUp() {
        for (const socket of sockets) socket.terminate()
      },
      roleOf: (other) => client.roster.read().get(idOf(other))?.role,
    }
  }
  return { server, join }
}

const idOf = ({ client }: Seat): PeerId => client.self.read() as PeerId

const away = (seat: Seat): Promise<void> =>
  vi.waitFor(() => {
    expect(seat.client.state.read().status).toBe('away')
  }, 5000)

/** Long enough to check what was heard. */
const heard = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))

test('[LINK20] whom the server does not reach learns of a role by a certificate, and of no earlier one', async () => {
  const { join } = await room()
  const ana = await join()
  const bo = await join()
  const cy = await join()
  await vi.waitFor(() => {
    expect(cy.roleOf(bo)).toBe('player')
  })
  const before = bo.shown()
  // The link is what keeps bo in the roster meanwhile.
  cy.client.reportLink(idOf(bo), true)
  cy.hangUp()
  await away(cy)
  ana.client.ask({ type: 'set-role', peerId: idOf(bo), role: 'listener' })
  await vi.waitFor(() => {
    expect(bo.client.role.read()).toBe('listener')
  })

  expect(cy.roleOf(bo)).toBe('player')
  cy.certificates.hear(idOf(bo), bo.shown())
  await heard()
  expect(cy.roleOf(bo)).toBe('listener')
  cy.certificates.hear(idOf(bo), before)
  await heard()

  expect(cy.roleOf(bo)).toBe('listener')
  expect(cy.client.state.read().status).toBe('away')
})

test('[LINK20] it has to be signed by the server, of this room, and to hold still', async () => {
  const { server, join } = await room()
  const elsewhere = await (await room()).join()
  const ana = await join()
  const bo = await join()
  const slow = await join(2 * 3_600_000)
  await vi.waitFor(() => {
    expect([ana.roleOf(bo), slow.roleOf(bo)]).toEqual(['player', 'player'])
  })
  for (const seat of [ana, slow]) seat.client.reportLink(idOf(bo), true)
  const told = new Promise<string>((resolve) => bo.client.onCertificate(resolve))
  ana.client.ask({ type: 'set-role', peerId: idOf(slow), role: 'listener' })
  await told
  await server.close()
  await Promise.all([ana, slow].map(away))
  const hearClaims = vi.spyOn(ana.client, 'hearClaims')
  const late = vi.spyOn(slow.client, 'hearClaims')
  const [head, body, signature] = bo.shown().split('.')

  for (const junk of ['a.b.c', `${head}.${body}.${signature?.slice(0, -4)}AAAA`]) {
    ana.certificates.hear(idOf(bo), junk)
  }
  slow.certificates.hear(idOf(bo), bo.shown())
  await heard()
  expect(hearClaims).not.toHaveBeenCalled()
  expect(late).not.toHaveBeenCalled()

  const before = ana.roleOf(bo)
  ana.certificates.hear(idOf(bo), elsewhere.shown())
  ana.certificates.hear(idOf(bo), bo.shown())
  await heard()
  expect(hearClaims).toHaveBeenCalledTimes(2)
  expect(ana.roleOf(bo)).toBe(before)
  expect(ana.client.role.read()).toBe('host')
})
