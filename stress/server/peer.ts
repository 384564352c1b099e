import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import {
  parseServerMessage,
  PROTOCOL_VERSION,
  type PeerId,
  type Role,
  type SeatClaim,
  type ServerMessage,
} from '@beatcord/shared'
import { must } from '../scenario.ts'

/** A seat that a scenario speaks for, over a socket of its own. */
export interface Peer {
  readonly id: PeerId
  readonly role: Role
  readonly claim: SeatClaim
  /** Whom it found there, and what they showed. */
  readonly roster: Extract<ServerMessage, { type: 'welcome' }>['roster']
  /** All that came after the welcome and before now. */
  readonly heard: readonly ServerMessage[]
  /** Close code. */
  readonly closed: Promise<number>
  say(message: object): void
  /** Resolves when so many of a kind have come; rejects when the socket closes first. */
  heardOf(kind: ServerMessage['type'], count: number): Promise<void>
  /** Runs for each message that comes from now on. */
  onMessage(listener: (message: ServerMessage) => void): void
  /** Gives the seat up. Resolves when the server has heard of it. */
  leave(): Promise<void>
  /** The seat waits. */
  cut(): void
}

export interface Coming {
  readonly seat?: SeatClaim
  readonly sealed?: string
  /** Local address to come from; all of 127.0.0.0/8 are this machine's. */
  readonly address?: string
}

/** 32 random bytes as the protocol writes them. */
export const randomKey = (): string => randomBytes(32).toString('base64url')

/** Two in a room of their own. */
export async function pair(url: string): Promise<readonly [Peer, Peer]> {
  const key = randomKey()
  const both = [await sit(url, key), await sit(url, key)] as const
  await both[0].heardOf('peer-joined', 1)
  return both
}

/** @throws (rejects) when no welcome comes */
export async function sit(url: string, authKey: string, coming: Coming = {}): Promise<Peer> {
  const { seat, sealed = '', address } = coming
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    ...(address !== undefined && { localAddress: address }),
  })
  const heard: ServerMessage[] = []
  const listeners = new Set<(message: ServerMessage) => void>()
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    const parsed = parseServerMessage(data.toString())
    must(parsed.ok, 'the server must speak the protocol')
    heard.push(parsed.message)
    for (const listener of listeners) listener(parsed.message)
  })
  const say = (message: object): void => socket.send(JSON.stringify(message))

  const heardOf = (kind: ServerMessage['type'], wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (heard.filter(({ type }) => type === kind).length < wanted) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      void closed.then((code) => reject(new Error(`closed with ${code} before ${wanted} ${kind}`)))
      look()
    })

  socket.once('open', () => {
    say({ type: 'hello', version: PROTOCOL_VERSION, authKey, sealed, ...(seat && { seat }) })
  })
  await heardOf('welcome', 1)
  const [welcome] = heard.splice(0)
  must(welcome?.type === 'welcome', 'a welcome must come first')
  return {
    id: welcome.seat.peerId,
    role: welcome.role,
    claim: welcome.seat,
    roster: welcome.roster,
    heard,
    closed,
    say,
    heardOf,
    onMessage: (listener) => void listeners.add(listener),
    async leave() {
      if (socket.readyState === WebSocket.OPEN) say({ type: 'leave' })
      await closed
    },
    cut: () => socket.terminate(),
  }
}

/** @throws (rejects) when a signal does not come through */
export async function mustHear(from: Peer, to: Peer): Promise<void> {
  const before = to.heard.filter(({ type }) => type === 'signal').length
  from.say({ type: 'signal', to: to.id, data: 'still there?' })
  await to.heardOf('signal', before + 1)
}
