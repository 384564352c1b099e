import type { Page } from '@playwright/test'

interface ClockWatch {
  /** Round trips on the clock lane since the watch began or was cleared, less the time between the two at the far end; ms. */
  readonly tripsMs: number[]
  /** Clock lanes that the page made, by who has them now. */
  owners(): readonly ('thread' | 'page')[]
}

declare global {
  interface Window {
    /** Put there by `watchClock`. */
    testClock?: ClockWatch
  }
}

/** Runs in the page before its own scripts, and sees what comes in on the clock lanes, whoever owns them. */
export function watchClock(): void {
  const tripsMs: number[] = []
  const lanes: RTCDataChannel[] = []
  const transferred = new Set<unknown>()

  function take(frame: Uint8Array, arrivedMs: number): void {
    const view = new DataView(frame.slice().buffer)
    const PONG = 2
    if (frame.length < 29 || frame[0] !== PONG) return
    const [sentMs, echoMs, receivedMs] = [1, 13, 21].map((at) => view.getFloat64(at))
    tripsMs.push(arrivedMs - (echoMs ?? 0) - ((sentMs ?? 0) - (receivedMs ?? 0)))
  }

  const connectionOf = RTCPeerConnection.prototype
  const createNatively = Reflect.get(connectionOf, 'createDataChannel')
  connectionOf.createDataChannel = function (...args): RTCDataChannel {
    const channel = createNatively.apply(this, args)
    if (args[0] === 'clock') {
      lanes.push(channel)
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        take(new Uint8Array(data), performance.now())
      })
    }
    return channel
  }

  const Native = window.Worker
  window.Worker = class extends Native {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args)
      type Message = MessageEvent<{ kind?: string; frame?: Uint8Array; arrivedMs?: number }>
      this.addEventListener('message', ({ data: { kind, frame, arrivedMs } }: Message) => {
        if (kind === 'frame' && frame && arrivedMs !== undefined) take(frame, arrivedMs)
      })
    }
    override postMessage(message: unknown, options?: Transferable[] | StructuredSerializeOptions) {
      const transfer = Array.isArray(options) ? options : []
      super.postMessage(message, transfer)
      for (const each of transfer) transferred.add(each)
    }
  }

  window.testClock = {
    tripsMs,
    owners: () => lanes.map((lane) => (transferred.has(lane) ? 'thread' : 'page')),
  }
}

/** Runs in the page before its own scripts: a browser that cannot transfer data channels, as Firefox was for long. */
export function forbidTransfer(): void {
  const Native = window.Worker
  window.Worker = class extends Native {
    override postMessage(message: unknown, options?: Transferable[] | StructuredSerializeOptions) {
      const transfer = Array.isArray(options) ? options : []
      if (transfer.some((each) => each instanceof RTCDataChannel)) {
        throw new DOMException('RTCDataChannel cannot be transferred', 'DataCloneError')
      }
      super.postMessage(message, transfer)
    }
  }
}

/** The workers of the page that own its clock lanes. */
export const clockThreads = (page: Page): number =>
  page.workers().filter((worker) => worker.url().includes('clock-thread-worker')).length

/** From now on the page computes for 12 of each 16 ms. */
export const keepBusy = (page: Page): Promise<void> =>
  page.evaluate(() => {
    setInterval(() => {
      const untilMs = performance.now() + 12
      while (performance.now() < untilMs);
    }, 16)
  })

/** Forgets what was seen of the clock lanes, and resolves with the next so many round trips, ms. */
export async function nextTrips(page: Page, count: number): Promise<readonly number[]> {
  await page.evaluate(() => window.testClock?.tripsMs.splice(0))
  await page.waitForFunction((wanted) => (window.testClock?.tripsMs.length ?? 0) >= wanted, count, {
    polling: 200,
    timeout: 60_000,
  })
  return page.evaluate(() => window.testClock?.tripsMs ?? [])
}
