import { computed } from 'vue'
import type { Person } from '../../app/session-types.ts'
import type { Pitch } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import { HAND_WORDS as WORDS } from '../../words/hands.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** Who holds which key of a track. */
export function useHeld(track: () => TrackId): {
  isMine(pitch: Pitch): boolean
  othersOn(pitch: Pitch): readonly Person[]
  /** What a key is called, with who else holds it. */
  nameOf(pitch: Pitch, name: string): string
} {
  const session = useSession()
  const pressed = useLive(session.hands.pressed)
  const held = useLive(session.hands.heldByOthers)
  const people = useLive(session.people)
  const byPitch = computed(() => {
    const found = new Map<Pitch, readonly Person[]>()
    for (const { peer, pitch, track: on } of held.value) {
      const person = people.value.find(({ id }) => id === peer)
      if (on !== track() || person === undefined) continue
      found.set(pitch, [...(found.get(pitch) ?? []), person])
    }
    return found
  })
  const othersOn = (pitch: Pitch): readonly Person[] => byPitch.value.get(pitch) ?? []
  return {
    isMine: (pitch) => pressed.value.includes(pitch),
    othersOn,
    nameOf(pitch, name) {
      const names = othersOn(pitch).map((person) => person.name)
      return names.length === 0 ? name : `${name}, ${WORDS.heldBy(names.join(', '))}`
    },
  }
}
