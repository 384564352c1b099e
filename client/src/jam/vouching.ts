import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { Mesh } from '../net/mesh.ts'
import type { Authors } from './client-id.ts'
import type { UpdateShape } from './update-shape.ts'

/**
 * How far each of us has said to have written. What somebody else says of us beyond that is not believed until whoever
 * it is said of has been told and had time to own up to it, or to go on under another client id: so nobody's next edit
 * is taken from them. After that it is, for an author may also tell one person what it denies to another, and would
 * keep the two apart for ever.
 */
export interface Vouching {
  /**
   * This peer has so much of these clients; only what it says of its own counts.
   *
   * @returns whether it is more than before
   */
  heard(peer: PeerId, clocks: Iterable<readonly [client: number, clock: number]>): boolean
  /** The same of an update under this peer's own ids alone. */
  wrote(peer: PeerId, brings: UpdateShape['brings']): boolean
  /** Whether an answer says nothing of anybody that we cannot believe yet. Who is spoken of is told. */
  believes(from: PeerId, shape: UpdateShape, nowMs: number): boolean
  /** Tells again whom it concerns, and forgets what came to nothing. */
  expire(nowMs: number): void
  forget(peer: PeerId): void
}

export interface VouchingOptions {
  readonly doc: Y.Doc
  readonly mesh: Pick<Mesh, 'self' | 'peers' | 'pageOf'>
  readonly authors: Authors
  /** Somebody says that this peer, or we ourselves, wrote under that client up to here, and they have not said so. */
  readonly onDoubt: (author: PeerId, client: number, clock: number) => void
}

/** An author hears of it and is heard within a round trip; a link that is silent for so long is replaced. */
const OWN_UP_MS = 5000
/** Claims of one client that are told apart by when they came, and how far apart they are. */
const MAX_CLAIMS = 64
const CLAIM_EVERY_MS = 1000
const FORGET_MS = 60_000

interface Claim {
  readonly clock: number
  readonly atMs: number
}

interface Doubt {
  readonly author: PeerId
  /** Oldest first, and ever further. */
  readonly claims: readonly Claim[]
}

export function createVouching({ doc, mesh, authors, onDoubt }: VouchingOptions): Vouching {
  const said = new Map<PeerId, Map<number, number>>()
  const doubts = new Map<number, Doubt>()

  /** The ids of a linked peer, or of our own. */
  function idsOf(peer: PeerId): ReadonlySet<number> {
    const self = mesh.self()
    const page = peer === self?.peer ? self.page : mesh.pageOf(peer)
    return page === undefined ? new Set() : authors.idsOf({ peer, page })
  }
  const reached = (author: PeerId, client: number): number =>
    Math.max(said.get(author)?.get(client) ?? 0, Y.getState(doc.store, client))

  function raise(peer: PeerId, client: number, clock: number): boolean {
    const own = said.get(peer) ?? new Map<number, number>()
    if (clock <= (own.get(client) ?? 0)) return false
    said.set(peer, own.set(client, clock))
    return true
  }

  /** How far it has been claimed for long enough. */
  function ripe(client: number, nowMs: number): number {
    const claims = doubts.get(client)?.claims ?? []
    return claims.findLast(({ atMs }) => nowMs - atMs >= OWN_UP_MS)?.clock ?? 0
  }

  function claim(author: PeerId, client: number, clock: number, atMs: number): void {
    const claims = doubts.get(client)?.claims ?? []
    const last = claims.at(-1)
    if (last !== undefined && (clock <= last.clock || atMs - last.atMs < CLAIM_EVERY_MS)) return
    doubts.set(client, { author, claims: [...claims, { clock, atMs }].slice(-MAX_CLAIMS) })
    onDoubt(author, client, clock)
  }

  return {
    heard(peer, clocks) {
      const ids = idsOf(peer)
      let hasGrown = false
      for (const [client, clock] of clocks) {
        if (ids.has(client) && raise(peer, client, clock)) hasGrown = true
      }
      return hasGrown
    },
    wrote(peer, brings) {
      let hasGrown = false
      for (const [client, { to }] of brings) if (raise(peer, client, to)) hasGrown = true
      return hasGrown
    },
    believes(from, { brings }, nowMs) {
      const self = mesh.self()
      const others = mesh.peers().filter((peer) => peer !== from)
      let believed = true
      // By their ids and not by the answer's, of which a stranger may name any number.
      for (const author of self === undefined ? others : [self.peer, ...others]) {
        for (const client of idsOf(author)) {
          const to = brings.get(client)?.to ?? 0
          if (to <= Math.max(reached(author, client), ripe(client, nowMs))) continue
          claim(author, client, to, nowMs)
          believed = false
        }
      }
      return believed
    },
    expire(nowMs) {
      for (const [client, { author, claims }] of doubts) {
        const last = claims.at(-1)
        const isSettled = last === undefined || last.clock <= reached(author, client)
        if (isSettled || nowMs - last.atMs >= FORGET_MS) doubts.delete(client)
        else if (nowMs - last.atMs < OWN_UP_MS) onDoubt(author, client, last.clock)
      }
    },
    forget(peer) {
      said.delete(peer)
    },
  }
}
