import { spawn } from 'node:child_process'
import { env } from 'node:process'
import type { Given, Scenario, Verdict } from './scenario.ts'

/** Frozen for longer than a seat waits, and a server away for a minute. */
const LONG_ORDEALS = { FREEZE_MS: '50000', SERVER_AWAY_MS: '60000', LONG: '1' }
/** What takes a minute or more. */
export const LONG = { LONG: '1' }
const TALLY = /(\d+) passed, (\d+) failed\s*$/

/** Plays end-to-end tests with other settings, in real browsers, against the build that is there. */
export const inBrowsers = (
  name: string,
  specs: readonly string[],
  settingsOf: (given: Given) => Readonly<Record<string, string>> = () => ({}),
): Scenario => ({
  name,
  run: (given) =>
    new Promise((resolve) => {
      // A trace films the pages, which takes as much of the processor as the jam.
      const quietly = ['--project=jam', '--trace=off']
      const child = spawn('npm', ['run', '--silent', 'e2e', '--', ...specs, ...quietly], {
        env: { ...env, ...settingsOf(given) },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      child.on('close', () => resolve(verdictOf(said)))
    }),
})

function verdictOf(said: string): Verdict {
  const [, passed, failed] = TALLY.exec(said) ?? []
  const figures = said.split('\n').filter((line) => /^ {4}\S/.test(line))
  const words = figures.map((line) => line.trim()).join('; ')
  if (passed === undefined) return { passed: 0, failed: 1, words: `no tally; it said: ${said}` }
  return { passed: Number(passed), failed: Number(failed), words: failed === '0' ? words : said }
}

/** What only real browsers show; row M16 is that no address of ours gets out over TURN. */
export const browsers: readonly Scenario[] = [
  inBrowsers(
    'four and eight pages whose links all end at once',
    ['links-destroyed.spec.ts'],
    () => LONG,
  ),
  inBrowsers(
    'who vanishes, a server started anew, sound taken away, a trim, no mouse, no direct way, and axe',
    ['leave', 'roles', 'never-late', 'by-keyboard', 'relay-only', 'axe'].map(
      (name) => `${name}.spec.ts`,
    ),
    () => LONG,
  ),
  inBrowsers('browsers frozen for 50 s', ['frozen.spec.ts'], () => LONG_ORDEALS),
  inBrowsers('the server killed for 60 s', ['server-killed.spec.ts'], () => LONG_ORDEALS),
  inBrowsers(
    'M16 and M19 TURN hides addresses, and lets nobody in without its secret',
    ['turn.spec.ts'],
    () => LONG,
  ),
]
