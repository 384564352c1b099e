import type { Socket } from 'node:net'
import { WebSocket, type ClientOptions } from 'ws'
import {
  encodeRelayFrame,
  parseRelayFrame,
  parseServerMessage,
  PROTOCOL_VERSION,
  type ClientMessage,
  type PeerId,
  type RelayFrame,
  type RelayUrgency,
  type SeatClaim,
  type ServerMessage,
} from '@beatcord/shared'

type Kind = ServerMessage['type']
type OfKind<K extends Kind> = Extract<ServerMessage, { type: K }>

/** A peer that a test speaks for: real socket, every word awaited. */
export interface TalkingPeer {
  readonly socket: WebSocket
  /** Everything heard so far, in order. */
  readonly heard: readonly ServerMessage[]
  /** Every relayed frame that came so far, in order. */
  readonly relayed: readonly RelayFrame[]
  say(message: ClientMessage): void
  sayRaw(frame: string | Buffer): void
  /** Sends the payload to that peer through the server. */
  relay(to: PeerId, payload: Uint8Array, urgency?: RelayUrgency): void
  /** Resolves when so many relayed frames have come; rejects when the socket closes first. */
  relayedCount(count: number): Promise<readonly RelayFrame[]>
  /** The next message not yet taken, whatever it is; rejects when the socket closes first. */
  next(): Promise<ServerMessage>
  /** The next message of this kind; others before it are passed over. */
  nextOf<K extends Kind>(kind: K): Promise<OfKind<K>>
  /** Comes back once the server has read everything said so far. */
  roundTrip(): Promise<void>
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

/** An id that nobody has. */
const NOBODY = 'nobody'.padEnd(26, 'y') as SeatClaim['peerId']

/** The key of a room, by a word of one to forty letters. */
export const authKeyOf = (word: string): string =>
  Buffer.from(word.padEnd(32, '.').slice(0, 32)).toString('base64url')

/** Opens a socket and says nothing yet. */
export async function connectPeer(port: number, options: ClientOptions = {}): Promise<TalkingPeer> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/ws`, options)
  const heard: ServerMessage[] = []
  const relayed: RelayFrame[] = []
  const wakers = new Set<() => void>()
  let taken = 0
  const wake = (): void => {
    for (const waker of wakers) waker()
    wakers.clear()
  }
  // Broken on purpose by some tests; what matters is seen as the close.
  socket.on('error', wake)
  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      relayed.push(parseGoodFrame(data as Buffer))
      wake()
      return
    }
    const parsed = parseServerMessage((data as Buffer).toString())
    if (!parsed.ok) throw new Error(`the server must speak the protocol, got ${parsed.detail}`)
    heard.push(parsed.message)
    wake()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: reason.toString() })
      wake()
    })
  })

  async function next(): Promise<ServerMessage> {
    for (;;) {
      const message = heard[taken]
      if (message !== undefined) {
        taken += 1
        return message
      }
      if (socket.readyState === WebSocket.CLOSED) throw new Error('the socket closed instead')
      await new Promise<void>((resolve) => wakers.add(resolve))
    }
  }

  async function nextOf<K extends Kind>(kind: K): Promise<OfKind<K>> {
    for (;;) {
      const message = await next()
      if (message.type === kind) return message as OfKind<K>
    }
  }

  async function relayedCount(count: number): Promise<readonly RelayFrame[]> {
    while (relayed.length < count) {
      if (socket.readyState === WebSocket.CLOSED) throw new Error('the socket closed instead')
      await new Promise<void>((resolve) => wakers.add(resolve))
    }
    return relayed
  }

  const say = (message: ClientMessage): void => {
    socket.send(JSON.stringify(message))
  }

  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    heard,
    relayed,
    relayedCount,
    relay(peer, payload, urgency = 'wait') {
      socket.send(encodeRelayFrame({ urgency, peer, payload }))
    },
    say,
    sayRaw: (frame) => {
      socket.send(frame)
    },
    next,
    nextOf,
    async roundTrip() {
      const sinceCount = heard.length
      say({ type: 'signal', to: NOBODY, data: '' })
      const isAnswered = (): boolean => heard.slice(sinceCount).some(isAboutNobody)
      while (!isAnswered() && socket.readyState !== WebSocket.CLOSED) {
        await new Promise<void>((resolve) => wakers.add(resolve))
      }
    },
    closed,
  }
}

/** What a seated peer knows. */
export interface SeatedPeer extends TalkingPeer {
  readonly welcome: OfKind<'welcome'>
}

/** Opens a socket and takes a seat. @throws (rejects) when the server does not welcome */
export async function joinPeer(
  port: number,
  room: string,
  seat?: SeatClaim,
  options?: ClientOptions,
): Promise<SeatedPeer> {
  const peer = await connectPeer(port, options)
  peer.say(helloTo(room, seat))
  const first = await peer.next()
  if (first.type !== 'welcome') throw new Error(`a welcome must come first, got ${first.type}`)
  return { ...peer, welcome: first }
}

export const helloTo = (room: string, seat?: SeatClaim): ClientMessage => ({
  type: 'hello',
  version: PROTOCOL_VERSION,
  authKey: authKeyOf(room),
  sealed: 'AAAA',
  ...(seat === undefined ? {} : { seat }),
})

function parseGoodFrame(data: Uint8Array): RelayFrame {
  const frame = parseRelayFrame(data)
  if (frame === undefined) throw new Error('the server must send relayed frames as they are')
  return frame
}

const isAboutNobody = (message: ServerMessage): boolean =>
  message.type === 'refused' && message.detail === NOBODY

/** Comes back when the server has read everything sent so far; costs nothing of any bucket. */
export function echo(peer: TalkingPeer): Promise<unknown> {
  const answered = new Promise((resolve) => peer.socket.once('pong', resolve))
  peer.socket.ping()
  return answered
}

/** The connection beneath, for bytes that are no frames. */
export const rawSocketOf = (peer: TalkingPeer): Socket =>
  (peer.socket as unknown as { _socket: Socket })._socket
