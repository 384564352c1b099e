import { spawn } from 'node:child_process'
import { platform } from 'node:process'

const MS_PER_SECOND = 1000

/**
 * Runs a command and keeps what it prints.
 *
 * @param live  whether its output is also shown while it runs
 * @returns exit code (1 when it could not start), output and seconds; never rejects
 */
export function run(command, args, { live = false, env = {} } = {}) {
  const startedMs = performance.now()
  const parts = []
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: platform === 'win32',
    })
    const end = (code) =>
      resolve({
        code,
        output: parts.join(''),
        seconds: (performance.now() - startedMs) / MS_PER_SECOND,
      })
    const keep = (stream) => (bytes) => {
      parts.push(bytes.toString())
      if (live) stream.write(bytes)
    }
    child.stdout.on('data', keep(process.stdout))
    child.stderr.on('data', keep(process.stderr))
    child.on('error', (error) => {
      parts.push(`${command}: ${error.message}\n`)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/** Runs jobs in order, at most `width` at a time. */
export async function inParallel(jobs, width) {
  const waiting = [...jobs]
  const lane = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job()
  }
  await Promise.all(Array.from({ length: width }, lane))
}
