import { HAND_WORDS as WORDS } from '../../words/hands.ts'
import { useToasts } from '../room/useToasts.ts'
import { useSession } from '../useServices.ts'

/** What has arrows of its own. */
const TURNED = 'input, [role=slider], [role=menu], [role=listbox], [role=tablist]'

/** What buttons and keys do to keys that are played step by step. */
export function useStepKeys(): {
  rest(): void
  back(): void
  /** Of what was entered last. */
  lengthen(by: 1 | -1): void
  /** The step before or behind, with nothing taken back. */
  walk(by: 1 | -1): void
  /** @returns whether the key was one of theirs; none is while nothing is entered step by step */
  key(event: Pick<KeyboardEvent, 'code' | 'shiftKey' | 'target'>): boolean
} {
  const { steps } = useSession().hands
  const toasts = useToasts()
  const walk = (by: 1 | -1): void => {
    steps.moveTo((steps.place.read()?.step ?? 0) + by)
  }
  const lengthen = (by: 1 | -1): void => {
    if (!steps.lengthen(by)) toasts.add({ text: WORDS.steps.nothing })
  }
  const keys: Readonly<Record<string, (isShifted: boolean) => void>> = {
    ArrowRight(isShifted) {
      if (isShifted) lengthen(1)
      else steps.rest()
    },
    ArrowLeft(isShifted) {
      if (isShifted) lengthen(-1)
      else walk(-1)
    },
    Backspace: steps.back,
  }
  return {
    rest: steps.rest,
    back: steps.back,
    lengthen,
    walk,
    key({ code, shiftKey, target }) {
      const isTheirs = target instanceof Element && target.closest(TURNED) !== null
      const act = keys[code]
      if (act === undefined || isTheirs || steps.place.read() === undefined) return false
      act(shiftKey)
      return true
    },
  }
}
