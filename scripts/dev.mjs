/** Server and page, both reloading on change; ends both when either ends. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process, { chdir, env, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
chdir(root)

const { resolve } = createRequire(import.meta.url)
const tsx = resolve('tsx/cli')
const vite = join(dirname(resolve('vite/package.json')), 'bin/vite.js')
const port = env.PORT ?? '3000'

let stopping = false
const children = [
  start('.', tsx, 'watch', '--clear-screen=false', 'signal-server/src/main.ts'),
  start('client', vite, '--clearScreen', 'false'),
]
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(signal))

function start(folder, ...args) {
  const child = spawn(execPath, args, {
    cwd: join(root, folder),
    env: { ...env, PORT: port },
    stdio: 'inherit',
  })
  child.once('exit', (code) => {
    process.exitCode ??= code ?? 0
    stop('SIGTERM')
  })
  return child
}

function stop(signal) {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill(signal)
}
