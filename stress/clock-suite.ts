import { inBrowsers, LONG } from './browsers.ts'
import { randomRooms } from './clock-simulations.ts'
import type { Given, Scenario } from './scenario.ts'

const GOAL_P95_MS = '1'
/** Blocking shows within minutes; browsers slow hidden tabs down further after five. */
const BLOCKED_SHARE = 0.2

const measuring =
  (share: number) =>
  ({ minutes }: Given): Readonly<Record<string, string>> => ({
    PHASE_SECONDS: String(Math.max(10, minutes * 60 * share)),
    PHASE_P95_MS: GOAL_P95_MS,
  })

const inRealTabs: readonly Scenario[] = [
  inBrowsers('round trips of busy pages', ['clock-thread.spec.ts'], () => LONG),
  inBrowsers('tempos that change and glide', ['in-time.spec.ts', 'transport.spec.ts'], () => LONG),
  inBrowsers('a hidden silent tab', ['hidden-tab.spec.ts'], measuring(1)),
  inBrowsers(
    'a tab blocked 300 ms of each second',
    ['blocked-tab.spec.ts'],
    measuring(BLOCKED_SHARE),
  ),
]

/** All that the clock has to stand. */
export const clockSuite: readonly Scenario[] = [randomRooms, ...inRealTabs]
