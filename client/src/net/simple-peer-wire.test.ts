import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { expect, test } from 'vitest'
import { createClockThread } from './clock-thread.ts'
import type { ClockThread } from './clock-thread.ts'
import { createFakeClockWorker } from './fake-clock-worker.ts'
import type { FakeClockWorker } from './fake-clock-worker.ts'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import { until } from './test-tab.ts'
import { createTimers } from './timers.ts'
import type { Wire, WireEvents } from './wire.ts'

const FRAME_BYTES = 4096
const now = (): number => performance.now()

const nothing = (): void => undefined
const MUTE: WireEvents = {
  onSignal: nothing,
  onOpen: nothing,
  onClosed: nothing,
  onPath: nothing,
  onFrame: nothing,
  onDrained: nothing,
}

interface Heard {
  readonly lane: string
  readonly frame: Uint8Array | undefined
  readonly arrivedMs: number
}

interface End {
  readonly wire: Wire
  readonly heard: Heard[]
  readonly counts: { opened: number; drained: number; closed: number }
}

/** Ana offers and bo answers; whoever has a thread gives it the clock lane. */
function connect(
  threads: Partial<Record<'ana' | 'bo', ClockThread>> = {},
): Record<'ana' | 'bo', End> {
  const { wrtc } = createNodeWrtc({ PeerConnection, ...polyfill } as unknown as NodeWebRtc)
  const ends: Partial<Record<'ana' | 'bo', End>> = {}
  const make = (self: 'ana' | 'bo', other: 'ana' | 'bo'): End => {
    const clockThread = threads[self]
    const createWire = createSimplePeerWires({
      iceServers: () => [],
      now,
      wrtc,
      ...(clockThread && { clockThread }),
    })
    const heard: Heard[] = []
    const counts = { opened: 0, drained: 0, closed: 0 }
    const events: WireEvents = {
      onSignal: (signal) => ends[other]?.wire.signal(signal),
      onOpen: () => (counts.opened += 1),
      onClosed: () => (counts.closed += 1),
      onPath: () => undefined,
      onFrame: (lane, frame, arrivedMs) => heard.push({ lane, frame, arrivedMs }),
      onDrained: () => (counts.drained += 1),
    }
    return { wire: createWire(self === 'ana', events), heard, counts }
  }
  const [ana, bo] = [make('ana', 'bo'), make('bo', 'ana')]
  return Object.assign(ends, { ana, bo })
}

/** The page's thread plays the worker's part: Node has no data channels that can be transferred. */
function startThread(loaded = Promise.resolve()): { thread: ClockThread; worker: FakeClockWorker } {
  const worker = createFakeClockWorker({ now, originMs: 0, loaded })
  return { worker, thread: createClockThread({ worker, originMs: 0, timers: createTimers() }) }
}

test('[LINK6] the connection takes a doc frame only while less than 16 KiB waits there', async () => {
  const { ana, bo } = connect()
  await until(() => ana.counts.opened === 1 && bo.counts.opened === 1)

  let [sent, most] = [0, 0]
  while (sent < 5000 && ana.wire.send('doc', new Uint8Array(FRAME_BYTES))) {
    sent += 1
    most = Math.max(most, ana.wire.bufferedBytes('doc'))
  }

  expect(sent).toBeLessThan(5000)
  expect(most).toBeGreaterThan(16 * 1024 - FRAME_BYTES)
  expect(most).toBeLessThan(16 * 1024 + FRAME_BYTES)
  await until(() => ana.counts.drained > 0 && bo.heard.length === sent)
  expect(ana.wire.send('doc', new Uint8Array(FRAME_BYTES))).toBe(true)
  ana.wire.close()
  bo.wire.close()
})

test('[LINK18] a thread that owns the clock lane and one that does not talk, and both stamp', async () => {
  const { thread } = startThread()
  const { ana, bo } = connect({ ana: thread })
  await until(() => ana.counts.opened > 0 && bo.counts.opened > 0)

  const beforeMs = now()
  // The lane sends nothing twice: what is lost is said anew.
  await until(() => {
    for (const { wire } of [ana, bo]) wire.send('clock', new Uint8Array(13).fill(7))
    return ana.heard.length > 0 && bo.heard.length > 0
  })

  for (const { lane, frame, arrivedMs } of [...ana.heard, ...bo.heard]) {
    const bytes = new Uint8Array(frame ?? [])
    const sentMs = new DataView(bytes.buffer).getFloat64(1)
    expect([lane, bytes[0], ...bytes.subarray(9)]).toEqual(['clock', 7, 7, 7, 7, 7])
    expect(sentMs).toBeGreaterThanOrEqual(beforeMs)
    expect(sentMs).toBeLessThanOrEqual(arrivedMs)
  }
  ana.wire.close()
  bo.wire.close()
  thread.close()
})

test('a connection whose clock lane is gone with its thread ends, and the next one has one of the page', async () => {
  const { thread, worker } = startThread()
  const { ana, bo } = connect({ ana: thread })
  await until(() => ana.counts.opened > 0 && bo.counts.opened > 0)

  worker.fail()
  await until(() => ana.counts.closed > 0 && bo.counts.closed > 0)
  const next = connect({ ana: thread })
  await until(() => next.ana.counts.opened > 0 && next.bo.counts.opened > 0)
  next.ana.wire.send('clock', new Uint8Array(13))
  await until(() => next.bo.heard.length === 1)

  expect([ana.counts.closed, bo.counts.closed]).toEqual([1, 1])
  expect(next.bo.heard[0]?.lane).toBe('clock')
  for (const { wire } of [ana, bo, next.ana, next.bo]) wire.close()
})

test('a connection is not open before the thread has its clock lane', async () => {
  let load = (): void => undefined
  const { thread } = startThread(new Promise((resolve) => (load = resolve)))
  const { ana, bo } = connect({ ana: thread })
  await until(() => bo.counts.opened > 0)
  bo.wire.send('live', new Uint8Array(3))
  await until(() => ana.heard.length > 0)
  const openedBefore = ana.counts.opened

  load()
  await until(() => ana.counts.opened > 0)

  expect(openedBefore).toBe(0)
  expect(ana.wire.send('clock', new Uint8Array(13))).toBe(true)
  for (const { wire } of [ana, bo]) wire.close()
  thread.close()
})

test.each([
  ['of our own', true, { type: 'renegotiate' }],
  ['of the other end', false, { type: 'offer', sdp: '' }],
] as const)('[LINK17] a restart %s takes the servers of now', (_, offers, signal) => {
  const { wrtc } = createNodeWrtc({ PeerConnection, ...polyfill } as unknown as NodeWebRtc)
  let iceServers = [{ urls: 'stun:old.example.org' }]
  const createWire = createSimplePeerWires({ iceServers: () => iceServers, now: () => 0, wrtc })
  const wire = createWire(offers, MUTE)

  iceServers = [{ urls: 'stun:new.example.org' }]
  wire.signal(signal)

  expect(wire.connection?.getConfiguration()).toMatchObject({
    iceServers: [{ urls: ['stun:new.example.org'] }],
    iceTransportPolicy: 'all',
  })
  wire.close()
})
