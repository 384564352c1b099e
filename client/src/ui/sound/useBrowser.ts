import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { SOUND_BROWSER_WORDS } from '../../words/sound-browser.ts'
import { SOUND_WORDS } from '../../words/sound.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { PRESETS, PRESET_FAMILIES, presetOf, soundOf } from './preset-bank.ts'
import type { PresetFamily } from './preset-bank.ts'
import { useSoundDesk } from './useSoundDesk.ts'

/** A sound that can be heard and taken. */
export interface Offer {
  readonly name: string
  readonly kind: Kind
  readonly sound: Partial<TrackSound>
}

export type Kind = PresetFamily | 'mine'
export const KINDS: readonly (Kind | 'all')[] = ['all', ...PRESET_FAMILIES, 'mine']

export interface Browser {
  readonly search: Ref<string>
  readonly kind: Ref<Kind | 'all'>
  /** What fits the search; without one, what is of the kind. */
  readonly shown: ComputedRef<readonly Offer[]>
  readonly active: Readonly<Ref<Offer | undefined>>
  /** Lets this person hear it, at once or when the hand has rested on it. */
  listen(offer: Offer, after?: number): void
  /** Gives it to the track. */
  take(offer: Offer): void
}

/** Low enough for a bass, and the kick of a kit. */
const LOW_PITCH = 36
const MIDDLE_PITCH = 60

/** While it is open one hears what one looks at; when it closes all is as it was, but for what was taken. */
export function useBrowser(): Browser {
  const session = useSession()
  const desk = useSoundDesk()
  const saved = useLive(session.savedSounds)
  const bank: readonly Offer[] = PRESETS.map((preset) => ({
    name: preset.name,
    kind: preset.family,
    sound: soundOf(preset),
  }))
  const offers = computed<readonly Offer[]>(() => [
    ...saved.value.map(({ name, sound }) => ({ name, kind: 'mine' as const, sound })),
    ...bank,
  ])
  const standing = presetOf(desk.sound.value)
  const search = ref('')
  const kind = ref<Kind | 'all'>(
    desk.sound.value.instrument === 'drums' ? 'drums' : (standing?.family ?? 'all'),
  )
  const active = shallowRef(bank.find(({ name }) => name === standing?.name))
  let timer: ReturnType<typeof setTimeout> | undefined

  const shown = computed(() => {
    const text = search.value.trim().toLowerCase()
    return offers.value.filter((offer) =>
      text === ''
        ? kind.value === 'all' || offer.kind === kind.value
        : `${offer.name} ${SOUND_BROWSER_WORDS.kinds[offer.kind]}`.toLowerCase().includes(text),
    )
  })
  watch(shown, (now) => {
    if (active.value !== undefined && !now.includes(active.value)) active.value = undefined
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    desk.tryOut()
  })

  function hear(offer: Offer): void {
    desk.tryOut(offer.sound)
    if (!session.transport.read().playing) desk.audition(pitchFor(offer))
  }
  function pitchFor({ kind: of, sound }: Offer): number {
    if (sound.instrument === 'drums') return LOW_PITCH
    const [first] = desk.track.value.pattern.values()
    const isMelody = desk.sound.value.instrument === 'synth'
    if (first !== undefined && isMelody) return first.pitch
    return of === 'bass' ? LOW_PITCH : MIDDLE_PITCH
  }
  return {
    search,
    kind,
    shown,
    active,
    listen(offer, after = 0) {
      clearTimeout(timer)
      if (offer === active.value) return
      active.value = offer
      if (after === 0) hear(offer)
      else timer = setTimeout(() => hear(offer), after)
    },
    take(offer) {
      clearTimeout(timer)
      desk.take(offer.sound, SOUND_WORDS.taken(offer.name))
    },
  }
}
