import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import { startServerProcess, type ServerProcess } from './server-process.ts'
import { joinPeer } from './talking-peer.ts'

function startProcess(env: Readonly<Record<string, string>>): ServerProcess {
  const started = startServerProcess(env)
  onTestFinished(() => void started.child.kill('SIGKILL'))
  return started
}

test('it says where it plays, and on SIGTERM sends everyone away to come back, and ends', async () => {
  const { child, says, ended, output } = startProcess({})
  const [, port] = await says(/http:\/\/localhost:(\d+)/)
  const ana = await joinPeer(Number(port), 'garage')
  const startedMs = performance.now()

  child.kill('SIGTERM')

  expect(await ana.closed).toMatchObject({ code: CLOSE_CODES.restarting })
  expect(await ended).toBe(0)
  expect(performance.now() - startedMs).toBeLessThan(10_000)
  expect(output()).toContain('stopping reason=SIGTERM')
})

test('in production each line of the log is JSON', async () => {
  const { child, says, ended, output } = startProcess({ NODE_ENV: 'production' })
  await says(/plays at/)

  child.kill('SIGINT')
  await ended

  const lines = output().trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    'Beatcord plays at',
    'stopping',
  ])
})

test.each([
  ['PORT', 'many'],
  ['INACTIVITY_TIMEOUT', 'soon'],
  ['ICE_SERVERS', '{'],
  ['DATA_DIR', '/dev/null/none'],
])('a wrong %s ends the process with its name', async (variable, value) => {
  const { ended, output } = startProcess({ [variable]: value })

  expect(await ended).toBe(1)
  expect(output()).toContain(`${variable}: `)
})
