import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { SOUND_WORDS } from '../../words/sound.ts'
import { useServices } from '../useServices.ts'
import { useToasts } from '../room/useToasts.ts'
import type * as Bank from './preset-bank.ts'
import type { SoundDesk } from './useSoundDesk.ts'

/** Fetched when somebody wants another sound, or a while after the first one. */
const loadBank = (): Promise<typeof Bank> => import('./preset-bank.ts')
const FETCH_LATER_MS = 4000

export interface Presets {
  /** Fetches them, to know the sound's name. */
  load(): Promise<void>
  /** What to call the sound of the track. */
  readonly name: ComputedRef<string>
  /** Takes the next preset, or the one before. */
  turn(way: 1 | -1): Promise<void>
  surprise(): Promise<void>
}

export function usePresets(desk: SoundDesk): Presets {
  const services = useServices()
  const toasts = useToasts()
  const bank = shallowRef<typeof Bank>()
  /** The one that was there last, also while it is being changed. */
  const last = shallowRef<Bank.Preset>()
  const exact = computed(() => bank.value?.presetOf(desk.sound.value))

  watch([exact, () => desk.track.value.id], ([found, id], [, before]) => {
    if (found !== undefined || id !== before) last.value = found
  })

  async function loaded(): Promise<typeof Bank> {
    bank.value ??= await loadBank()
    last.value ??= exact.value
    return bank.value
  }
  const timer = setTimeout(() => {
    // Out of reach now, it is asked for again when it is needed.
    loaded().catch(() => undefined)
  }, FETCH_LATER_MS)
  onScopeDispose(() => clearTimeout(timer))

  async function withBank(act: (all: typeof Bank) => void): Promise<void> {
    try {
      act(await loaded())
    } catch (error) {
      services.report(error)
      toasts.add({ text: SOUND_WORDS.noSounds })
    }
  }
  return {
    load: () => withBank(() => undefined),
    name: computed(() => {
      const { instrument } = desk.sound.value
      if (exact.value !== undefined) return exact.value.name
      if (last.value !== undefined && bank.value?.instrumentOf(last.value) === instrument)
        return SOUND_WORDS.changed(last.value.name)
      return instrument === 'drums' ? SOUND_WORDS.chooseKit : SOUND_WORDS.chooseSound
    }),
    turn: (way) =>
      withBank((all) => {
        const { instrument } = desk.sound.value
        const next = all.neighbourOf(exact.value ?? last.value, instrument, way)
        if (next === undefined) return
        last.value = next
        desk.take(all.soundOf(next), SOUND_WORDS.taken(next.name))
      }),
    surprise: () =>
      withBank((all) => {
        last.value = undefined
        desk.take(all.surprise(desk.sound.value, Math.random), SOUND_WORDS.surprised)
      }),
  }
}
