/**
 * Runs the Dockerfile's steps without a container, in clean folders: builds, starts what CMD says, asks what
 * HEALTHCHECK says, fetches the page, has a room leave its slot and stops it. Ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askModule } from './lib/ask-module.mjs'
import { parseDockerfile, parseDockerignore } from './lib/dockerfile.mjs'
import { buildImage } from './lib/image.mjs'
import { probeSlot } from './lib/slot-probe.mjs'
import { failLine, NOTHING, one, plus, tallyLine } from './lib/tally.mjs'

const START_MS = 20_000
const STOP_MS = 10_000
/** Smaller files are sent as they are (signal-server/precompress.mjs). */
const LEAST_PACKED_BYTES = 1024
const SHOWN_CHARS = 4_000

let total = NOTHING

async function step(title, work) {
  const startedMs = performance.now()
  try {
    const result = await work()
    total = plus(total, one(true))
    console.log(`ok    ${title} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
    return result
  } catch (error) {
    total = plus(total, one(false))
    sayFailed(`${title}: ${error.message}`)
    throw error
  }
}

function sayFailed(sentence) {
  console.log(`FAIL  ${sentence}`)
  console.log(failLine({ file: 'deploy', title: sentence.split('\n')[0] }))
}

function must(condition, sentence) {
  if (!condition) throw new Error(sentence)
}

/** Starts a process and keeps what it prints. */
function begin([command, ...args], folder, env) {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (bytes) => (output = (output + bytes).slice(-SHOWN_CHARS))
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { child, ended, output: () => output }
}

const runStep = (words, folder, env) =>
  step(`RUN ${words.at(-1)}`, async () => {
    const { ended, output } = begin(words, folder, env)
    const code = await ended
    must(code === 0, `it must end with 0, got ${code}\n${output()}`)
  })

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

async function untilHealthy(command, folder, env, server) {
  const deadlineMs = performance.now() + START_MS
  for (;;) {
    must(server.child.exitCode === null, `the server must keep running\n${server.output()}`)
    if ((await begin(command, folder, env).ended) === 0) return
    must(performance.now() < deadlineMs, `it must be healthy within ${START_MS} ms`)
  }
}

async function serves(port) {
  const page = await fetch(`http://127.0.0.1:${port}/jam`)
  must(page.status === 200, `/jam must answer 200, got ${page.status}`)
  const scripts = [...(await page.text()).matchAll(/src="(\/assets\/[^"]+)"/g)].map(
    ([, src]) => src,
  )
  must(scripts.length > 0, 'the page must name its scripts')
  for (const script of scripts) {
    const answer = await fetch(`http://127.0.0.1:${port}${script}`)
    const { status, headers } = answer
    must(status === 200, `${script} must answer 200, got ${status}`)
    must(headers.get('cache-control')?.includes('immutable'), `${script} must be kept for ever`)
    const isPacked = headers.get('content-encoding') !== null
    const bytes = (await answer.arrayBuffer()).byteLength
    must(isPacked || bytes < LEAST_PACKED_BYTES, `${script} must be sent packed`)
  }
}

/** The page starts without a network only if its worker is never an old one, and its manifest is taken for one. */
async function installs(port) {
  for (const [file, type] of [
    ['service-worker.js', /javascript/],
    ['manifest.webmanifest', /^application\/manifest\+json/],
  ]) {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/${file}`)
    must(status === 200, `/${file} must answer 200, got ${status}`)
    const got = headers.get('content-type') ?? ''
    must(type.test(got), `/${file} must be served as what it is, got ${got}`)
    must(headers.get('cache-control') === 'no-cache', `/${file} must be asked for anew`)
    const isolated = headers.get('cross-origin-embedder-policy') === 'require-corp'
    must(isolated, `/${file} must keep the page isolated`)
  }
}

async function stops({ child, ended, output }) {
  const startedMs = performance.now()
  child.kill('SIGTERM')
  const code = await ended
  must(code === 0, `it must end with 0, got ${code}\n${output()}`)
  must(performance.now() - startedMs < STOP_MS, `it must end within ${STOP_MS} ms`)
}

async function serveAndStop(image) {
  const port = await freePort()
  const env = { ...image.env, PORT: String(port) }
  const server = begin(image.command, image.folder, env)
  try {
    await step('HEALTHCHECK says healthy', () =>
      untilHealthy(image.healthCommand, image.folder, env, server),
    )
    await step('the page and its scripts are served', () => serves(port))
    await step('the service worker and the manifest are served', () => installs(port))
    await step('a slot is written and read', async () => {
      const wrong = await probeSlot(port, askModule('shared/src/index.ts', 'it.PROTOCOL_VERSION'))
      must(wrong === undefined, `${wrong}\n${server.output()}`)
      must(existsSync(join(image.folder, env.DATA_DIR, 'slots')), 'it must be in DATA_DIR')
    })
    await step('SIGTERM ends it in time', () => stops(server))
    await step('HEALTHCHECK says unhealthy once it has ended', async () => {
      const code = await begin(image.healthCommand, image.folder, env).ended
      must(code === 1, `it must end with 1, got ${code}`)
    })
  } finally {
    server.child.kill('SIGKILL')
  }
}

async function deploy(scratch) {
  const isKeptOut = parseDockerignore(readFileSync('.dockerignore', 'utf8'))
  const image = await buildImage({
    steps: parseDockerfile(readFileSync('Dockerfile', 'utf8')),
    context: process.cwd(),
    kept: (path) => !isKeptOut(path),
    scratch,
    runStep,
  })
  await step('the image runs one command, without root and without packages', () => {
    must(Array.isArray(image.command), 'CMD must be a JSON list, so that signals reach it')
    must(!['root', '0'].includes(image.user), `USER must not be root, got ${image.user}`)
    must(!existsSync(join(image.folder, 'node_modules')), 'there must be no node_modules')
  })
  await serveAndStop(image)
}

const scratch = mkdtempSync(join(tmpdir(), 'beatcord-deploy-'))
try {
  await deploy(scratch)
} catch (error) {
  // A failed step has counted itself; what fails between the steps has not.
  if (total.failed === 0) {
    total = plus(total, one(false))
    sayFailed(error.message)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(tallyLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
