import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { ms, must, type Scenario } from '../scenario.ts'
import { gather, until } from './crowd.ts'
import { mustBeEmpty, withServer } from './process.ts'

const MAX_AWAY_MS = 15_000

/** A page in a process of its own that says hello and no more. */
const PAGE = `
const { WebSocket } = require('ws')
const [url, hello] = process.argv.slice(1)
const socket = new WebSocket(url)
socket.on('open', () => socket.send(hello))
socket.on('message', (data) => { if (data.includes('"welcome"')) console.log('seated') })
`

export const silence: readonly Scenario[] = [
  {
    name: 'a peer that is stopped by SIGSTOP',
    run: () =>
      withServer({}, async (server) => {
        const crowd = await gather(server.url, 1)
        const [ana] = crowd.members
        must(ana !== undefined, 'somebody must be there')
        const hello = JSON.stringify({
          type: 'hello',
          version: 4,
          authKey: ana.authKey,
          sealed: '',
        })
        const page = spawn(execPath, ['-e', PAGE, server.url, hello], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        await once(page.stdout, 'data')
        const isHere = (): boolean =>
          [...ana.client.roster.read().values()].some(({ presence }) => presence === 'here')
        await until(isHere)
        const stoppedMs = performance.now()
        page.kill('SIGSTOP')
        await until(() => !isHere())
        const tookMs = performance.now() - stoppedMs
        must(tookMs <= MAX_AWAY_MS, `it must be away within 15 s, it took ${ms(tookMs)}`)
        page.kill('SIGKILL')
        await crowd.leave()
        return `away after ${ms(tookMs)}; ${await mustBeEmpty(server)}`
      }),
  },
]
