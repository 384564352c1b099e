import type { Browser, Page } from '@playwright/test'

/** One event of Chromium's trace. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds, of the clock and of the thread's own time. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: Readonly<Record<string, unknown>>
}

/** What the browser did for a page meanwhile. */
export interface Traced {
  /** Frames that the page's compositor gave to be shown. */
  readonly shown: number
  /** Frames that the page's main thread made. */
  readonly made: number
  /** What the page's main thread was busy, in time of its own: others on the machine take nothing from it, ms. */
  readonly busyMs: number
}

const CATEGORIES = [
  'cc',
  'benchmark',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
]
const COMMIT = 'ProxyMain::BeginMainFrame::commit'
const SHOWN = 'DrawFrame'

export async function traced(
  browser: Browser,
  page: Page,
  run: () => Promise<void>,
): Promise<Traced> {
  await browser.startTracing(page, { categories: CATEGORIES })
  let text = ''
  try {
    await run()
  } finally {
    text = (await browser.stopTracing()).toString()
  }
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] }
  return summed(traceEvents)
}

function summed(events: readonly TraceEvent[]): Traced {
  // A browser has processes for pages that nobody opened: ours is the one that makes frames, or else runs the most.
  const mains = events.filter(
    ({ ph, name, args }) =>
      ph === 'M' && name === 'thread_name' && args?.['name'] === 'CrRendererMain',
  )
  const all = mains.map(({ pid, tid }) => {
    const own = events.filter((event) => event.pid === pid)
    return {
      shown: own.filter(({ name }) => name === SHOWN).length,
      made: own.filter(({ name, ph }) => name === COMMIT && ph === 'X').length,
      busyMs: busyMs(own.filter((event) => event.tid === tid)),
    }
  })
  const [busiest] = all.sort((one, other) => other.made - one.made || other.busyMs - one.busyMs)
  if (busiest === undefined) throw new Error('a page must be in the trace')
  return busiest
}

/** Of what is within something else only that counts. */
function busyMs(events: readonly TraceEvent[]): number {
  const spans = events
    .filter(({ ph, dur }) => ph === 'X' && dur !== undefined)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0))
  let end = -Infinity
  let sum = 0
  for (const { ts, dur = 0, tdur = dur } of spans) {
    if (ts < end) continue
    end = ts + dur
    sum += tdur
  }
  return sum / 1000
}
