import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { syncFrame } from './doc-frames.ts'
import { ASK } from './gate.ts'

/** What we asked of whom: only an answer to it may bring what third parties wrote. */
export interface Asking {
  /** A link opened, or goes another way: what was asked before may never be answered. */
  begin(peer: PeerId): void
  end(peer: PeerId): void
  /** Asks for what we lack. */
  ask(peer: PeerId): void
  /** The same, unless a question to that peer is still to be answered. */
  askOnce(peer: PeerId): void
  /** Asks for everything, to see whether it is the same. */
  askWhole(peer: PeerId): void
  /** An answer came. @returns what had been asked; undefined when nothing had */
  answered(peer: PeerId): 'lack' | 'whole' | undefined
  /** Somebody asked us and said so what they have: asks back when that is more than ours. */
  heardAsk(peer: PeerId, stateVector: Uint8Array): void
  /** What this peer has is too much to take in: it is not asked again for a minute. */
  rest(peer: PeerId): void
}

const NOTHING = Uint8Array.of(0)
/** A question that was not answered by then is as good as lost, and another may be asked. */
const UNANSWERED_MS = 10_000
/** Until then its answer is taken: 8 MiB through the server take the better part of a minute. */
const TOO_LATE_MS = 60_000
const REST_MS = 60_000

interface Asked {
  /** When what we lacked was asked for and no answer came, oldest first. */
  readonly lacksMs: readonly number[]
  /** When everything was. */
  readonly wholeMs?: number | undefined
  readonly restUntilMs: number
}

const NOTHING_ASKED: Asked = { lacksMs: [], restUntilMs: -Infinity }

export function createAsking(
  doc: Y.Doc,
  mesh: Pick<Mesh, 'send'>,
  { now }: Pick<Timers, 'now'>,
): Asking {
  const open = new Map<PeerId, Asked>()

  const isSince = (askedMs: number | undefined, forMs: number): boolean =>
    askedMs !== undefined && now() - askedMs < forMs
  const isPending = ({ lacksMs }: Asked): boolean => isSince(lacksMs.at(-1), UNANSWERED_MS)

  function ask(peer: PeerId): void {
    const asked = open.get(peer)
    if (asked === undefined || now() < asked.restUntilMs) return
    if (!mesh.send(peer, 'doc', syncFrame(ASK, Y.encodeStateVector(doc)))) return
    const lacksMs = asked.lacksMs.filter((askedMs) => isSince(askedMs, TOO_LATE_MS))
    open.set(peer, { ...asked, lacksMs: [...lacksMs, now()] })
  }
  function askUnlessPending(peer: PeerId): void {
    const asked = open.get(peer)
    if (asked !== undefined && !isPending(asked)) ask(peer)
  }

  return {
    begin(peer) {
      open.set(peer, NOTHING_ASKED)
      ask(peer)
    },
    end(peer) {
      open.delete(peer)
    },
    ask,
    askOnce: askUnlessPending,
    askWhole(peer) {
      const asked = open.get(peer)
      if (asked === undefined) return
      if (mesh.send(peer, 'doc', syncFrame(ASK, NOTHING)))
        open.set(peer, { ...asked, wholeMs: now() })
    },
    answered(peer) {
      const asked = open.get(peer)
      if (asked === undefined) return undefined
      // Answers overtake each other; one that was meant for the other question only makes the comparison come later.
      if (isSince(asked.wholeMs, TOO_LATE_MS)) {
        open.set(peer, { ...asked, wholeMs: undefined })
        return 'whole'
      }
      const [first, ...lacksMs] = asked.lacksMs.filter((askedMs) => isSince(askedMs, TOO_LATE_MS))
      open.set(peer, { ...asked, lacksMs })
      return first === undefined ? undefined : 'lack'
    },
    heardAsk(peer, stateVector) {
      const theirs = Y.decodeStateVector(stateVector)
      const isAhead = [...theirs].some(([client, clock]) => clock > Y.getState(doc.store, client))
      if (isAhead) askUnlessPending(peer)
    },
    rest(peer) {
      const asked = open.get(peer)
      if (asked !== undefined) open.set(peer, { ...asked, restUntilMs: now() + REST_MS })
    },
  }
}
