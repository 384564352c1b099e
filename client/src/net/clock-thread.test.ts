import { expect, test } from 'vitest'
import { createClockThread } from './clock-thread.ts'
import type { ClockThread } from './clock-thread.ts'
import { createFakeChannel } from './fake-channel.ts'
import { createFakeClockWorker } from './fake-clock-worker.ts'
import type { FakeClockWorker, FakeClockWorkerOptions } from './fake-clock-worker.ts'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'

const PAGE_ORIGIN_MS = 1_700_000_000_000
const LATER_MS = 400
/** Two that are missed, and a moment. */
const BEATS_MS = 8100

interface Stage {
  readonly timers: FakeTimers
  readonly worker: FakeClockWorker
  readonly thread: ClockThread
  /** What the port's user was told, in order. */
  readonly told: string[]
  readonly events: Parameters<ClockThread['take']>[1]
}

/** A thread that began 400 ms after the page. */
function startThread(options: Partial<FakeClockWorkerOptions> = {}): Stage {
  const timers = createFakeTimers()
  const worker = createFakeClockWorker({
    now: () => timers.now() - LATER_MS,
    originMs: PAGE_ORIGIN_MS + LATER_MS,
    ...options,
  })
  const thread = createClockThread({ worker, originMs: PAGE_ORIGIN_MS, timers })
  const told: string[] = []
  const events: Stage['events'] = {
    onOpen: () => told.push('open'),
    onFrame: (frame, arrivedMs) =>
      told.push(`${String(frame?.length)} bytes at ${String(arrivedMs)}`),
    onLost: () => told.push('lost'),
  }
  return { timers, worker, thread, told, events }
}

test('[LINK18] a frame is stamped when the thread has it, however late the page hears of it', async () => {
  const { timers, worker, thread, told, events } = startThread()
  const clock = createFakeChannel()
  const port = thread.take(clock.channel, events)
  await worker.idle()
  clock.open()
  await worker.idle()

  const sentMs = timers.now()
  clock.arrive(new Uint8Array(13))
  timers.sleep(12)
  await worker.idle()
  const isSent = port?.send(new Uint8Array(13))
  timers.sleep(3)
  await worker.idle()

  expect(told).toEqual(['open', `13 bytes at ${String(sentMs)}`])
  expect(isSent).toBe(true)
  const [frame = new Uint8Array(9)] = clock.sent
  expect(new DataView(frame.buffer).getFloat64(1)).toBe(sentMs + 15)
})

test('a thread whose clock is wrong is put right, at first and when it slips later', async () => {
  let slipMs = 3
  const { timers, worker, thread, told, events } = startThread({
    now: () => timers.now() - LATER_MS + slipMs,
  })
  const clock = createFakeChannel()
  thread.take(clock.channel, events)
  await worker.idle()
  const stampNow = async (): Promise<void> => {
    clock.arrive(new Uint8Array(13))
    await worker.idle()
  }

  const firstMs = timers.now()
  await stampNow()
  slipMs = -20
  timers.advance(4000)
  await worker.idle()
  const secondMs = timers.now()
  await stampNow()

  expect(told).toEqual([`13 bytes at ${String(firstMs)}`, `13 bytes at ${String(secondMs)}`])
})

test('where no channel can be transferred the channel stays as it was, and the worker goes', () => {
  const { worker, thread, events } = startThread({ canTransfer: false })
  const clock = createFakeChannel()

  const ports = [clock, createFakeChannel()].map(({ channel }) => thread.take(channel, events))

  expect(ports).toEqual([undefined, undefined])
  expect(clock.channel.binaryType).toBe('blob')
  expect(worker.isTerminated()).toBe(true)
})

test('what a worker that does not load was given is lost, and no more is given to it', async () => {
  const { worker, thread, told, events } = startThread({ hears: () => false })
  const port = thread.take(createFakeChannel().channel, events)
  await worker.idle()

  worker.fail()

  expect(told).toEqual(['lost'])
  expect(port?.send(new Uint8Array(13))).toBe(false)
  expect(thread.take(createFakeChannel().channel, events)).toBeUndefined()
  expect(worker.isTerminated()).toBe(true)
})

test('a worker that falls silent is taken for dead', async () => {
  let hears = true
  const { timers, worker, thread, told, events } = startThread({ hears: () => hears })
  thread.take(createFakeChannel().channel, events)
  for (let beat = 0; beat < 5; beat++) {
    timers.advance(4000)
    await worker.idle()
  }

  expect(told).toEqual([])
  hears = false
  timers.advance(4000)
  timers.advance(BEATS_MS)

  expect(told).toEqual(['lost'])
  expect(timers.waiting()).toBe(0)
})

test('a page that slept takes nobody for dead', async () => {
  const { timers, worker, thread, told, events } = startThread()
  thread.take(createFakeChannel().channel, events)

  timers.sleep(60_000)
  timers.advance(1)
  await worker.idle()
  timers.advance(BEATS_MS)

  expect(told).toEqual([])
})

test('a port that is closed closes its channel and hears nothing more', async () => {
  const { worker, thread, told, events } = startThread()
  const clock = createFakeChannel()
  const port = thread.take(clock.channel, events)
  await worker.idle()
  clock.open()
  clock.arrive(new Uint8Array(13))

  port?.close()
  await worker.idle()

  expect(told).toEqual([])
  expect(clock.channel.readyState).toBe('closed')
  expect(port?.isOpen()).toBe(false)
})

test('fifty threads that were closed leave neither a worker nor a timer, and tell nobody', async () => {
  const stages = Array.from({ length: 50 }, () => startThread())

  for (const { worker, thread, events } of stages) {
    thread.take(createFakeChannel().channel, events)
    await worker.idle()
    thread.close()
    thread.close()
  }

  expect(stages.every(({ worker }) => worker.isTerminated())).toBe(true)
  expect(stages.flatMap(({ timers }) => timers.waiting())).toEqual(stages.map(() => 0))
  expect(stages.flatMap(({ told }) => told)).toEqual([])
})
