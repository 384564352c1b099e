import type { PeerId } from '@beatcord/shared'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { createBucket } from './bucket.ts'
import { isPageName } from './page-name.ts'
import { openBytes, sealBytes, type SealingKeys } from './seal.ts'
import type { Timers } from './timers.ts'

/** First byte of a payload: what it is. */
export const HELLO = 0
export const PROOF = 1

const NONCE_BYTES = 16
const NONCE = /^[\w-]{22}$/
/** Greetings that are answered; a server may repeat one as often as it likes. */
const ANSWERS = { burst: 20, perSecond: 2 }

/** One end of a conversation through the server, at one time. */
export interface RelayEnd {
  readonly peer: PeerId
  readonly page: string
  /** Drawn for this conversation alone. */
  readonly nonce: string
}

/** Both ends, each having proven that it holds the room's key and is there now. */
export interface RelaySession {
  readonly self: RelayEnd
  readonly other: RelayEnd
}

export interface RelayGreetingOptions {
  readonly self: PeerId
  readonly peer: PeerId
  readonly page: string
  /** `RoomKeys.relayKey` */
  readonly key: SealingKeys
  readonly timers: Timers
  readonly send: (payload: Uint8Array) => void
  /** Whether the peer's page is not older than the newest that is known. */
  readonly admitsPage: (page: string) => boolean
  readonly onSession: (session: RelaySession) => void
}

/**
 * How two peers convince each other, through a server that may repeat, swap and forge, that both are there now: each
 * says a nonce (hello), and hears it sealed together with the other's (proof). Alike at both ends, so that it does not
 * matter who begins, or whether both do.
 */
export interface RelayGreeting {
  hello(): Promise<void>
  /** Takes a payload that begins with `HELLO` or `PROOF`; what is wrong with it is dropped. */
  hear(payload: Uint8Array): Promise<void>
}

interface Said {
  readonly page: string
  readonly nonce: string
  /** The other's nonce, in a proof. */
  readonly echo?: string
}

export function createRelayGreeting(options: RelayGreetingOptions): RelayGreeting {
  const { self, peer, page, key, timers } = options
  const answers = createBucket(ANSWERS)
  let nonce = createNonce()
  /** Whom the nonce was proven to. */
  let provenTo: string | undefined

  async function say(kind: number, said: Said): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(said))
    const sealed = await sealBytes(key, bytes, context(kind, self, peer))
    options.send(Uint8Array.of(kind, ...sealed))
  }

  async function prove(to: string): Promise<void> {
    provenTo = to
    await say(PROOF, { page, nonce, echo: to })
  }

  return {
    hello: () => say(HELLO, { page, nonce }),
    async hear(payload) {
      const kind = payload[0] === PROOF ? PROOF : HELLO
      const bytes = await openBytes(key, payload.subarray(1), context(kind, peer, self))
      const said = bytes && parseSaid(bytes)
      if (said === undefined || !options.admitsPage(said.page)) return
      if (kind === HELLO) {
        if (answers.take(1, timers.now())) await prove(said.nonce)
        return
      }
      if (said.echo !== nonce) return
      if (provenTo !== said.nonce) await prove(said.nonce)
      const session = {
        self: { peer: self, page, nonce },
        other: { peer, page: said.page, nonce: said.nonce },
      }
      nonce = createNonce()
      provenTo = undefined
      options.onSession(session)
    },
  }
}

const createNonce = (): string =>
  encodeBase64url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))

const context = (kind: number, from: PeerId, to: PeerId): string =>
  `relay ${kind === HELLO ? 'hello' : 'proof'}|${from}|${to}`

function parseSaid(bytes: Uint8Array): Said | undefined {
  const said = parseRecord(new TextDecoder().decode(bytes))
  const { page, nonce, echo } = said ?? {}
  if (!isPageName(page) || !isNonce(nonce)) return undefined
  if (echo === undefined) return { page, nonce }
  return isNonce(echo) ? { page, nonce, echo } : undefined
}

const isNonce = (value: unknown): value is string =>
  typeof value === 'string' && NONCE.test(value) && decodeBase64url(value) !== undefined

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    // A member may seal what it likes.
    return undefined
  }
}
