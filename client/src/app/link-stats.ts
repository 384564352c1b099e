import type { PeerId } from '@beatcord/shared'
import type { LinkStats } from './states.ts'

/** What is measured of a link, by those who measure. */
export interface LinkMeters {
  readonly linkStats: (peer: PeerId) => {
    readonly rttMs?: number
    readonly route: LinkStats['route'] | 'none'
  }
  /** 0 to 1; undefined before enough was sent. */
  readonly lossOf: (peer: PeerId) => number | undefined
}

/**
 * How well somebody is reached, as coarse as people read it: a figure that trembles less is shown anew less often.
 *
 * @returns undefined without a link
 */
export function readLinkStats(meters: LinkMeters, peer: PeerId): LinkStats | undefined {
  const { rttMs, route } = meters.linkStats(peer)
  if (route === 'none') return undefined
  const loss = meters.lossOf(peer)
  return {
    route,
    ...(rttMs !== undefined && { rttMs: Math.round(rttMs) }),
    ...(loss !== undefined && { loss: Math.round(loss * 100) / 100 }),
  }
}
