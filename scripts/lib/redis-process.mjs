/** Starts a Redis of its own for tests, the bench and the stress. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

export async function startRedis(program, settings = []) {
  const port = await freePort()
  let child

  async function start() {
    // On this machine only, and it keeps nothing.
    const given = [
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--enable-debug-command',
      'local',
      ...settings,
    ]
    const started = spawn(program, ['--port', String(port), ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    await new Promise((resolve, reject) => {
      started.stdout.on('data', (text) => {
        if (text.toString().includes('Ready to accept connections')) resolve()
      })
      started.once('error', reject)
      started.once('exit', () => reject(new Error('redis-server must serve')))
    })
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child?.pid ?? 0,
    signal: (signal) => void child?.kill(signal),
    async kill() {
      const running = child
      child = undefined
      if (running === undefined || running.exitCode !== null) return
      running.kill('SIGKILL')
      await once(running, 'exit')
    },
    start,
  }
}

/** A port that nobody has at this moment. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
