import type { Sent } from '../page/page-types.ts'
import { figuresOf, type Row } from '../rows.ts'
import { joinTogether, openRoom, type Side, type Stage } from './bench-room.ts'
import { delaysOf } from './delays.ts'

const SIZES = [
  { name: '100 kB', bytes: 100_000 },
  { name: '300 kB', bytes: 300_000 },
  { name: '1 MB', bytes: 1_000_000 },
  { name: '4 MB', bytes: 4_000_000 },
] as const
const MS_A_MB = 2000
const LIVE_EVERY_MS = 10
const LIVE_P95_MS = 50
const LIVE_SHARE = 0.95
const JOIN_LIMIT_MS = 10_000
/** What the stock is given, at least; it needs less where it delivers at all. */
const SHORTEST_WAIT_MS = 3000

interface Visit {
  /** From the newcomer's first link until it had the whole song; undefined when it never had. */
  readonly wholeMs: number | undefined
  readonly bytes: number
  /** Of the live frames sent while the song's bytes came in, those that arrived, in ms. */
  readonly liveMs: readonly number[]
  /** The same until the newcomer had made a song of the bytes. */
  readonly liveUntilWholeMs: readonly number[]
  readonly liveSent: number
}

/** A newcomer gets songs of several sizes while live frames flow on the same link; ours beside the stock. */
export async function lateJoinerRows(stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = []
  const ours: Visit[] = []
  const stock: Visit[] = []
  for (const { name, bytes } of SIZES) {
    stage.say(`mesh: a newcomer of ${name}, ours and stock …`)
    const mine = await visit(stage, 'ours', bytes)
    const theirs = await visit(stage, 'stock', bytes)
    ours.push(mine)
    stock.push(theirs)
    rows.push(sizeRow(name, mine, theirs))
  }
  return [...rows, ...liveRows(ours, stock)]
}

async function visit(stage: Stage, side: Side, bytes: number): Promise<Visit> {
  const room = await openRoom(stage, side, 2)
  try {
    const [host, newcomer] = room.pages
    if (host === undefined || newcomer === undefined) throw new Error('two pages must be there')
    const name = stage.newRoom()
    await joinTogether(stage, [host], name, 0, JOIN_LIMIT_MS)
    const filled = await host.evaluate((it, wanted) => it.fill(wanted), bytes)
    await host.evaluate((it, everyMs) => {
      it.startLive(everyMs)
    }, LIVE_EVERY_MS)
    await joinTogether(stage, [newcomer], name, 1, JOIN_LIMIT_MS)
    const limitMs = Math.max(SHORTEST_WAIT_MS, (MS_A_MB * filled.bytes) / 1e6)
    const arrived = await newcomer.evaluate((it, arrival) => it.arrival(arrival), {
      entries: filled.entries,
      limitMs,
    })
    const sent = await host.evaluate((it) => it.stopLive())
    await Promise.all(room.pages.map((page) => page.evaluate((it) => it.openRaw())))
    const [offsetMs = NaN] = Object.values(await host.evaluate((it) => it.offsetsMs()))
    const heard = await newcomer.evaluate((it) => it.heard())
    const { linkedMs, lastByteMs, wholeMs } = arrived
    const until = (endMs: number | null): readonly Sent[] =>
      sent.filter(({ atMs }) => {
        const byNewcomer = atMs + offsetMs
        return byNewcomer >= linkedMs && byNewcomer < (endMs ?? linkedMs + limitMs)
      })
    return {
      wholeMs: wholeMs === null ? undefined : wholeMs - linkedMs,
      bytes: filled.bytes,
      liveMs: delaysOf(until(lastByteMs), heard, 'live', offsetMs),
      liveUntilWholeMs: delaysOf(until(wholeMs), heard, 'live', offsetMs),
      liveSent: until(wholeMs).length,
    }
  } finally {
    await room.close()
  }
}

function sizeRow(name: string, ours: Visit, stock: Visit): Row {
  const goalMs = Math.round((MS_A_MB * ours.bytes) / 1e6)
  return {
    suite: 'mesh',
    row: `a newcomer's whole song of ${name} (${ours.bytes} bytes), from its first link`,
    unit: 'ms',
    ours: { value: rounded(ours.wholeMs ?? Infinity) },
    baseline: stock.wholeMs === undefined ? null : { value: rounded(stock.wholeMs) },
    baselineIs: 'stock y-webrtc',
    goal: `at most ${goalMs} ms (2 s a MB)${stock.wholeMs === undefined ? '; in the stock it never arrives' : ''}`,
    holds: (ours.wholeMs ?? Infinity) <= goalMs,
  }
}

function liveRows(ours: readonly Visit[], stock: readonly Visit[]): readonly Row[] {
  const waits = (row: string, pick: (visit: Visit) => readonly number[]): Row => {
    const mine = figuresOf(ours.flatMap(pick))
    return {
      suite: 'mesh',
      row,
      unit: 'ms',
      ours: mine,
      baseline: figuresOf(stock.flatMap(pick)),
      baselineIs: 'stock y-webrtc, as awareness; its large songs never set out',
      goal: `p95 at most ${LIVE_P95_MS} ms`,
      holds: mine.p95 <= LIVE_P95_MS,
    }
  }
  return [
    waits("a live frame to a newcomer while those songs' bytes flow", ({ liveMs }) => liveMs),
    waits(
      'the same until the newcomer has made songs of them',
      ({ liveUntilWholeMs }) => liveUntilWholeMs,
    ),
    {
      suite: 'mesh',
      row: 'live frames that arrived beside those songs',
      unit: 'share',
      ours: { value: shareOf(ours) },
      baseline: { value: shareOf(stock) },
      baselineIs: 'stock y-webrtc, as awareness',
      goal: `at least ${LIVE_SHARE}`,
      holds: shareOf(ours) >= LIVE_SHARE,
    },
  ]
}

function shareOf(visits: readonly Visit[]): number {
  const arrived = visits.reduce((sum, { liveUntilWholeMs }) => sum + liveUntilWholeMs.length, 0)
  const sent = visits.reduce((sum, { liveSent }) => sum + liveSent, 0)
  return sent === 0 ? 0 : rounded(arrived / sent)
}

const rounded = (value: number): number => Number(value.toFixed(2))
