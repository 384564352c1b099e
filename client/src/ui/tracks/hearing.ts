import { USUAL_MIX } from '../../sound/protocol.ts'
import type { PersonalMix, TrackMix } from '../../app/session-types.ts'
import type { TrackId } from '../../sequence/song.ts'
import { audibleTracks, type Mutable } from '../../sound/audible-tracks.ts'
import { TRACK_WORDS } from '../../words/tracks.ts'

const WORDS = TRACK_WORDS.hearing

/** How one track is heard, by the room and by this person. */
export interface Hearing {
  readonly muted: boolean
  readonly soloed: boolean
  /** What this person alone hears otherwise; undefined: as the room has it. */
  readonly mine: TrackMix | undefined
  /** Whether this person hears it at all, whoever it is that silenced it. */
  readonly isHeard: boolean
}

export const AS_THE_ROOM: Hearing = { muted: false, soloed: false, mine: undefined, isHeard: true }

export function hearings(
  tracks: readonly Mutable[],
  mix: PersonalMix,
): ReadonlyMap<TrackId, Hearing> {
  const audible = audibleTracks(tracks, mix)
  return new Map(
    tracks.map(({ id, sound }) => {
      const mine = mix.get(id) ?? USUAL_MIX
      const hearing = {
        muted: sound.muted === 'on',
        soloed: sound.soloed === 'on',
        mine: isUsual(mine) ? undefined : mine,
        isHeard: audible.has(id),
      }
      return [id, hearing]
    }),
  )
}

export interface HearingMark {
  readonly words: string
  /** Whether it is so for this person alone. */
  readonly mine: boolean
}

/** What is to be told of a track that is not simply heard. */
export function marksOf({ muted, soloed, mine, isHeard }: Hearing): readonly HearingMark[] {
  const room = [muted ? WORDS.muted : '', soloed ? WORDS.soloed : '']
  // Silent though nobody muted it: another track is soloed.
  if (!isHeard && !muted && mine?.muted !== true) room.push(WORDS.notSoloed)
  return [
    ...room.filter((words) => words !== '').map((words) => ({ words, mine: false })),
    ...(mine === undefined ? [] : [{ words: WORDS.forYou(mixWords(mine)), mine: true }]),
  ]
}

function mixWords({ muted, soloed, volume, pan }: TrackMix): string {
  if (muted) return WORDS.muted
  if (soloed) return WORDS.soloed
  if (volume !== USUAL_MIX.volume) return volume < USUAL_MIX.volume ? WORDS.quieter : WORDS.louder
  return pan < 0 ? WORDS.moreLeft : WORDS.moreRight
}

const isUsual = (mix: TrackMix): boolean =>
  mix.volume === USUAL_MIX.volume && mix.pan === USUAL_MIX.pan && !mix.muted && !mix.soloed
