import type { ChangeKind, KnownChange } from '../page/changes-types.ts'

/** One change, as both pages came to know it. */
export interface Met {
  readonly kind: ChangeKind
  /** How long after the last moment at which it could still be heard in time the later page knew it; at most 0: in time. */
  readonly lateMs: number
  /** Between the moments at which the two pages act on it. */
  readonly apartMs: number
  /** The same if each acted when it knew. */
  readonly apartOnArrivalMs: number
}

/** The changes that both pages know and that were agreed for a moment ahead, in their order. */
export function metChanges(
  first: readonly KnownChange[],
  second: readonly KnownChange[],
): readonly Met[] {
  const others = new Map(second.map((change) => [change.key, change]))
  return first.flatMap((change) => {
    const other = others.get(change.key)
    if (other === undefined || change.kind === undefined) return []
    return [
      {
        kind: change.kind,
        lateMs: Math.max(lateMs(change), lateMs(other)),
        apartMs: Math.abs(actsMs(change) - actsMs(other)),
        apartOnArrivalMs: Math.abs(change.knownMs - other.knownMs),
      },
    ]
  })
}

const lateMs = ({ knownMs, agreedMs, latencyMs }: KnownChange): number =>
  knownMs - (agreedMs - latencyMs)

/** At the agreed moment, or as soon as it can be heard. */
const actsMs = ({ knownMs, agreedMs, latencyMs }: KnownChange): number =>
  Math.max(agreedMs, knownMs + latencyMs)
