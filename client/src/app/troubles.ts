import type { PeerId } from '@beatcord/shared'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { LinkState } from '../net/mesh.ts'
import type { CutOff, Trouble } from './states.ts'

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
