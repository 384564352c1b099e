import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { LinkState } from '../net/mesh.ts'
import type { CutOff } from './people.ts'

/** What went wrong with somebody's link, and when. */
export interface Trouble {
  readonly kind:
    /** Nothing came for a while. */
    | 'silent'
    /** Neither a direct way nor one through the server. */
    | 'no-way'
    /** No direct way was found; the server passes on. */
    | 'no-direct-way'
    /** There was a direct way, and it was lost. */
    | 'lost-direct-way'
    | 'cut-off'
    | 'cut-off-by-them'
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number
  /** Of a cut: which rule was broken. */
  readonly code?: string
}

/** Remembers the last trouble with each peer, for as long as this tab is in the room. */
export interface Troubles {
  lastOf(peer: PeerId): Trouble | undefined
  cutOff(cut: CutOff): void
  readonly close: Undo
}

type Status = LinkState['status']

export function createTroubles(
  links: Live<ReadonlyMap<PeerId, LinkState>>,
  wallMs: () => number,
): Troubles {
  const last = new Map<PeerId, Trouble>()
  let before = links.read()
  const close = links.subscribe((now) => {
    for (const [peer, { status }] of now) {
      const kind = troubleOf(before.get(peer)?.status, status)
      if (kind !== undefined) last.set(peer, { kind, atMs: wallMs() })
    }
    before = now
  })
  return {
    lastOf: (peer) => last.get(peer),
    cutOff({ peer, by, code }) {
      last.set(peer, { kind: by === 'us' ? 'cut-off' : 'cut-off-by-them', atMs: wallMs(), code })
    },
    close,
  }
}

function troubleOf(before: Status | undefined, now: Status): Trouble['kind'] | undefined {
  if (before === now) return undefined
  if (now === 'unsteady') return 'silent'
  if (now === 'unreachable') return 'no-way'
  if (now !== 'relayed') return undefined
  return before === 'open' || before === 'unsteady' ? 'lost-direct-way' : 'no-direct-way'
}
