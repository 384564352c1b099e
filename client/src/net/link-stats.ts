import type { PeerId } from '@beatcord/shared'
import type { LinkReport } from './peer-link-types.ts'
import type { Timers } from './timers.ts'

/** How the bytes of a link go: straight, through a TURN server, or through the signal server. */
export type LinkRoute = 'direct' | 'turn' | 'server' | 'none'

export interface LinkStats extends Omit<LinkReport, 'route'> {
  readonly route: LinkRoute
  /** How the two ends of a connection are reached. */
  readonly candidates?: CandidateKinds
}

export interface CandidateKinds {
  readonly local: string
  readonly remote: string
}

/** What is asked of a connection is good for so long. */
const FRESH_MS = 3000

interface Asked {
  readonly connection: RTCPeerConnection
  readonly atMs: number
  candidates?: CandidateKinds
}

/** Knows of each connection how its ends are reached: asked while it is wanted, and answered with what came last. */
export interface LinkStatsReader {
  read(peer: PeerId, report: LinkReport, connection: RTCPeerConnection | undefined): LinkStats
  forget(peer: PeerId): void
}

export function createLinkStats(timers: Pick<Timers, 'now'>): LinkStatsReader {
  const asked = new Map<PeerId, Asked>()

  function candidatesOf(peer: PeerId, connection: RTCPeerConnection): CandidateKinds | undefined {
    const before = asked.get(peer)
    const known = before?.connection === connection ? before : undefined
    if (known !== undefined && timers.now() - known.atMs < FRESH_MS) return known.candidates
    const asking: Asked = { connection, atMs: timers.now() }
    if (known?.candidates !== undefined) asking.candidates = known.candidates
    asked.set(peer, asking)
    void readCandidates(connection).then((candidates) => {
      if (candidates !== undefined) asking.candidates = candidates
    })
    return asking.candidates
  }

  return {
    read(peer, report, connection) {
      if (report.route !== 'direct' || connection === undefined) return report
      const candidates = candidatesOf(peer, connection)
      if (candidates === undefined) return report
      const isTurn = candidates.local === 'relay' || candidates.remote === 'relay'
      return { ...report, route: isTurn ? 'turn' : 'direct', candidates }
    },
    forget(peer) {
      asked.delete(peer)
    },
  }
}

type Stat = Readonly<Record<string, unknown>>

async function readCandidates(connection: RTCPeerConnection): Promise<CandidateKinds | undefined> {
  try {
    const stats = new Map<string, Stat>()
    const report = await connection.getStats()
    report.forEach((stat: Stat, id: string) => stats.set(id, stat))
    const pair = selectedPair(stats)
    const kindOf = (id: unknown): unknown => stats.get(String(id))?.['candidateType']
    const [local, remote] = [
      kindOf(pair?.['localCandidateId']),
      kindOf(pair?.['remoteCandidateId']),
    ]
    return typeof local === 'string' && typeof remote === 'string' ? { local, remote } : undefined
  } catch {
    // A connection that closes meanwhile has none.
    return undefined
  }
}

/** Chromium names it in the transport; Firefox marks the pair itself. */
function selectedPair(stats: ReadonlyMap<string, Stat>): Stat | undefined {
  const all = [...stats.values()]
  const transport = all.find(({ type }) => type === 'transport')
  const named = stats.get(String(transport?.['selectedCandidatePairId']))
  return (
    named ??
    all.find(({ type, selected, nominated, state }) => {
      if (type !== 'candidate-pair') return false
      return selected === true || (nominated === true && state === 'succeeded')
    })
  )
}
