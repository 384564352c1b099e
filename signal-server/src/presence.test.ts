import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import type { Config } from './config.ts'
import { setServerStage, type ServerStage } from './server-stage.ts'
import { echo, joinPeer, type SeatedPeer } from './talking-peer.ts'

interface Duet extends ServerStage {
  readonly ana: SeatedPeer
  readonly bo: SeatedPeer
}

async function duet(overrides?: Partial<Config>, boAnswersPings = true): Promise<Duet> {
  const stage = await setServerStage(overrides)
  onTestFinished(stage.close)
  const ana = await joinPeer(stage.port, 'garage')
  const bo = await joinPeer(stage.port, 'garage', undefined, { autoPong: boAnswersPings })
  await ana.nextOf('peer-joined')
  return { ...stage, ana, bo }
}

test('[SIG12] a peer that falls silent is away within 12 s and gone 20 s later', async () => {
  const { ana, bo, live } = await duet({}, false)

  await live(11_999, ana)
  const before = ana.heard.filter(({ type }) => type === 'peer-changed')
  await live(1, ana)
  const away = await ana.nextOf('peer-changed')
  await live(20_000, ana)
  const gone = await ana.nextOf('peer-gone')

  const { peerId } = bo.welcome.seat
  expect(before).toEqual([])
  expect(away).toMatchObject({ peer: { peerId, presence: 'away' } })
  expect(gone).toEqual({ type: 'peer-gone', peerId, reason: 'timeout' })
})

test('[SIG12] a peer that answers pings stays here, though it says nothing', async () => {
  const { ana, bo, advance } = await duet()
  const pinged = (peer: SeatedPeer): Promise<unknown> =>
    new Promise((resolve) => peer.socket.once('ping', resolve))

  for (let beats = 0; beats < 6; beats += 1) {
    const pings = Promise.all([pinged(ana), pinged(bo)])
    advance(5_000)
    await pings
    // The pongs are on their way; a ping of our own comes back after they were read.
    await Promise.all([ana, bo].map(echo))
  }

  expect(ana.heard.slice(1)).toHaveLength(1)
  expect(bo.socket.readyState).toBe(bo.socket.OPEN)
})

test('[SIG12] a socket that closes without leave is away at once, its seat gone 20 s later', async () => {
  const { ana, bo, live } = await duet()

  bo.socket.close()
  const away = await ana.next()
  await live(19_999, ana)
  const before = ana.heard.filter(({ type }) => type === 'peer-gone')
  await live(1, ana)

  expect(away).toMatchObject({ type: 'peer-changed', peer: { presence: 'away' } })
  expect(before).toEqual([])
  expect(await ana.nextOf('peer-gone')).toMatchObject({ reason: 'timeout' })
})

test('[SIG12] whoever returns while away does not go', async () => {
  const { ana, bo, live, port } = await duet()
  bo.socket.close()
  await ana.nextOf('peer-changed')

  const back = await joinPeer(port, 'garage', bo.welcome.seat)
  await live(40_000, ana, back)

  expect(ana.heard.filter(({ type }) => type === 'peer-gone')).toEqual([])
})

test('[SIG13] whoever leaves is gone at once, and once', async () => {
  const { ana, bo, live } = await duet()

  bo.say({ type: 'leave' })
  bo.say({ type: 'leave' })

  expect(await bo.closed).toMatchObject({ code: CLOSE_CODES.left })
  const gone = { type: 'peer-gone', peerId: bo.welcome.seat.peerId, reason: 'left' }
  expect(await ana.next()).toEqual(gone)
  await live(40_000, ana)
  expect(ana.heard.filter(({ type }) => type === 'peer-gone' || type === 'peer-changed')).toEqual([
    gone,
  ])
})

test('[SIG14] a peer without input or playback is idle: closed by verdict, and gone', async () => {
  const { ana, bo, live } = await duet({ inactivityTimeoutMs: 60_000 })

  await live(56_000, ana, bo)
  ana.say({ type: 'active', by: 'input' })
  await ana.roundTrip()
  await live(4_000, ana)

  expect(await bo.closed).toEqual({ code: CLOSE_CODES.idle, reason: 'idle' })
  expect(await ana.nextOf('peer-gone')).toEqual({
    type: 'peer-gone',
    peerId: bo.welcome.seat.peerId,
    reason: 'idle',
  })
  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
})
