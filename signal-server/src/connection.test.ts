import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, PROTOCOL_VERSION } from '@beatcord/shared'
import { readConfig, type Config } from './config.ts'
import { setServerStage, until, type ServerStage } from './server-stage.ts'
import { authKeyOf, connectPeer, helloTo, joinPeer, rawSocketOf } from './talking-peer.ts'

const { frameBurst: FRAME_BURST, maxRefusals: MAX_REFUSALS } = readConfig({}).socketLimits

/** So long without a piece read nobody reads. */
const STILL_TURNS = 1_000

async function stageFor(overrides?: Partial<Config>): Promise<ServerStage> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  return stage
}

const isRefused = ({ type }: { type: string }): boolean => type === 'refused'

test('[SIG1] a hello is answered by a welcome', async () => {
  const iceServers = [{ urls: 'stun:127.0.0.1:3478' }]
  const { port } = await stageFor({ iceServers, inactivityTimeoutMs: 77_000 })

  const { welcome } = await joinPeer(port, 'garage')

  expect(welcome).toMatchObject({
    version: PROTOCOL_VERSION,
    roster: [],
    iceServers,
    inactivityTimeoutMs: 77_000,
  })
})

test('[SIG1] a socket that says no hello within 5 s is closed with 4408', async () => {
  const { port, advance } = await stageFor()
  const ana = await connectPeer(port)

  advance(4_999)
  const before = ana.socket.readyState
  advance(1)

  expect(before).toBe(ana.socket.OPEN)
  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES['no-hello'] })
})

test('[SIG1] before the hello nothing else is served, and one hello is enough', async () => {
  const { port } = await stageFor()
  const ana = await connectPeer(port)

  ana.say({ type: 'active', by: 'input' })
  const early = await ana.next()
  ana.say(helloTo('garage'))
  const welcome = await ana.next()
  ana.say(helloTo('cellar'))
  const late = await ana.next()

  expect(early).toMatchObject({ type: 'refused', code: 'not-admitted' })
  expect(welcome).toMatchObject({ type: 'welcome' })
  expect(late).toMatchObject({ type: 'refused', code: 'already-admitted' })
})

test('[SIG2] another version is refused and closed with the verdict 4504', async () => {
  const { port } = await stageFor()
  const ana = await connectPeer(port)

  ana.sayRaw(JSON.stringify({ ...helloTo('garage'), version: PROTOCOL_VERSION + 1 }))

  expect(await ana.next()).toMatchObject({ type: 'refused', code: 'version' })
  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES.version, reason: 'version' })
})

test('[SIG4] after 20 refusals the socket is closed with 4400', async () => {
  const { port, endsOf } = await stageFor()
  const ana = await joinPeer(port, 'garage')

  for (let sent = 0; sent < MAX_REFUSALS + 5; sent += 1) ana.sayRaw('{}')

  expect(await endsOf(ana)).toEqual([CLOSE_CODES.refused])
  expect(ana.heard.filter(isRefused)).toHaveLength(20)
})

test('[SIG4] signals to someone who has just gone are refused and not counted', async () => {
  const { port } = await stageFor()
  const ana = await joinPeer(port, 'garage')

  for (let sent = 0; sent < MAX_REFUSALS + 5; sent += 1) await ana.roundTrip()

  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
})

test('[SIG5] a full burst passes, more is refused, and a flood is closed with 4429', async () => {
  const { port, advance, endsOf } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const flood = (frames: number): void => {
    for (let sent = 0; sent < frames; sent += 1) ana.say({ type: 'active', by: 'input' })
  }

  flood(FRAME_BURST - 2)
  await ana.roundTrip()
  const afterBurst = ana.heard.filter((message) => 'code' in message && message.code === 'too-fast')
  advance(1_000)
  flood(50 + MAX_REFUSALS)

  expect(afterBurst).toEqual([])
  expect(await endsOf(ana)).toEqual([CLOSE_CODES['too-fast']])
  expect(ana.heard.at(-1)).toMatchObject({ type: 'refused', code: 'too-fast' })
})

test('[SIG4] who is closed for refusals is read no further, and cut off after 2 s', async () => {
  const { port, advance } = await stageFor()
  const ana = await joinPeer(port, 'garage')

  for (let sent = 0; sent < 20; sent += 1) ana.sayRaw('{}')
  // Frames of `{}`, more than the buffers of the system take on the way if nobody reads them.
  const frames = Buffer.alloc(64_000, Buffer.from('8182000000007b7d', 'hex'))
  for (let sent = 0; sent < 250; sent += 1) rawSocketOf(ana).write(frames)
  await until(() => ana.socket.readyState !== ana.socket.OPEN)
  const unread = (): number => rawSocketOf(ana).writableLength
  let before = unread()
  let turns = 0
  // Whoever reads takes a piece of it in every few turns of the event loop, which is the server's too.
  await until(() => {
    turns = unread() < before ? 0 : turns + 1
    before = unread()
    return turns === STILL_TURNS
  })
  const left = unread()
  advance(2_000)

  expect(left).toBeGreaterThan(1_000_000)
  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES.refused })
})

test.each(['ping', 'pong'] as const)(
  '[SIG5] a %s that nobody asked for is a frame like another',
  async (control) => {
    const { port, endsOf } = await stageFor()
    const ana = await joinPeer(port, 'garage')

    for (let sent = 0; sent < FRAME_BURST + MAX_REFUSALS; sent += 1) {
      const answered = new Promise((resolve) => ana.socket.once('pong', resolve))
      ana.socket[control]()
      // `ws` itself cuts off who sends more pings than it can answer.
      if (control === 'ping' && sent < FRAME_BURST) await answered
    }

    expect(await endsOf(ana)).toEqual([CLOSE_CODES['too-fast']])
  },
)

test('[SIG5] a pong that was asked for costs nothing', async () => {
  const { port, live } = await stageFor({
    socketLimits: { ...readConfig({}).socketLimits, frameBurst: 40, framesPerSecond: 1e-9 },
  })
  const ana = await joinPeer(port, 'garage')

  for (let pings = 0; pings < 30; pings += 1) {
    const ping = new Promise((resolve) => ana.socket.once('ping', resolve))
    await live(5_000)
    await ping
    await ana.roundTrip()
  }

  const codes = ana.heard.filter(isRefused).map((message) => 'code' in message && message.code)
  expect(new Set(codes)).toEqual(new Set(['no-such-peer']))
})

test('[SIG19] a peer that does not read is cut off, and the senders play on', async () => {
  const { port, advance } = await stageFor()
  const bo = await joinPeer(port, 'garage')
  const senders = []
  for (let joined = 0; joined < 14; joined++) senders.push(await joinPeer(port, 'garage'))
  bo.socket.pause()

  // More than the buffers of the system take on the way, from many who each keep to what they may send.
  for (const sender of senders) {
    for (let sent = 0; sent < 60; sent += 1) {
      sender.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'x'.repeat(16_000) })
    }
    await sender.roundTrip()
  }
  advance(2_000)

  for (const sender of senders) {
    expect(await sender.nextOf('peer-changed')).toMatchObject({ peer: { presence: 'away' } })
    expect(sender.socket.readyState).toBe(sender.socket.OPEN)
  }
})

test('[SIG7] neither key, room, name, address nor signal is logged', async () => {
  const { port, lines } = await stageFor()
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'candidate 10.9.8.7' })
  await bo.nextOf('signal')
  ana.sayRaw('{"name":"ana"}')
  await ana.roundTrip()
  ana.socket.terminate()
  await until(() => lines.some((line) => line.includes('socket closed')))

  const log = lines.join('')
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    'peer admitted',
    'peer admitted',
    'frame refused',
    'socket closed',
  ])
  const secrets = [
    authKeyOf('garage'),
    ana.welcome.seat.proof,
    '10.9.8.7',
    '127.0.0.1',
    '"ana"',
    'AAAA',
  ]
  for (const secret of secrets) expect(log).not.toContain(secret)
})
