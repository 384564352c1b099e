import type { Beacon } from './beacon.ts'

export type SessionClaim = Pick<Beacon, 'sessionId' | 'bornAtMs'>

/** Sessions founded closer together than this count as equally old (Ableton Link's rule). */
const SAME_AGE_MS = 500
/** From three members on a session believes only what it sees: one who claims to be many moves nobody. */
const GROUP = 3

/**
 * Which session a peer belongs in: the one that most of those it sees are in, and of equally many the older. A peer by
 * itself also believes how many others say that they are, since it may see but one of them.
 *
 * @param own sessionId '' when there is none yet
 * @returns the winner's claim, or `own` itself when it stays
 */
export function chooseSession(own: SessionClaim, beacons: readonly Beacon[]): SessionClaim {
  const ownSize = own.sessionId === '' ? 0 : 1 + sizeOf(own.sessionId, beacons)
  let best = own
  let bestSize = ownSize
  for (const beacon of beacons) {
    if (beacon.sessionId === '' || beacon.sessionId === best.sessionId) continue
    const seen = sizeOf(beacon.sessionId, beacons)
    const size = ownSize < GROUP - 1 ? Math.max(seen, claimedSize(beacon.sessionId, beacons)) : seen
    if (size > bestSize || (size === bestSize && isOlder(beacon, best))) {
      best = beacon
      bestSize = size
    }
  }
  return best
}

/** How many of the others are in that session, as far as they say. */
export const sizeOf = (sessionId: string, beacons: readonly Beacon[]): number =>
  beacons.filter((beacon) => beacon.sessionId === sessionId).length

const claimedSize = (sessionId: string, beacons: readonly Beacon[]): number =>
  beacons.reduce(
    (most, beacon) => (beacon.sessionId === sessionId ? Math.max(most, beacon.members) : most),
    0,
  )

function isOlder(challenger: SessionClaim, holder: SessionClaim): boolean {
  if (holder.sessionId === '') return true
  const younger = challenger.bornAtMs - holder.bornAtMs
  return Math.abs(younger) > SAME_AGE_MS ? younger < 0 : challenger.sessionId < holder.sessionId
}
