import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type RawData, WebSocket, WebSocketServer } from 'ws'

/** What the server in the middle is about to tell one of its peers of another. */
export type Word =
  | { readonly kind: 'signal'; readonly from: string; readonly data: string }
  | { readonly kind: 'relay'; readonly from: string; readonly payload: Buffer }

/** What it tells in place of that: the same, another, several, or nothing. */
export type Tamper = (to: string, word: Word) => readonly Word[]

/** A server that stands between honest peers and an honest server, and does with their words what it likes. */
export interface Middle {
  readonly port: number
  tamper: Tamper
  /** Those who talk through it. */
  peers(): readonly string[]
  /** Tells somebody something out of thin air. */
  say(to: string, word: Word | { readonly kind: 'joined'; readonly peerId: string }): void
  close(): Promise<void>
}

export const honest: Tamper = (_to, word) => [word]

const ID_CHARS = 26
const URGENCY_BYTES = 1

export async function createMiddle(upstreamPort: number): Promise<Middle> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const downs = new Map<string, WebSocket>()
  const middle: Middle = {
    port: (server.address() as AddressInfo).port,
    tamper: honest,
    peers: () => [...downs.keys()],
    say(to, word) {
      const down = downs.get(to)
      if (down?.readyState === WebSocket.OPEN) tell(down, word)
    },
    async close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
      await once(server, 'close')
    },
  }

  server.on('connection', (down) => {
    const up = new WebSocket(`ws://127.0.0.1:${upstreamPort}/ws`)
    const early: [RawData, boolean][] = []
    let self = ''
    down.on('message', (data, isBinary) => {
      if (up.readyState === WebSocket.OPEN) up.send(data, { binary: isBinary })
      else early.push([data, isBinary])
    })
    up.on('open', () => {
      for (const [data, binary] of early) up.send(data, { binary })
    })
    up.on('message', (data: Buffer, isBinary) => {
      const word = wordOf(data, isBinary)
      if (word !== undefined) for (const each of middle.tamper(self, word)) tell(down, each)
      else down.send(data, { binary: isBinary })
      if (isBinary || self !== '') return
      self = seatIn(data.toString()) ?? ''
      if (self !== '') downs.set(self, down)
    })
    // Either end's end is the other's.
    for (const socket of [up, down]) socket.on('error', () => socket.terminate())
    up.on('close', () => down.terminate())
    down.on('close', () => {
      up.terminate()
      downs.delete(self)
    })
  })
  return middle
}

function wordOf(data: Buffer, isBinary: boolean): Word | undefined {
  if (isBinary) {
    const from = data.subarray(URGENCY_BYTES, URGENCY_BYTES + ID_CHARS).toString('ascii')
    return { kind: 'relay', from, payload: data.subarray(URGENCY_BYTES + ID_CHARS) }
  }
  const message = JSON.parse(data.toString()) as { type: string; from: string; data: string }
  if (message.type !== 'signal') return undefined
  return { kind: 'signal', from: message.from, data: message.data }
}

function seatIn(text: string): string | undefined {
  const message = JSON.parse(text) as { readonly seat?: { readonly peerId: string } }
  return message.seat?.peerId
}

function tell(down: WebSocket, word: Parameters<Middle['say']>[1]): void {
  if (word.kind === 'relay') {
    const head = Buffer.concat([Buffer.of(0), Buffer.from(word.from, 'ascii')])
    down.send(Buffer.concat([head, word.payload]), { binary: true })
  } else if (word.kind === 'signal') {
    down.send(JSON.stringify({ type: 'signal', from: word.from, data: word.data }))
  } else {
    const peer = { peerId: word.peerId, presence: 'here', sealed: '' }
    down.send(JSON.stringify({ type: 'peer-joined', peer }))
  }
}
