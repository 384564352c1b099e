import type { PeerId } from '@beatcord/shared'
import type { Mesh } from '../net/mesh.ts'
import type { Roles } from './roles.ts'

type Reach = Pick<Mesh, 'peers' | 'reachOf' | 'links'>

/** Somebody who is to get an update from us. */
export interface ForwardTarget {
  readonly peer: PeerId
  /** How many others come first: 0 when it is on us. */
  readonly before: number
}

/**
 * Whom a peer passes an update on to: those it is linked with and the author is not. Of several who could, the one with
 * the lowest id comes first, so that nobody gets it twice; one whose link is unsteady does not count, nor a listener, from
 * whom nobody takes it.
 *
 * @param author whose edit it is
 * @param from   whom we have it from: the author, or somebody who passed it on
 */
export function forwardTargets(
  mesh: Reach,
  self: PeerId,
  author: PeerId,
  from: PeerId,
  mayEdit: Roles['mayEdit'],
): readonly ForwardTarget[] {
  const toldByFrom = mesh.reachOf(from)
  const links = mesh.links.read()
  return mesh.peers().flatMap((peer) => {
    const reached = mesh.reachOf(peer)
    if (peer === author || peer === from || reached === undefined) return []
    if (reached.has(author) || reached.has(from)) return []
    const before = [...reached].filter(
      (other) =>
        other < self &&
        toldByFrom?.has(other) === true &&
        links.get(other)?.status !== 'unsteady' &&
        mayEdit(other),
    )
    return [{ peer, before: before.length }]
  })
}

/** Those who are linked with us and not with `from`: they may not have what it just gave us. */
export const beyond = (mesh: Pick<Mesh, 'peers' | 'reachOf'>, from: PeerId): readonly PeerId[] =>
  mesh.peers().filter((peer) => peer !== from && mesh.reachOf(peer)?.has(from) === false)
