import type { Heard, Sent } from '../page/page-types.ts'

/**
 * Delay of each message that arrived, in ms.
 *
 * @param offsetMs  the listener's clock minus the sender's
 */
export function delaysOf(
  sent: readonly Sent[],
  heard: readonly Heard[],
  kind: Sent['kind'],
  offsetMs: number,
): readonly number[] {
  const arrivals = new Map<string, Heard[]>()
  for (const each of heard) {
    if (each.kind !== kind) continue
    const same = arrivals.get(each.key)
    if (same === undefined) arrivals.set(each.key, [each])
    else same.push(each)
  }
  return sent
    .filter((each) => each.kind === kind)
    .flatMap(({ key, atMs }) => {
      // A cell is written several times; its clock is known to a fraction of a millisecond.
      const arrival = arrivals.get(key)?.find((each) => each.atMs - offsetMs > atMs - 1)
      return arrival === undefined ? [] : [arrival.atMs - offsetMs - atMs]
    })
}
