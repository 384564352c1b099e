/**
 * All that must hold, from a bare clone on: set-up, build, an audit of what is shipped, `check`, the deployment's steps,
 * end to end. What was skipped, and why, and what failed is said at the end; the last line is `N passed, N failed`.
 */
import { env, versions } from 'node:process'
import { packagesAreCurrent } from './lib/packages.mjs'
import { run } from './lib/run.mjs'
import { NOTHING, one, plus, skipLine, tallyLine, tallyOf, toldLinesOf } from './lib/tally.mjs'

const LEAST_NODE = [20, 19]
const inCi = env.CI !== undefined && env.CI !== '' && env.CI !== 'false'

let total = NOTHING
const told = []

function fail(sentence) {
  console.error(sentence)
  total = plus(total, one(false))
}

async function live(title, command, ...args) {
  console.log(`\n=== ${title}`)
  const result = await run(command, args, { live: true })
  console.log(
    `=== ${title}: ${result.code === 0 ? 'ok' : 'FAILED'}, ${result.seconds.toFixed(0)} s`,
  )
  return result
}

async function part(title, script) {
  const result = await live(title, 'npm', 'run', '--silent', script)
  total = plus(total, tallyOf(result))
  told.push(...toldLinesOf(result))
}

function nodeIsNewEnough() {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number)
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])
}

async function setUp() {
  if (!nodeIsNewEnough()) {
    fail(`Node ${LEAST_NODE.join('.')} or later must be installed, got ${versions.node}`)
    return false
  }
  if (packagesAreCurrent()) return true
  const { code } = await live('set-up', 'npm', 'ci', '--no-audit', '--no-fund')
  if (code !== 0) fail('npm ci failed')
  return code === 0
}

/** False without a browser, which is a failure in CI and a skip elsewhere. */
async function haveBrowser() {
  const { ensureBrowser } = await import('./browser.mjs')
  const browser = await ensureBrowser()
  if (browser !== undefined) {
    console.log(`browser: ${browser}`)
    return true
  }
  const lack = 'missing system tool: Chromium (set CHROMIUM_PATH, or install the package chromium)'
  if (inCi) fail(lack)
  else {
    console.error(`${lack}; the tests that need it are SKIPPED`)
    told.push(skipLine({ title: 'all end-to-end tests', why: lack }))
  }
  return false
}

/** What some end-to-end tests need besides: they skip themselves without it, which CI counts as a failure. */
async function haveTools() {
  const { ensureTool, lackOf, TOOL_NAMES } = await import('./tools.mjs')
  for (const name of TOOL_NAMES) {
    const path = await ensureTool(name)
    if (path !== undefined) console.log(`${name}: ${path}`)
    else if (inCi) fail(lackOf(name))
    else console.error(`${lackOf(name)}; the tests that need it are SKIPPED`)
  }
}

if (await setUp()) {
  const browser = await haveBrowser()
  if (browser) await haveTools()
  const build = await live('build', 'npm', 'run', '--silent', 'build')
  total = plus(total, one(build.code === 0))
  await part('audit', 'audit')
  await part('check', 'check')
  await part('deploy', 'test:deploy')
  if (browser && build.code === 0) await part('end to end', 'e2e')
}
for (const line of told) console.log(line)
console.log(tallyLine(total))
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
