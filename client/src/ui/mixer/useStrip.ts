import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { USUAL_MIX } from '../../sound/protocol.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'
import { MY_PAN, MY_VOLUME, ROOM_PAN, ROOM_VOLUME } from './mix-faces.ts'
import type { MixFace } from './mix-faces.ts'

/** Whose mix is changed: everybody's, or what this person alone hears. */
export type Ears = 'room' | 'mine'

/** What a strip shows of a track, and where its changes go. */
export interface Strip {
  readonly volumeFace: MixFace
  readonly panFace: MixFace
  readonly volume: number
  readonly pan: number
  readonly muted: boolean
  readonly soloed: boolean
  setVolume(volume: number): void
  setPan(pan: number): void
  setMuted(muted: boolean): void
  setSoloed(soloed: boolean): void
}

export function useStrip(track: () => ShownTrack, ears: () => Ears): ComputedRef<Strip> {
  const session = useSession()
  const mix = useLive(session.mix)

  const roomStrip = ({ id, sound }: ShownTrack): Strip => ({
    volumeFace: ROOM_VOLUME,
    panFace: ROOM_PAN,
    volume: sound.volume,
    pan: sound.pan,
    muted: sound.muted === 'on',
    soloed: sound.soloed === 'on',
    setVolume: (volume) => session.setParam(id, 'volume', volume),
    setPan: (pan) => session.setParam(id, 'pan', pan),
    setMuted: (muted) => session.setChoice(id, 'muted', muted ? 'on' : 'off'),
    setSoloed: (soloed) => session.setChoice(id, 'soloed', soloed ? 'on' : 'off'),
  })
  const myStrip = ({ id }: ShownTrack): Strip => ({
    volumeFace: MY_VOLUME,
    panFace: MY_PAN,
    ...(mix.value.get(id) ?? USUAL_MIX),
    setVolume: (volume) => session.setMix(id, { volume }),
    setPan: (pan) => session.setMix(id, { pan }),
    setMuted: (muted) => session.setMix(id, { muted }),
    setSoloed: (soloed) => session.setMix(id, { soloed }),
  })
  return computed(() => (ears() === 'room' ? roomStrip(track()) : myStrip(track())))
}
