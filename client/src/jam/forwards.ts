import type { PeerId } from '@beatcord/shared'
import type { Mesh } from '../net/mesh.ts'

type Reach = Pick<Mesh, 'peers' | 'reachOf'>

/**
 * Whom a peer passes an update on to: those it is linked with and the author is not. Of several who could, the one with
 * the lowest id does it, so that nobody gets it twice.
 *
 * @param author whose edit it is
 * @param from   whom we have it from: the author, or somebody who passed it on
 */
export function forwardTargets(
  mesh: Reach,
  self: PeerId,
  author: PeerId,
  from: PeerId,
): readonly PeerId[] {
  const toldByFrom = mesh.reachOf(from)
  return mesh.peers().filter((peer) => {
    const reached = mesh.reachOf(peer)
    if (peer === author || peer === from || reached === undefined) return false
    if (reached.has(author) || reached.has(from)) return false
    return ![...reached].some((other) => other < self && toldByFrom?.has(other) === true)
  })
}

/** Those who are linked with us and not with `from`: they may not have what it just gave us. */
export const beyond = (mesh: Reach, from: PeerId): readonly PeerId[] =>
  mesh.peers().filter((peer) => peer !== from && mesh.reachOf(peer)?.has(from) === false)
