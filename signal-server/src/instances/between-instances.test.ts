import type { PeerId, RoomId } from '@beatcord/shared'
import { expect, onTestFinished, test } from 'vitest'
import { createManualClock } from '../manual-clock.ts'
import { idOf, numbered, numberOf, untilStill } from '../relay-stage.ts'
import { authKeyToRoomId } from '../seats.ts'
import { setServerStage, until } from '../server-stage.ts'
import { authKeyOf, joinPeer } from '../talking-peer.ts'
import type { Directory } from './directory.ts'
import { type InstancesStage, setInstancesStage } from './instances-stage.ts'
import { createMemoryHub } from './memory-directory.ts'
import { encodeEnvelope, type Packet, parseEnvelope } from './packets.ts'

const FRAME_BYTES = 16_000

const idOfRoom = (word: string): RoomId => authKeyToRoomId(authKeyOf(word))

async function staged(...given: Parameters<typeof setInstancesStage>): Promise<InstancesStage> {
  const stage = await setInstancesStage(...given)
  onTestFinished(stage.close)
  return stage
}

test('[SIG46] relayed frames reach somebody at another instance, all of them and in order', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')

  for (let at = 0; at < 60; at++) ana.relay(idOf(bo), numbered(at, FRAME_BYTES))
  bo.relay(idOf(ana), numbered(7, 4), 'drop')

  expect((await bo.relayedCount(60)).map(numberOf)).toEqual([...Array(60).keys()])
  expect((await bo.relayedCount(60))[0]?.peer).toBe(idOf(ana))
  expect((await ana.relayedCount(1)).map(numberOf)).toEqual([7])
  expect(await ana.nextOf('relayed')).toMatchObject({ to: idOf(bo) })
})

test('[SIG46] one who reads nothing holds up neither the sender nor much memory, and gets all of it later', async () => {
  const { first, second } = await staged({ relayBytesPerSecond: 1_000_000_000 })
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')
  await ana.nextOf('peer-joined')
  bo.socket.pause()
  for (let at = 0; at < 50; at++) ana.relay(idOf(bo), numbered(at, FRAME_BYTES))
  ana.relay(idOf(cy), numbered(9, FRAME_BYTES))
  expect((await cy.relayedCount(1)).map(numberOf)).toEqual([9])
  await untilStill(ana, first.advance)
  const told = ana.heard.reduce((sum, message) => sum + ('bytes' in message ? message.bytes : 0), 0)
  // Unread by bo, and on its way: 128 KiB each, and what is told only with the next.
  expect(told).toBeLessThan(300_000)

  bo.socket.resume()
  await until(() => {
    first.advance(1)
    return bo.relayed.length === 50
  })
  expect(bo.relayed.map(numberOf)).toEqual([...Array(50).keys()])
})

test('[SIG46] a frame for one at another instance who is away, or of another room, finds nobody', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(second.port, 'cellar')
  await ana.nextOf('peer-joined')
  bo.socket.terminate()
  await ana.nextOf('peer-changed')

  for (const { welcome } of [bo, cy]) {
    ana.relay(welcome.seat.peerId, numbered(1, 4))
    expect(await ana.nextOf('refused')).toMatchObject({ code: 'no-such-peer' })
    ana.say({ type: 'signal', to: welcome.seat.peerId, data: 'x' })
    expect(await ana.nextOf('refused')).toMatchObject({ code: 'no-such-peer' })
  }
  expect(cy.relayed).toEqual([])
})

/** A server, and another instance that a test speaks for. */
async function spokenInstance(
  changed: (directory: Directory) => Directory = (each) => each,
): Promise<{
  readonly stage: Awaited<ReturnType<typeof setServerStage>>
  readonly other: Directory
  readonly me: string
  readonly advance: (ms: number) => void
}> {
  const clock = createManualClock()
  const hub = createMemoryHub(clock)
  const directory = changed(hub.join())
  const stage = await setServerStage({ metricsToken: 'a token of letters' }, 0, {
    clock,
    directory,
  })
  onTestFinished(stage.close)
  return { stage, other: hub.join(), me: directory.me, advance: clock.advance }
}

test('[SIG42] a signal of another instance that is older than 5 s is dropped, and counted', async () => {
  const { stage, other, me, advance } = await spokenInstance()
  const ana = await joinPeer(stage.port, 'garage')
  const signal = { type: 'signal', to: idOf(ana), from: idOf(ana), data: 'late' } as const
  const sentAt = (atMs: number, data: string): Promise<boolean> =>
    other.send(me, encodeEnvelope({ atMs, from: other.me, packets: [{ ...signal, data }] }))
  advance(10_000)

  await sentAt(4_900, 'stale')
  await sentAt(5_100, 'fresh')

  expect(await ana.nextOf('signal')).toMatchObject({ data: 'fresh' })
  expect(stage.lines.join('')).toContain('"reason":"stale"')
})

test.each([
  ['nothing', ''],
  ['no JSON', '{"atMs":'],
  ['no envelope', '[]'],
  ['another instance', '{"atMs":0,"from":"x","packets":[]}'],
  ['an unknown packet', '{"atMs":0,"from":"0123456789abcdef","packets":[{"type":"x"}]}'],
  ['a prototype', '{"__proto__":{"atMs":0},"from":"0123456789abcdef","packets":[]}'],
  ['a deep list', `{"atMs":0,"from":"0123456789abcdef","packets":${'['.repeat(50_000)}`],
  ['a relayed frame without a head', '\u0001short'],
  ['a relayed frame of any bytes', `\u0001${'x'.repeat(200)}`],
])('[SIG42] what is no packet changes nothing: %s', async (_name, text) => {
  const { stage, other, me } = await spokenInstance()
  const ana = await joinPeer(stage.port, 'garage')

  await other.send(me, Buffer.from(text))

  const bo = await joinPeer(stage.port, 'garage')
  ana.say({ type: 'signal', to: idOf(bo), data: 'offer' })
  expect(await bo.nextOf('signal')).toMatchObject({ data: 'offer' })
})

test.each(['release', 'close'] as const)(
  '[SIG44] an instance that ends is no home any more, however long it takes to %s all',
  async (slow) => {
    let isOver = (): void => undefined
    const over = new Promise<void>((resolve) => (isOver = resolve))
    onTestFinished(() => {
      isOver()
    })
    const attic = idOfRoom('attic')
    const { stage, other, me } = await spokenInstance((directory) => ({
      ...directory,
      async release(name, forgets) {
        if (slow === 'release' && name === attic) await over
        await directory.release(name, forgets)
      },
      async close() {
        if (slow === 'close') await over
        await directory.close()
      },
    }))
    const heard: Packet[] = []
    other.onPacket((bytes) => heard.push(...(parseEnvelope(bytes)?.packets ?? [])))
    const heardOf = (type: Packet['type']): number =>
      heard.filter((packet) => packet.type === type).length
    const room = idOfRoom('garage')
    const join = (sit: number, peer: string): Promise<boolean> => {
      const peerId = peer.repeat(26) as PeerId
      const packet = { type: 'join', room, sit, satMs: 0, peerId, sealed: '' } as const
      const envelope = { atMs: other.nowMs(), from: other.me, packets: [packet] }
      return other.send(me, encodeEnvelope(envelope))
    }
    await joinPeer(stage.port, 'garage')
    await joinPeer(stage.port, 'attic')
    await join(1, 'b')
    await expect.poll(() => heardOf('joined')).toBe(1)

    const closed = stage.close()
    await expect.poll(() => heardOf('not-home')).toBe(1)
    if (slow === 'close') await new Promise((resolve) => setImmediate(resolve))
    await join(2, 'c')

    await expect.poll(() => heardOf('not-home')).toBe(2)
    expect(heardOf('joined')).toBe(1)
    expect(await other.claim(room)).toMatchObject({ home: other.me })
    isOver()
    await closed
  },
)
