import { computed, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { PatternName } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { shownTracks } from './shown-tracks.ts'
import type { OpenPatterns, ShownTrack } from './shown-tracks.ts'

export interface Tracks {
  readonly all: ComputedRef<readonly [ShownTrack, ...ShownTrack[]]>
  /** The one in the roll: mine until another is chosen, and again when that one goes. */
  readonly open: ComputedRef<ShownTrack>
  choose(id: TrackId): void
  /** Opens one of the patterns of the track in the roll, whether or not it plays. */
  openPattern(name: PatternName): void
}

export function useTracks(): Tracks {
  const session = useSession()
  const song = useLive(session.song)
  const people = useLive(session.people)
  const myTrackId = useLive(session.myTrackId)
  const chosen = shallowRef<TrackId>()
  const patterns = shallowRef<OpenPatterns>(new Map())

  const all = computed(() => shownTracks(song.value, people.value, myTrackId.value, patterns.value))
  const open = computed(() => all.value.find((track) => track.id === chosen.value) ?? all.value[0])
  return {
    all,
    open,
    choose(id) {
      chosen.value = id
    },
    openPattern(name) {
      patterns.value = new Map(patterns.value).set(open.value.id, name)
    },
  }
}
