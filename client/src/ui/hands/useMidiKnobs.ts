import { inject, type InjectionKey, onScopeDispose, provide, ref, shallowRef, type Ref } from 'vue'
import type { TrackId } from '../../sequence/song.ts'
import { assert } from '../../lib/assert.ts'
import type { KnobFace } from '../sound/knob-face.ts'
import { turnToValue } from '../sound/knob-scale.ts'
import { ENVELOPE_KNOBS, FILTER_KNOBS, VOLUME_KNOB } from '../sound/knobs.ts'
import { useSession } from '../useServices.ts'

/** What an instrument's knobs may turn. */
export const MIDI_KNOBS: readonly KnobFace[] = [...FILTER_KNOBS, ...ENVELOPE_KNOBS, VOLUME_KNOB]

/** It shakes what is played, unless it is taught something else. */
const MODULATION_WHEEL = 1

interface Knobs {
  /** What the next controller that moves will turn. */
  readonly learning: Ref<KnobFace | undefined>
  /** What was turned last, in words. */
  readonly heard: Ref<string>
}

const KNOBS: InjectionKey<Knobs> = Symbol('midi knobs')

/** Lets instruments that are plugged in play and turn the knobs of a track, for as long as its keys are open. */
export function provideMidiKnobs(track: () => TrackId, readOnly: () => boolean): void {
  const session = useSession()
  const { midi } = session.hands
  const knobs: Knobs = { learning: shallowRef(), heard: ref('') }
  onScopeDispose(
    midi.onControl((controller, value) => {
      const taught = knobs.learning.value
      if (taught !== undefined) midi.learn(controller, taught.param)
      knobs.learning.value = undefined
      const param = midi.controls.read().get(controller)
      if (param === undefined && controller === MODULATION_WHEEL) session.hands.wheel(value)
      const face = MIDI_KNOBS.find((each) => each.param === param)
      if (face === undefined || readOnly()) return
      session.setParam(track(), face.param, turnToValue(face.scale, value))
      knobs.heard.value = face.label
    }),
  )
  provide(KNOBS, knobs)
}

export function useMidiKnobs(): Knobs {
  const knobs = inject(KNOBS)
  assert(knobs !== undefined, 'the keys must provide what instruments turn')
  return knobs
}
