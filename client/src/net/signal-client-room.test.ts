import { encodeRelayFrame } from '@beatcord/shared'
import type { RosterEntry } from '@beatcord/shared'
import { expect, test } from 'vitest'
import {
  admitSpokenClient,
  ANA,
  BO,
  ME,
  SEAT,
  createSpokenClient,
  welcome,
} from './spoken-client.ts'
import type { SpokenClient } from './spoken-client.ts'

const ana: RosterEntry = { peerId: ANA, presence: 'here', role: 'player', sealed: 'AAAA' }

const roster = ({ client }: SpokenClient): readonly RosterEntry[] => [
  ...client.roster.read().values(),
]

test('who is here is as the server tells it', async () => {
  const spoken = await admitSpokenClient()
  const { client, newest } = spoken
  const gone: string[] = []
  client.onGone((peer, reason) => gone.push(`${peer} ${reason}`))

  newest().hear({ type: 'peer-joined', peer: ana })
  newest().hear({ type: 'peer-changed', peer: { ...ana, presence: 'away' } })
  expect(roster(spoken)).toEqual([{ ...ana, presence: 'away' }])
  newest().hear({ type: 'peer-gone', peerId: ANA, reason: 'left' })

  expect(roster(spoken)).toEqual([])
  expect(gone).toEqual([`${ANA} left`])
})

test('the roster is told only when it changes', async () => {
  const { client, newest } = await admitSpokenClient()
  newest().hear({ type: 'peer-joined', peer: ana })
  let told = 0
  client.roster.subscribe(() => (told += 1))

  client.reportLink(ANA, true)
  newest().hear({ type: 'peer-gone', peerId: BO, reason: 'left' })

  expect(told).toBe(0)
})

test('without the server the links decide, and their word ends after 20 s', async () => {
  const spoken = await admitSpokenClient()
  const { client, timers, newest } = spoken
  const gone: string[] = []
  client.onGone((peer, reason) => gone.push(`${peer} ${reason}`))
  newest().hear({ type: 'peer-joined', peer: ana })
  newest().hear({ type: 'peer-joined', peer: { ...ana, peerId: BO } })
  client.reportLink(ANA, true)
  client.reportLink(BO, true)

  newest().closeWith(1006)
  client.reportLink(BO, false)
  expect(roster(spoken).map(({ presence }) => presence)).toEqual(['here', 'away'])
  timers.advance(20_000)

  expect(roster(spoken)).toEqual([ana])
  expect(gone).toEqual([`${BO} timeout`])
})

test('signals go to those whom the server seats, and only while it is here', async () => {
  const { client, newest } = await admitSpokenClient()
  newest().hear({ type: 'peer-joined', peer: ana })
  newest().hear({ type: 'peer-joined', peer: { ...ana, peerId: BO, presence: 'away' } })
  const heard: string[] = []
  client.onSignal((from, data) => heard.push(`${from} ${data}`))

  newest().hear({ type: 'signal', from: ANA, data: 'hi' })

  expect(heard).toEqual([`${ANA} hi`])
  expect([client.canSignal(ANA), client.canSignal(BO), client.canSignal(ME)]).toEqual([
    true,
    false,
    false,
  ])
  expect(client.sendSignal(ANA, 'x'.repeat(16_385))).toBe(false)
  expect(client.sendSignal(ANA, 'ho')).toBe(true)
  expect(newest().said.at(-1)).toEqual({ type: 'signal', to: ANA, data: 'ho' })
  newest().closeWith(1006)
  expect([client.canSignal(ANA), client.sendSignal(ANA, 'ho')]).toEqual([false, false])
})

test('a new profile is told once, and in every later hello', async () => {
  const { client, timers, newest } = await admitSpokenClient()

  client.setSealed('BBBB')
  client.setSealed('BBBB')
  expect(newest().said.slice(1)).toEqual([{ type: 'profile', sealed: 'BBBB' }])
  newest().closeWith(1006)
  timers.advance(1000)
  newest().open()

  expect(newest().said[0]).toMatchObject({ sealed: 'BBBB' })
})

test('a profile that changed between hello and welcome is told after the welcome', async () => {
  const { client, newest } = await createSpokenClient()
  newest().open()
  client.setSealed('BBBB')
  expect(newest().said).toHaveLength(1)

  newest().hear(welcome())

  expect(newest().said.at(-1)).toEqual({ type: 'profile', sealed: 'BBBB' })
})

test('activity is reported at most every 5 s a kind, more often where idleness comes sooner', async () => {
  const { client, timers, newest } = await admitSpokenClient()
  const reports = (): number => newest().said.filter(({ type }) => type === 'active').length

  for (let second = 0; second < 10; second++) {
    client.reportActive('input')
    client.reportActive('playback')
    timers.advance(1000)
  }
  expect(reports()).toBe(4)
  newest().hear(welcome({ inactivityTimeoutMs: 3000 }))
  client.reportActive('input')
  timers.advance(1000)
  client.reportActive('input')

  expect(reports()).toBe(6)
})

test('a doubted socket is replaced, unless the server has just been heard; each doubt takes longer', async () => {
  const { client, timers, sockets, newest } = await admitSpokenClient()
  client.suspect()
  expect(sockets).toHaveLength(1)

  timers.advance(8000)
  client.suspect()
  expect(sockets).toHaveLength(2)
  expect(client.state.read().status).toBe('admitted')
  newest().open()
  newest().hear(welcome())
  timers.advance(15_999)
  client.suspect()
  expect(sockets).toHaveLength(2)
  timers.advance(1)
  client.suspect()

  expect(sockets).toHaveLength(3)
})

test.each(['online', 'doubt'] as const)(
  '[LINK19] while the seat moves (%s) no signal gets through, and what is said then goes with the welcome',
  async (cause) => {
    const { client, timers, newest, wake } = await admitSpokenClient()
    newest().hear({ type: 'peer-joined', peer: ana })
    timers.advance(8000)

    if (cause === 'online') wake('online')
    else client.suspect()
    expect([client.state.read().status, client.canSignal(ANA)]).toEqual(['admitted', false])
    expect(client.sendSignal(ANA, 'offer')).toBe(false)
    newest().open()
    expect(client.sendSignal(ANA, 'candidate')).toBe(false)
    expect(newest().said).toHaveLength(1)
    newest().hear(welcome({ roster: [ana] }))

    expect(newest().said.slice(1)).toEqual([
      { type: 'signal', to: ANA, data: 'offer' },
      { type: 'signal', to: ANA, data: 'candidate' },
    ])
    expect([client.canSignal(ANA), client.sendSignal(ANA, 'more')]).toEqual([true, true])
  },
)

test('[LINK19] what was said a second before the welcome is not said any more, nor more than 256 signals', async () => {
  const { client, timers, newest, wake } = await admitSpokenClient()
  newest().hear({ type: 'peer-joined', peer: ana })
  wake('online')
  client.sendSignal(ANA, 'late')
  timers.advance(1000)
  for (let said = 0; said < 300; said++) client.sendSignal(ANA, String(said))

  newest().open()
  newest().hear(welcome({ roster: [ana] }))

  const signals = newest().said.flatMap((each) => (each.type === 'signal' ? each.data : []))
  expect(signals).toEqual(Array.from({ length: 256 }, (_, at) => String(at + 44)))
})

test('[LINK19] a doubt is a first one again when the fresh socket has brought something of a peer', async () => {
  const { client, timers, sockets, newest } = await admitSpokenClient()
  for (const silenceMs of [8000, 16_000]) {
    timers.advance(silenceMs)
    client.suspect()
    newest().open()
    newest().hear(welcome({ roster: [ana] }))
  }
  expect(sockets).toHaveLength(3)

  newest().hear({ type: 'signal', from: ANA, data: 'hi' })
  timers.advance(8000)
  client.suspect()

  expect(sockets).toHaveLength(4)
})

test('a server that relays is not silent', async () => {
  const { client, timers, sockets, newest } = await admitSpokenClient()
  timers.advance(7999)

  newest().hearRaw(
    encodeRelayFrame({ urgency: 'wait', peer: ANA, payload: new Uint8Array(3) }).buffer,
  )
  timers.advance(1)
  client.suspect()

  expect(sockets).toHaveLength(1)
})

test('what the server lends is shown: ice servers, idle time, our id', async () => {
  const { client, newest } = await admitSpokenClient()
  const iceServers = [{ urls: 'stun:stun.example.org' }]
  const moved = { ...SEAT, peerId: BO }

  newest().hear(welcome({ iceServers, inactivityTimeoutMs: 1234, seat: moved }))

  expect(client.iceServers.read()).toEqual(iceServers)
  expect(client.inactivityTimeoutMs.read()).toBe(1234)
  expect(client.self.read()).toBe(BO)
})
