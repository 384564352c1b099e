import { createHmac } from 'node:crypto'
import type { IceServer, PeerId } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'

/** A TURN server that shares a secret with us, as coturn does with `use-auth-secret`. */
export interface Turn {
  readonly urls: readonly string[]
  readonly secret: string
  /** How long credentials hold. */
  readonly ttlSeconds: number
}

/** What each peer uses to find a way to others. */
export interface IceServers {
  /** With credentials of its own, that hold from now on. */
  forPeer(peerId: PeerId): readonly IceServer[]
  /** Tells fresh ones whenever half the life of the last has passed. */
  keepFresh(peerId: PeerId, tell: (iceServers: readonly IceServer[]) => void): Undo
}

/** @param turn undefined: nothing runs out, and nothing is told anew */
export function createIceServers(
  lasting: readonly IceServer[],
  turn: Turn | undefined,
  clock: Clock,
): IceServers {
  const forPeer = (peerId: PeerId): readonly IceServer[] =>
    turn === undefined ? lasting : [...lasting, turnServerFor(turn, peerId, clock.wallMs())]

  return {
    forPeer,
    keepFresh(peerId, tell) {
      if (turn === undefined) return () => undefined
      const everyMs = (turn.ttlSeconds * 1000) / 2
      const renew = (): void => {
        end = clock.after(everyMs, renew)
        tell(forPeer(peerId))
      }
      let end = clock.after(everyMs, renew)
      return () => {
        end()
      }
    },
  }
}

/**
 * The server with credentials that it checks without asking us: the name says until when they hold and whose they are.
 *
 * @see draft-uberti-behave-turn-rest-00, section 2.2
 */
function turnServerFor(
  { urls, secret, ttlSeconds }: Turn,
  peerId: PeerId,
  wallMs: number,
): IceServer {
  const username = `${String(Math.floor(wallMs / 1000) + ttlSeconds)}:${peerId}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { urls, username, credential }
}
