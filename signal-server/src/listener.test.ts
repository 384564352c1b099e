import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { listen, type Visits } from './listener.ts'
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

/** What a listener says of connections, each time. */
async function hearListener(
  onUpgrade: Visits['onUpgrade'] = () => undefined,
): Promise<{ readonly port: number; readonly told: string[] }> {
  const told: string[] = []
  const config = { ...readConfig({ HEADERS_TIMEOUT: '1000' }), port: 0, host: '127.0.0.1' }
  const listener = await listen(config, {
    onRequest: (_request, response) => void response.end('here'),
    onUpgrade,
    onCut: (why) => void told.push(why),
    onFault: (error) => void told.push(String(error)),
  })
  onTestFinished(async () => {
    listener.stop()
    listener.cut()
    await listener.closed
  })
  return { port: listener.port, told }
}

/** Sends it and waits for the end. @returns what came back */
const talk = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).on('error', () => undefined)
    socket.once('close', () => {
      resolve(answer)
    })
    socket.write(text)
  })

test.each([
  ['slow', 'GET / HTTP/1.1\r\nHost: lo', '408'],
  ['broken', 'no HTTP at all\r\n\r\n', '400'],
  ['broken', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
  ['hasty', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2), ''],
])('a connection that is %s is cut off and told of', async (why, text, status) => {
  const { port, told } = await hearListener()

  const answer = await talk(port, text)

  expect(answer).toContain(status)
  expect(told).toEqual([why])
})

test('an upgrade that throws ends its own connection, and no other', async () => {
  const { port, told } = await hearListener(() => {
    throw new Error('our own mistake')
  })
  const head =
    'GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

  const answer = await talk(port, head)

  expect(answer).toBe('')
  expect(told).toEqual(['Error: our own mistake'])
  expect((await fetch(`http://127.0.0.1:${String(port)}/`)).status).toBe(200)
})
