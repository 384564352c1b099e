import { onMounted, onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import type { PatternName } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useSession } from '../useServices.ts'
import { useTogether } from './useTogether.ts'

export interface FollowPersonOptions {
  /** What can be touched that following moves. */
  readonly desk: Readonly<Ref<HTMLElement | null>>
  /** What is in it, and is nobody's to follow: the talk. */
  readonly apart: Readonly<Ref<HTMLElement | null>>
  isThere(track: TrackId): boolean
  readonly open: () => { readonly id: TrackId; readonly patternName: PatternName }
  choose(track: TrackId): void
  openPattern(pattern: PatternName): void
  /** Brings the notes into sight. */
  show(): void
}

/** Keys that touch nothing. */
const IDLE_KEYS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'Tab'])

/**
 * Opens what the followed person has open, until this person touches something themselves, or presses Escape.
 *
 * @returns what ends it, for whatever this person opens otherwise: by a command, say
 */
export function useFollowPerson(options: FollowPersonOptions): () => void {
  const session = useSession()
  const followed = useTogether((together) => together.followed)
  const looks = useTogether((together) => together.looks)
  const listening = new AbortController()

  const stop = (): void => {
    if (followed.value !== undefined) session.together.follow(undefined)
  }
  const onTouch = (event: Event): void => {
    const { target } = event
    if (!(target instanceof Node) || options.apart.value?.contains(target) === true) return
    if (options.desk.value?.contains(target) === true) stop()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') stop()
    else if (!IDLE_KEYS.has(event.key)) onTouch(event)
  }
  watch([followed, looks, () => options.open()], () => {
    const look = looks.value.find(({ peer }) => peer === followed.value)
    if (look === undefined || !options.isThere(look.track)) return
    if (options.open().id !== look.track) options.choose(look.track)
    if (options.open().patternName !== look.pattern) options.openPattern(look.pattern)
  })
  watch(followed, (person) => {
    if (person !== undefined) options.show()
  })
  onMounted(() => {
    const how = { signal: listening.signal, capture: true }
    document.addEventListener('pointerdown', onTouch, how)
    document.addEventListener('wheel', onTouch, { ...how, passive: true })
    document.addEventListener('keydown', onKey, how)
  })
  onScopeDispose(() => listening.abort())
  return stop
}
