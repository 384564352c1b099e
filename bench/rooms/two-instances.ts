import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION, type PeerId, type ServerMessage } from '@beatcord/shared'
import { startTestServer, type TestServer } from '../../e2e/server.ts'
import { type RedisProcess, startRedis } from '../../scripts/lib/redis-process.mjs'
import { ensureTool, lackOf } from '../../scripts/tools.mjs'

/** Two built servers of one address, and the Redis between them. */
export interface TwoInstances {
  readonly redis: RedisProcess
  readonly servers: readonly [TestServer, TestServer]
}

/** Starts both, for as long as it takes. */
export async function onTwoInstances<T>(run: (two: TwoInstances) => Promise<T>): Promise<T> {
  const program = await ensureTool('redis-server')
  if (program === undefined) throw new Error(lackOf('redis-server'))
  const redis = await startRedis(program)
  const settings = {
    NODE_ENV: 'production',
    REDIS_URL: redis.url,
    SEAT_KEY: 'one secret for both of them',
    // The load is not to be slowed, and comes from one address.
    FRAMES_PER_SECOND: '100000',
    FRAME_BURST: '100000',
    BYTES_PER_SECOND: '1000000000',
    BYTE_BURST: '1000000000',
    MAX_JOINED_PER_ADDRESS: '10000',
    MAX_WAITING_PER_ADDRESS: '10000',
  }
  const first = await startTestServer(settings)
  const second = await startTestServer(settings)
  try {
    return await run({ redis, servers: [first, second] })
  } finally {
    await first.close()
    await second.close()
    await redis.kill()
  }
}

/** Somebody who sits in a room. */
export interface Sitter {
  readonly id: PeerId
  send(to: PeerId, data: string): void
  onSignal(listener: (data: string) => void): void
  close(): void
}

/** Long as a name and a colour, sealed. */
export const SEALED = 'A'.repeat(128)

export const randomKey = (): string => randomBytes(32).toString('base64url')

/** Takes a seat. @param url of the server, http: */
export async function sitAt(url: string, authKey: string): Promise<Sitter> {
  const socket = new WebSocket(`ws://127.0.0.1:${new URL(url).port}/ws`, {
    perMessageDeflate: false,
  })
  let onSignal: (data: string) => void = () => undefined
  const welcomed = new Promise<PeerId>((resolve, reject) => {
    socket.once('close', (code) => reject(new Error(`the server must welcome, it closed: ${code}`)))
    socket.on('message', (text: Buffer) => {
      const message = JSON.parse(text.toString()) as ServerMessage
      if (message.type === 'welcome') resolve(message.seat.peerId)
      else if (message.type === 'signal') onSignal(message.data)
    })
  })
  socket.once('open', () => {
    socket.send(
      JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, authKey, sealed: SEALED }),
    )
  })
  return {
    id: await welcomed,
    send: (to, data) => socket.send(JSON.stringify({ type: 'signal', to, data })),
    onSignal(listener) {
      onSignal = listener
    },
    close: () => socket.close(),
  }
}
