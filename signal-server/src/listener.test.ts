import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { setServerStage } from './server-stage.ts'

const HEALTH = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'

async function portOfServer(): Promise<number> {
  const stage = await setServerStage()
  onTestFinished(stage.close)
  return stage.port
}

test('who asks twice at once, and waits for no answer, is cut off', async () => {
  const socket = connect(await portOfServer(), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString())).on('error', () => undefined)
  const cut = new Promise((resolve) => socket.once('close', resolve))

  socket.write(HEALTH.repeat(2))
  await cut

  expect(text.split('200 OK').length - 1).toBeLessThanOrEqual(1)
})

test('who asks a hundred times, each time when the answer is there, is served over one connection', async () => {
  const port = await portOfServer()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(agent.destroy.bind(agent))
  const ask = (): Promise<{ readonly status: number | undefined; readonly from: unknown }> =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/health', agent }, (response) => {
        const from = response.socket.localPort
        response.resume().once('end', () => {
          resolve({ status: response.statusCode, from })
        })
      }).once('error', reject)
    })

  const first = await ask()
  for (let count = 1; count < 100; count++) expect(await ask()).toEqual(first)

  expect(first.status).toBe(200)
})
