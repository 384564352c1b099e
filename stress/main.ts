import process, { argv, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { clockSuite } from './clock-suite.ts'
import { meshSuite } from './mesh-suite.ts'
import { createDice, seedOf } from './random.ts'
import { roomsSuite } from './rooms-suite.ts'
import { serverSuite } from './server-suite.ts'
import { soundSuite } from './sound-suite.ts'
import type { Given, Scenario, Verdict } from './scenario.ts'

const SUITES: Readonly<Record<string, readonly Scenario[]>> = {
  mesh: meshSuite,
  clock: clockSuite,
  server: serverSuite,
  rooms: roomsSuite,
  sound: soundSuite,
}
const USAGE =
  'npm run stress -- mesh|clock|server|rooms|sound [--seed N] [--count N] [--first N] [--minutes N] [--only part-of-a-name] [--list]'
const DEFAULT_COUNT = '10000'
const DEFAULT_MINUTES = '10'
const LARGEST_SEED = 0x7fffffff

/** @param place  in the whole suite, so that the dice throw the same when it is played alone */
async function judge(
  scenario: Scenario,
  place: number,
  drawn: Omit<Given, 'dice'>,
): Promise<Verdict> {
  const dice = createDice(seedOf(drawn.seed, place))
  const uncaught: unknown[] = []
  const note = (error: unknown): unknown => uncaught.push(error)
  process.on('uncaughtException', note).on('unhandledRejection', note)
  try {
    const verdict = await scenario.run({ ...drawn, dice })
    if (uncaught.length > 0) throw new Error(`uncaught: ${uncaught.map(wordsOf).join('\n')}`)
    return typeof verdict === 'string' ? { passed: 1, failed: 0, words: verdict } : verdict
  } catch (error) {
    // Whatever a scenario throws is its failure; the others are played all the same.
    return { passed: 0, failed: 1, words: wordsOf(error) }
  } finally {
    process.off('uncaughtException', note).off('unhandledRejection', note)
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * LARGEST_SEED)) },
    count: { type: 'string', default: DEFAULT_COUNT },
    first: { type: 'string', default: '0' },
    minutes: { type: 'string', default: DEFAULT_MINUTES },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
})
const suite = SUITES[positionals[0] ?? '']
const [seed = NaN, count = NaN, first = NaN] = [values.seed, values.count, values.first].map(Number)
const minutes = Number(values.minutes)
const areNumbers = [seed, count, first].every(Number.isInteger) && minutes > 0
if (suite === undefined || !areNumbers) {
  stderr.write(`${USAGE}\n`)
  exit(2)
}

const chosen = suite.filter(({ name }) => name.includes(values.only))
let [passed, failed] = [0, 0]
for (const scenario of chosen) {
  if (values.list) {
    stdout.write(`${scenario.name}\n`)
    continue
  }
  const startedMs = performance.now()
  const verdict = await judge(scenario, suite.indexOf(scenario), { seed, count, first, minutes })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  const mark = verdict.failed === 0 ? 'ok  ' : 'FAIL'
  stdout.write(`${mark} ${scenario.name} (${seconds} s): ${verdict.words}\n`)
  passed += verdict.passed
  failed += verdict.failed
}
if (!values.list) stdout.write(`seed ${seed}\n${passed} passed, ${failed} failed\n`)
exit(failed === 0 && (passed > 0 || values.list) ? 0 : 1)
