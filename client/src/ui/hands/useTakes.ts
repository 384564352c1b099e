import { computed, onScopeDispose, type Ref, watch } from 'vue'
import type { Recording, StepPlace } from '../../app/hand-types.ts'
import { HAND_WORDS as WORDS } from '../../words/hands.ts'
import { useToasts } from '../room/useToasts.ts'
import { useUndoToast } from '../room/useUndoToast.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** What is written of what a hand plays on the open track: while it plays, afterwards, or step by step. */
export function useTakes(
  track: () => ShownTrack,
  readOnly: () => boolean,
): {
  readonly recording: Readonly<Ref<Recording | undefined>>
  /** Where the next keys go, step by step; undefined while that is off. */
  readonly place: Readonly<Ref<StepPlace | undefined>>
  record(): void
  keep(): void
  toggleSteps(): void
} {
  const { hands } = useSession()
  const toasts = useToasts()
  const tellWithUndo = useUndoToast()
  const recording = useLive(hands.recording)
  const place = useLive(hands.steps.place)
  const target = computed(() => ({ id: track().id, pattern: track().patternName }))

  const step = (): void => {
    hands.steps.begin(target.value.id, target.value.pattern)
  }
  onScopeDispose(
    hands.steps.onRefusal((why) => {
      toasts.add({ text: WORDS.steps.refused[why] })
    }),
  )
  // What is recorded goes into what is open.
  watch([() => target.value.id, () => target.value.pattern, readOnly], () => {
    hands.stopRecording()
    if (place.value === undefined) return
    if (readOnly()) hands.steps.end()
    else step()
  })
  onScopeDispose(() => {
    hands.stopRecording()
    hands.steps.end()
  })

  return {
    recording,
    place,
    record() {
      if (recording.value === undefined) hands.record(target.value.id, target.value.pattern)
      else hands.stopRecording()
    },
    keep() {
      const count = hands.keepPlayed(target.value.id, target.value.pattern)
      if (count === 0) toasts.add({ text: WORDS.nothingPlayed })
      else tellWithUndo(WORDS.kept(count))
    },
    toggleSteps() {
      if (place.value === undefined) step()
      else hands.steps.end()
    },
  }
}
