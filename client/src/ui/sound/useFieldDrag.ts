import type { Ref } from 'vue'
import { useDrag } from '../useDrag.ts'

/** A place on a drawing: shares of its width and height, from the left and the upper edge. */
export interface FieldPoint {
  readonly x: number
  readonly y: number
}

export interface FieldHand {
  /** @returns where that stands which is grabbed there; undefined when nothing is */
  grab(at: FieldPoint): FieldPoint | undefined
  /** Moves what was grabbed. */
  move(to: FieldPoint): void
}

/** Drags what is drawn on a field. */
export function useFieldDrag(
  field: Readonly<Ref<HTMLElement | null>>,
  hand: FieldHand,
): { readonly dragging: Ref<boolean> } {
  let stands: FieldPoint = { x: 0, y: 0 }
  const box = (): { left: number; top: number; width: number; height: number } => {
    const { left = 0, top = 0, width = 0, height = 0 } = field.value?.getBoundingClientRect() ?? {}
    return { left, top, width: Math.max(1, width), height: Math.max(1, height) }
  }

  return useDrag(field, {
    grab({ clientX, clientY }) {
      const { left, top, width, height } = box()
      const grabbed = hand.grab({ x: (clientX - left) / width, y: (clientY - top) / height })
      if (grabbed !== undefined) stands = grabbed
      return grabbed !== undefined
    },
    move(right, down) {
      const { width, height } = box()
      stands = { x: stands.x + right / width, y: stands.y + down / height }
      hand.move(stands)
    },
  })
}
