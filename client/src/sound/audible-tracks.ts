import type { TrackId } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import type { PersonalMix } from './engine-types.ts'
import { USUAL_MIX } from './protocol.ts'

/** A track as far as it matters who hears it. */
export interface Mutable {
  readonly id: TrackId
  readonly sound: Pick<TrackSound, 'muted' | 'soloed'>
}

/**
 * The tracks that one listener hears: a track that is muted, or not soloed while another is, is silent; by the room's
 * word for everybody, by one's own for oneself.
 */
export function audibleTracks(tracks: readonly Mutable[], mix: PersonalMix): ReadonlySet<TrackId> {
  const own = ({ id }: Mutable): typeof USUAL_MIX => mix.get(id) ?? USUAL_MIX
  const isSoloed = tracks.some(({ sound }) => sound.soloed === 'on')
  const isMineSoloed = tracks.some((track) => own(track).soloed)
  const audible = tracks.filter((track) => {
    const { muted, soloed } = track.sound
    const isForRoom = muted === 'off' && (!isSoloed || soloed === 'on')
    return isForRoom && !own(track).muted && (!isMineSoloed || own(track).soloed)
  })
  return new Set(audible.map(({ id }) => id))
}
