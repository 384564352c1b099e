import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { createUdpPath, type UdpPath } from './udp-path.ts'

const HERE = '127.0.0.1'
const sockets: Socket[] = []
const paths: UdpPath[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close()
  for (const path of paths.splice(0)) await path.close()
})

async function person(): Promise<Socket> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.bind(0, HERE)
  await once(socket, 'listening')
  return socket
}

function opened(random?: () => number): UdpPath {
  const path = createUdpPath(random)
  paths.push(path)
  return path
}

test('what goes through a door arrives, and its answer comes back through the same door', async () => {
  const path = opened()
  const [ana, bo] = [await person(), await person()]
  const door = await path.doorTo(HERE, bo.address().port)

  bo.on('message', (question, from) => {
    bo.send(`${question.toString()}, bo`, from.port, HERE)
  })
  ana.send('hello', door, HERE)
  const [answer, from] = (await once(ana, 'message')) as [Buffer, { port: number }]

  expect(answer.toString()).toBe('hello, bo')
  expect(from.port).toBe(door)
})

test('two senders through one door are two to the one behind it', async () => {
  const path = opened()
  const [ana, bo, cy] = [await person(), await person(), await person()]
  const door = await path.doorTo(HERE, cy.address().port)
  const ports = new Set<number>()

  ana.send('a', door, HERE)
  const [, first] = (await once(cy, 'message')) as [Buffer, { port: number }]
  bo.send('b', door, HERE)
  const [, second] = (await once(cy, 'message')) as [Buffer, { port: number }]
  ports.add(first.port).add(second.port)

  expect(ports.size).toBe(2)
})

test('one address has one door', async () => {
  const path = opened()

  expect(await path.doorTo(HERE, 9)).toBe(await path.doorTo(HERE, 9))
})

test('a datagram is lost as often as the path is bad, and late by its delay', async () => {
  const chances = [0.04, 0.9, 0]
  const path = opened(() => chances.shift() ?? 0)
  const [ana, bo] = [await person(), await person()]
  const door = await path.doorTo(HERE, bo.address().port)
  path.setQuality({ delayMs: 40, jitterMs: 0, loss: 0.05 })

  const beganMs = performance.now()
  ana.send('lost', door, HERE)
  ana.send('late', door, HERE)
  const [heard] = (await once(bo, 'message')) as [Buffer]

  expect(heard.toString()).toBe('late')
  // Timers of the platform may fire a millisecond early.
  expect(performance.now() - beganMs).toBeGreaterThanOrEqual(39)
  expect(path.counts()).toEqual({ passed: 1, lost: 1 })
})
