/**
 * From a bare clone to the page: installs what is missing, builds what has changed, and serves. The server runs in this
 * very process, so that a signal to stop reaches it.
 */
import process, { chdir, env, exit, kill, pid, versions } from 'node:process'
import { fileURLToPath } from 'node:url'

const LEAST_NODE = [20, 19]
const WATCH_MS = 250

const [major, minor] = versions.node.split('.').map(Number)
if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
  console.error(`Beatcord needs Node ${LEAST_NODE.join('.')} or later; this is ${versions.node}.`)
  exit(1)
}
chdir(fileURLToPath(new URL('..', import.meta.url)))

// Imported late: an older Node would stop at their syntax before the sentence above.
const { packagesAreCurrent } = await import('./lib/packages.mjs')
const { buildIsCurrent, rememberBuild } = await import('./lib/build-stamp.mjs')
const { run } = await import('./lib/run.mjs')

async function live(sentence, ...args) {
  console.log(sentence)
  const { code } = await run('npm', args, { live: true })
  if (code === 0) return
  console.error(`npm ${args.join(' ')} failed; nothing is served.`)
  exit(1)
}

if (!packagesAreCurrent()) await live('Installing packages …', 'ci', '--no-audit', '--no-fund')
if (!buildIsCurrent()) {
  await live('Building …', 'run', '--silent', 'build')
  rememberBuild()
}
await import('../signal-server/dist/main.js')
stopWithNpm()

/** A signal to `npm start` ends npm and its shell, but the shell does not pass it on: their end is ours. */
function stopWithNpm() {
  if (env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    kill(pid, 'SIGTERM')
  }, WATCH_MS)
  watch.unref()
}
