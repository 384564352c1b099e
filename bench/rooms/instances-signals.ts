import { setTimeout as rest } from 'node:timers/promises'
import { figuresOf, type Row } from '../rows.ts'
import { processorSeconds } from '../server/proc.ts'
import { rounded } from '../server/stage.ts'
import type { Say } from '../suite.ts'
import {
  onTwoInstances,
  randomKey,
  type Sitter,
  sitAt,
  type TwoInstances,
} from './two-instances.ts'

const PAIRS = 100
const SETTLE_MS = 5_000
const WARM_UP = 2_000
const STEADY = 12_000
const PER_SECOND = 500
const BURST = 30_000
const AT_ONCE = 64
const DATA_CHARS = 1_000
const SEQ_DIGITS = 8
const LOST_AFTER_MS = 60_000
const REST = '.'.repeat(DATA_CHARS - SEQ_DIGITS)
const MAX_OVER_P50_MS = 0.5
const MAX_OVER_P99_MS = 3
const MAX_REDIS_MS = 15

/** Two of one room. */
type Pair = readonly [Sitter, Sitter]

/** What a signal from one instance to another costs beside one that stays at its own. */
export async function instancesSignalRows(say: Say): Promise<readonly Row[]> {
  return onTwoInstances(async (two) => {
    say(`rooms: ${PAIRS} pairs at one instance, and as many over two …`)
    const local = await seat(two, 0, 0)
    const across = await seat(two, 0, 1)
    // Who came in a crowd may have been served before their room's home was heard of; by now the parts are one.
    await rest(SETTLE_MS)
    await Promise.all([local, across].map((pairs) => passAll(pairs, WARM_UP, PER_SECOND)))
    // Side by side: whatever else this machine does meets both alike.
    const [localMs, acrossMs] = await Promise.all([
      passAll(local, STEADY, PER_SECOND),
      passAll(across, STEADY, PER_SECOND),
    ])
    const before = await processorSeconds(two.redis.pid())
    await passAll(across, BURST, 0)
    const redisMs = ((await processorSeconds(two.redis.pid())) - before) * (1e6 / BURST)
    const beforeSteady = await processorSeconds(two.redis.pid())
    await passAll(across, STEADY, PER_SECOND)
    const steadyMs = ((await processorSeconds(two.redis.pid())) - beforeSteady) * (1e6 / STEADY)
    for (const pair of [...local, ...across]) for (const sitter of pair) sitter.close()
    return rowsOf(localMs, acrossMs, redisMs, steadyMs)
  })
}

const seat = ({ servers }: TwoInstances, from: 0 | 1, to: 0 | 1): Promise<readonly Pair[]> =>
  Promise.all(
    Array.from({ length: PAIRS }, async () => {
      const key = randomKey()
      const sender = await sitAt(servers[from].url, key)
      return [sender, await sitAt(servers[to].url, key)] as const
    }),
  )

/** @param perSecond 0: as fast as they arrive @returns how long each was on its way, in ms */
function passAll(
  pairs: readonly Pair[],
  count: number,
  perSecond: number,
): Promise<readonly number[]> {
  const sentMs = new Float64Array(count)
  const tookMs: number[] = []
  let sent = 0

  function send(): void {
    const seq = sent++
    const pair = pairs[seq % pairs.length]
    if (pair === undefined) throw new Error('there must be pairs')
    sentMs[seq] = performance.now()
    pair[0].send(pair[1].id, String(seq).padStart(SEQ_DIGITS, '0') + REST)
  }

  return new Promise((resolve, reject) => {
    const endWait = setTimeout(() => {
      reject(new Error(`${count} signals must arrive, got ${tookMs.length}`))
    }, LOST_AFTER_MS)
    const fill = (): void => {
      while (sent < count && sent - tookMs.length < AT_ONCE) send()
    }
    for (const [, receiver] of pairs) {
      receiver.onSignal((data) => {
        tookMs.push(performance.now() - (sentMs[Number(data.slice(0, SEQ_DIGITS))] ?? NaN))
        if (perSecond === 0) fill()
        if (tookMs.length < count) return
        clearTimeout(endWait)
        resolve(tookMs)
      })
    }
    const startMs = performance.now()
    const tick = (): void => {
      const due = Math.min(count, ((performance.now() - startMs) / 1000) * perSecond)
      while (sent < Math.floor(due)) send()
      if (sent < count) setTimeout(tick, 1)
    }
    if (perSecond === 0) fill()
    else tick()
  })
}

function rowsOf(
  localMs: readonly number[],
  acrossMs: readonly number[],
  redisMs: number,
  steadyMs: number,
): readonly Row[] {
  const [local, across] = [figuresOf(localMs), figuresOf(acrossMs)]
  const [overP50, overP99] = [rounded(across.p50 - local.p50), rounded(across.p99 - local.p99)]
  return [
    {
      suite: 'rooms',
      row: `a signal of 1 kB from one instance to another, ${PER_SECOND} a second`,
      unit: 'ms',
      ours: across,
      baseline: local,
      baselineIs: 'at one instance, as many in the same seconds',
      goal: `p50 at most ${MAX_OVER_P50_MS} ms and p99 at most ${MAX_OVER_P99_MS} ms over the local ones (are ${overP50} and ${overP99})`,
      holds: overP50 <= MAX_OVER_P50_MS && overP99 <= MAX_OVER_P99_MS,
    },
    {
      suite: 'rooms',
      row: 'processor time of Redis for 1,000 such signals as fast as they arrive',
      unit: 'ms',
      ours: { value: rounded(redisMs) },
      baseline: null,
      baselineIs: null,
      beside: [
        {
          is: `at ${PER_SECOND} a second, each of which wakes it`,
          figures: { value: rounded(steadyMs) },
        },
      ],
      goal: `at most ${MAX_REDIS_MS} ms`,
      holds: redisMs <= MAX_REDIS_MS,
    },
  ]
}
