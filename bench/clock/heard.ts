import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { recordOutputs } from '../../e2e/capture.ts'
import { type Pair, pairsOf, recordAll, soundShort } from '../../e2e/jam-sound.ts'
import { createJammer } from '../../e2e/jammer.ts'
import type { Recording } from '../../e2e/listen.ts'
import { startTestServer } from '../../e2e/server.ts'
import { openBrowser } from '../browser.ts'
import { figuresOf, type Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { lostBuffers, watchBuffers } from './lost-buffers.ts'
import { type PulseServer, type Side, startPulse, type StereoTape } from './pulse.ts'
import { clickByWallClock } from './wall-clicks.ts'

const SECONDS = 65
/** Connections, the first buffers and the browsers' own clocks come to rest. */
const SETTLE_MS = 10_000
const STEPS = [1, 5, 9, 13]
const C4 = 60
/** At 120 beats a minute, and of the clicks beside. */
const BEAT_MS = 500
/** By then the sound server has found its pace, which takes it half a minute. */
const LAST_SECONDS = 30
const GOAL_P50_MS = 0.5
const GOAL_P95_MS = 2

interface Listening {
  readonly pairs: readonly Pair[]
  readonly lost: number
}

/** Two browsers play left and right into one loudspeaker; how far apart the same notes are in its one recording. */
export async function heardRows(say: Say): Promise<readonly Row[]> {
  const pulse = await startPulse()
  const browsers: Browser[] = []
  try {
    for (const side of ['left', 'right'] as const) browsers.push(await audible(pulse, side))
    const [left, right] = browsers
    if (left === undefined || right === undefined) throw new Error('two browsers must be there')
    say(`clock: what is heard of two browsers in one recording, ${SECONDS} s …`)
    const ours = await hearJam(pulse, left, right)
    say(`clock: clicks by plain timestamps in the same two browsers, ${SECONDS} s …`)
    const clicks = await hearClicks(pulse, left, right)
    say(`clock: this machine's load meanwhile ${(loadavg()[0] ?? NaN).toFixed(1)}`)
    tellWhere(say, 'ours', ours.heard)
    tellWhere(say, 'baseline', clicks)
    return rowsOf(ours, clicks)
  } finally {
    for (const browser of browsers) await browser.close()
    await pulse.close()
  }
}

const audible = (pulse: PulseServer, side: Side): Promise<Browser> =>
  openBrowser([], { ignoreDefaultArgs: ['--mute-audio'], env: pulse.envOf(side) })

async function hearJam(
  pulse: PulseServer,
  left: Browser,
  right: Browser,
): Promise<{ readonly heard: Listening; readonly inPage: readonly Pair[] }> {
  const server = await startTestServer()
  try {
    const ana = createJammer(await watchedPage(left), 'ana')
    const bo = createJammer(await watchedPage(right), 'bo')
    await ana.page.goto(server.url)
    await ana.startJam()
    await bo.join(ana.link())
    await soundShort(ana)
    for (const step of STEPS) await ana.toggle(C4, step)
    await ana.play()
    await pulse.separate()
    await pause(SETTLE_MS)
    const pages = [ana.page, bo.page]
    const lostBefore = await lostBuffers(pages)
    const stop = await pulse.record()
    const [atAna, atBo] = await recordAll([ana, bo], SECONDS)
    const pairs = pairsOn(await stop())
    if (!atAna || !atBo) throw new Error('two recordings must be there')
    const lost = (await lostBuffers(pages)) - lostBefore
    await Promise.all(pages.map((page) => page.context().close()))
    return { heard: { pairs, lost }, inPage: pairsOf(atAna, atBo) }
  } finally {
    await server.close()
  }
}

async function hearClicks(pulse: PulseServer, left: Browser, right: Browser): Promise<Listening> {
  const pages = [await watchedPage(left), await watchedPage(right)]
  await Promise.all(pages.map((page) => page.evaluate(clickByWallClock, BEAT_MS)))
  await pulse.separate()
  await pause(SETTLE_MS)
  const lostBefore = await lostBuffers(pages)
  const stop = await pulse.record()
  await pause(SECONDS * 1000)
  const pairs = pairsOn(await stop())
  return { pairs, lost: (await lostBuffers(pages)) - lostBefore }
}

async function watchedPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true })
  // The runner that compiles this file marks functions with a helper that the page does not have.
  await context.addInitScript({ content: 'globalThis.__name = (value) => value' })
  await context.addInitScript(watchBuffers)
  await context.addInitScript(recordOutputs)
  return context.newPage()
}

/** Both channels of one recording, on the clock that they share. */
function pairsOn({ left, right, sampleRate }: StereoTape): readonly Pair[] {
  const channel = (pcm: Float32Array): Recording => ({
    sampleRate,
    firstFrame: 0,
    pcm,
    moments: [[0, 0]],
  })
  return pairsOf(channel(left), channel(right))
}

/** Which side comes first on the whole, and how many notes were heard on both. */
function tellWhere(say: Say, whose: string, { pairs }: Listening): void {
  const skews = pairs.map(({ skewMs }) => skewMs).sort((a, b) => a - b)
  const middle = skews[skews.length >> 1] ?? NaN
  const due = Math.floor((SECONDS * 1000) / BEAT_MS)
  say(
    `clock: ${whose}: ${skews.length} notes on both sides (some ${due} were due), right later by ${middle.toFixed(2)} ms in the middle`,
  )
}

function rowsOf(
  { heard, inPage }: { readonly heard: Listening; readonly inPage: readonly Pair[] },
  clicks: Listening,
): readonly Row[] {
  const skew = (pairs: readonly Pair[]) => figuresOf(pairs.map(({ skewMs }) => Math.abs(skewMs)))
  const ours = skew(heard.pairs)
  const words = skew(inPage)
  const lastBeats = (LAST_SECONDS * 1000) / BEAT_MS
  const late = skew(heard.pairs.slice(-lastBeats))
  const isGood = ({ p50, p95 }: typeof ours): boolean => p50 <= GOAL_P50_MS && p95 <= GOAL_P95_MS
  const goal = `p50 at most ${GOAL_P50_MS} ms, p95 at most ${GOAL_P95_MS} ms`
  return [
    {
      suite: 'clock',
      row: 'the same notes of two browsers, heard in one recording of the loudspeaker',
      unit: 'ms',
      ours,
      baseline: skew(clicks.pairs),
      baselineIs: 'native clicks by plain timestamps, agreed on one wall clock',
      goal,
      holds: isGood(ours),
    },
    {
      suite: 'clock',
      row: `the last ${LAST_SECONDS} seconds of these`,
      unit: 'ms',
      ours: late,
      baseline: skew(clicks.pairs.slice(-lastBeats)),
      baselineIs: 'as above',
      goal,
      holds: isGood(late),
    },
    {
      suite: 'clock',
      row: 'the same seconds by what the pages themselves say',
      unit: 'ms',
      ours: words,
      baseline: null,
      baselineIs: null,
      goal,
      holds: isGood(words),
    },
    {
      suite: 'clock',
      row: 'times that a browser had nothing to play meanwhile',
      unit: 'buffers',
      ours: { value: heard.lost },
      baseline: { value: clicks.lost },
      baselineIs: 'during the clicks',
      goal: 'none, which takes two cores to spare',
      holds: heard.lost === 0,
    },
  ]
}
