import type { ClientMessage } from '@beatcord/shared'
import { PROTOCOL_VERSION, CLOSE_CODES, encodeRetryAfter } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { admitSpokenClient, ANA, createSpokenClient, ME, SEAT, welcome } from './spoken-client.ts'

test('it says hello, and a welcome admits', async () => {
  const { client, newest } = await createSpokenClient()
  newest().open()
  expect(client.state.read()).toEqual({ status: 'connecting' })

  newest().hear(welcome())

  expect(newest().said).toEqual<ClientMessage[]>([
    { type: 'hello', version: PROTOCOL_VERSION, authKey: 'K'.repeat(43), sealed: 'AAAA' },
  ])
  expect(client.state.read()).toEqual({ status: 'admitted' })
  expect(client.self.read()).toBe(ME)
})

test('after a loss it comes back to its seat, first within a second, then within two', async () => {
  const { client, timers, sockets, newest } = await admitSpokenClient(0.5)
  newest().closeWith(1006)
  expect(client.state.read()).toEqual({ status: 'away', retryAtMs: timers.wallMs() + 500 })

  const waits = [500, 1250, 1250, 1250].map((waitMs) => {
    const before = sockets.length
    timers.advance(waitMs - 1)
    const early = sockets.length - before
    timers.advance(1.5)
    const made = sockets.length - before
    newest().closeWith(1006)
    return [early, made]
  })

  expect(waits).toEqual([
    [0, 1],
    [0, 1],
    [0, 1],
    [0, 1],
  ])
  timers.advance(3000)
  newest().open()
  expect(newest().said[0]).toMatchObject({ type: 'hello', seat: SEAT })
})

test('a page nobody looks at comes back more slowly', async () => {
  const { client, timers, newest, page } = await admitSpokenClient(0.999)
  page.visible = false
  newest().closeWith(1006)
  for (let round = 0; round < 5; round++) {
    timers.advance(11_000)
    newest().closeWith(1006)
  }

  const state = client.state.read()
  expect(state.status === 'away' && state.retryAtMs - timers.wallMs()).toBeGreaterThan(9900)
})

test('a server that stops says when to come back, within reason', async () => {
  const { client, timers, newest } = await admitSpokenClient()
  newest().closeWith(CLOSE_CODES.restarting, encodeRetryAfter(1234))
  expect(client.state.read()).toEqual({ status: 'away', retryAtMs: timers.wallMs() + 1234 })

  timers.advance(1234)
  newest().closeWith(CLOSE_CODES.restarting, encodeRetryAfter(900_000))
  expect(client.state.read()).toEqual({ status: 'away', retryAtMs: timers.wallMs() + 10_000 })
})

test.each(['address-full', 'busy'] as const)(
  'a server without a place says why: %s',
  async (lack) => {
    const { client, timers, newest } = await admitSpokenClient()

    newest().closeWith(CLOSE_CODES[lack], encodeRetryAfter(3000))

    expect(client.state.read()).toEqual({ status: 'away', retryAtMs: timers.wallMs() + 3000, lack })
  },
)

test.each(['visible', 'online'] as const)('it tries at once when the page is %s', async (cause) => {
  const { sockets, newest, wake } = await admitSpokenClient()
  newest().closeWith(1006)

  wake(cause)

  expect(sockets).toHaveLength(2)
})

test('on another network it moves its seat to a fresh socket without a pause', async () => {
  const { client, sockets, newest, wake } = await admitSpokenClient()

  wake('visible')
  expect(sockets).toHaveLength(1)
  wake('online')

  expect(sockets.map(({ isClosed }) => isClosed())).toEqual([true, false])
  expect(client.state.read().status).toBe('admitted')
  newest().open()
  expect(newest().said[0]).toMatchObject({ seat: SEAT })
})

test('a server that does not answer the hello is given up after 8 s', async () => {
  const { client, timers, newest } = await createSpokenClient()
  newest().open()
  timers.advance(7999)
  expect(client.state.read().status).toBe('connecting')

  timers.advance(1)

  expect(client.state.read().status).toBe('away')
})

test.each([
  ['replaced', CLOSE_CODES.replaced, { status: 'replaced' }],
  ['idle', CLOSE_CODES.idle, { status: 'idle' }],
  ['another version', CLOSE_CODES.version, { status: 'outdated' }],
] as const)('the verdict %s is obeyed until someone decides otherwise', async (_, code, state) => {
  const { client, timers, sockets, newest, wake } = await admitSpokenClient()
  newest().hear({
    type: 'peer-joined',
    peer: { peerId: ANA, presence: 'here', role: 'player', sealed: '' },
  })

  newest().closeWith(code)
  timers.advance(600_000)
  wake('online')

  expect(client.state.read()).toEqual(state)
  expect(client.roster.read().size).toBe(0)
  expect(sockets).toHaveLength(1)
  client.rejoin()
  expect(client.state.read()).toEqual({ status: 'connecting' })
  expect(sockets).toHaveLength(2)
})

test('a full room says how many it holds', async () => {
  const { client, newest } = await createSpokenClient()
  newest().open()

  newest().hear({ type: 'refused', code: 'room-full', detail: '', roomCap: 20 })
  newest().closeWith(CLOSE_CODES['room-full'])

  expect(client.state.read()).toEqual({ status: 'full', cap: 20 })
})

test('frames that are no messages are ignored', async () => {
  const { client, newest } = await admitSpokenClient()

  for (const raw of ['', 'null', '{"type":"welcome"}', '{"type":"__proto__"}', new Uint8Array(3)]) {
    newest().hearRaw(raw)
  }

  expect(client.state.read()).toEqual({ status: 'admitted' })
})

test('what is closed or has left keeps no timer and opens no socket', async () => {
  const closed = await admitSpokenClient()
  closed.newest().closeWith(1006)
  closed.client.close()
  const left = await admitSpokenClient()
  left.client.leave()
  left.wake('online')

  expect([closed.timers.waiting(), left.timers.waiting()]).toEqual([0, 0])
  expect(left.newest().said.at(-1)).toEqual({ type: 'leave' })
  expect([left.newest().isClosed(), left.sockets.length]).toEqual([true, 1])
})
