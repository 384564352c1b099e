import { computed, inject, onScopeDispose, provide, shallowRef, watch } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { Session } from '../../app/session-types.ts'
import { assert } from '../../lib/assert.ts'
import type { TrackId } from '../../sequence/song.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { SOUND_WORDS } from '../../words/sound.ts'
import { personColour } from '../palette.ts'
import { useToasts } from '../room/useToasts.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'
import { useTracks } from '../tracks/useTracks.ts'
import { useSession } from '../useServices.ts'

/** The track whose sound is on the panel, for everything on it. */
export interface SoundDesk {
  readonly track: ComputedRef<ShownTrack>
  readonly sound: ComputedRef<TrackSound>
  readonly colour: ComputedRef<string>
  readonly readOnly: ComputedRef<boolean>
  /** All other tracks of the song. */
  readonly others: ComputedRef<readonly ShownTrack[]>
  readonly setParam: OnTrack<Session['setParam']>
  readonly setChoice: OnTrack<Session['setChoice']>
  readonly setLink: OnTrack<Session['setLink']>
  readonly audition: OnTrack<Session['audition']>
  /** Without a sound: as it stands. */
  readonly tryOut: OnTrack<Session['tryOut']>
  /** Gives the track many values at once, and says so with a way back. */
  take(sound: Partial<TrackSound>, words: string): void
}

type OnTrack<Verb> = Verb extends (track: TrackId, ...rest: infer Rest) => void
  ? (...rest: Rest) => void
  : never

/** Longer than any edit takes to come back from the song. */
const SETTLED_MS = 400
const DESK: InjectionKey<SoundDesk> = Symbol('sound desk')

export function provideSoundDesk(shown: () => ShownTrack, readOnly: () => boolean): SoundDesk {
  const session = useSession()
  const toasts = useToasts()
  const { all } = useTracks()
  const track = computed(shown)
  const id = (): TrackId => track.value.id
  /** What is under the hand: shown as the hand has it, on every knob and drawing at once. */
  const draft = shallowRef<Partial<TrackSound>>({})
  let timer: ReturnType<typeof setTimeout> | undefined
  const dropDraft = (): void => {
    clearTimeout(timer)
    draft.value = {}
  }
  onScopeDispose(dropDraft)
  let shownToast: number | undefined
  watch(id, dropDraft)

  const desk: SoundDesk = {
    track,
    sound: computed(() => ({ ...track.value.sound, ...draft.value })),
    colour: computed(() => personColour(track.value.colour)),
    readOnly: computed(readOnly),
    others: computed(() => all.value.filter((each) => each.id !== id())),
    setParam(param, value) {
      clearTimeout(timer)
      timer = setTimeout(dropDraft, SETTLED_MS)
      draft.value = { ...draft.value, [param]: value }
      session.setParam(id(), param, value)
    },
    setChoice: (param, value) => session.setChoice(id(), param, value),
    setLink: (param, other) => session.setLink(id(), param, other),
    audition: (pitch) => session.audition(id(), pitch),
    tryOut: (sound) => session.tryOut(id(), sound),
    take(sound, words) {
      const of = id()
      const before = valuesOf(track.value.sound, Object.keys(sound) as (keyof TrackSound)[])
      dropDraft()
      session.tryOut(of)
      session.setSound(of, sound)
      // One way back at a time: of the last one.
      if (shownToast !== undefined) toasts.dismiss(shownToast)
      toasts.add({
        text: words,
        action: { label: SOUND_WORDS.undo, run: () => session.setSound(of, before) },
      })
      shownToast = toasts.shown.read().at(-1)?.id
    },
  }
  provide(DESK, desk)
  return desk
}

export function useSoundDesk(): SoundDesk {
  const desk = inject(DESK)
  assert(desk !== undefined, 'a sound desk must be provided by the panel')
  return desk
}

const valuesOf = (sound: TrackSound, params: readonly (keyof TrackSound)[]): Partial<TrackSound> =>
  Object.fromEntries(params.map((param) => [param, sound[param]]))
