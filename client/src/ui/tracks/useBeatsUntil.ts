import { ref, type Ref } from 'vue'
import type { Moment } from '../../sequence/song.ts'
import { usePlayhead } from '../grid/usePlayhead.ts'
import { useSession } from '../useServices.ts'

/** Whole beats until an agreed moment is heard, counted down while the song plays; undefined when it has come. */
export function useBeatsUntil(moment: () => Moment | undefined): Readonly<Ref<number | undefined>> {
  const session = useSession()
  const beats = ref<number>()
  usePlayhead(() => {
    const awaited = moment()
    const left = awaited && session.beatsUntil(awaited)
    beats.value = left === undefined ? undefined : Math.ceil(left)
  })
  return beats
}
