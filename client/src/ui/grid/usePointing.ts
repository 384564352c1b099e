import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { CellPlace } from './roll-walk.ts'

export interface Pointing {
  readonly pointed: Readonly<ShallowRef<CellPlace | undefined>>
  pointAt(place: CellPlace | undefined): void
}

/** The cell that this person points at, by pointer or by keys; told when it becomes another one. */
export function usePointing(tell: (place: CellPlace | undefined) => void): Pointing {
  const pointed = shallowRef<CellPlace>()
  return {
    pointed,
    pointAt(place) {
      if (place?.step === pointed.value?.step && place?.pitch === pointed.value?.pitch) return
      pointed.value = place && { step: place.step, pitch: place.pitch }
      tell(pointed.value)
    },
  }
}
