import type { ImportRoom, PlannedPart } from '../../midi/import-plan.ts'
import { LEFT_OUT } from '../../midi/place-notes.ts'
import { PATTERN_NAMES } from '../../sequence/pattern.ts'
import { MIDI_WORDS as WORDS } from '../../words/midi.ts'
import { patternLabel } from '../tracks/pattern-label.ts'

/** What is to be known before a part is brought in: what is left out, and what will not be as it was. */
export function sentencesOf(planned: PlannedPart): readonly string[] {
  const { leftOut, part, moved, cut, outOfScale, replaced } = planned
  const left = LEFT_OUT.filter((why) => leftOut[why] > 0).map((why) =>
    WORDS.leftOut[why](leftOut[why]),
  )
  const hanging = part.notes.filter(({ isHanging }) => isHanging === true).length
  const told: readonly (readonly [count: number, say: (count: number) => string])[] = [
    [left.length, () => WORDS.without(left.join(', '))],
    [replaced, WORDS.replaced],
    [outOfScale, WORDS.outOfScale],
    [moved, WORDS.moved],
    [cut, WORDS.cut],
    [hanging, WORDS.hanging],
  ]
  return told.flatMap(([count, say]) => (count > 0 ? [say(count)] : []))
}

/** Loop and patterns that a part goes into. */
export function wordsInto({ target, shape, patterns }: PlannedPart, room: ImportRoom): string {
  const track = target.kind === 'track' ? room.tracks.find(({ id }) => id === target.id) : undefined
  const steps = shape === undefined ? track?.stepCount : shape.steps
  const names = PATTERN_NAMES.filter((name) => patterns[name] !== undefined).map(patternLabel)
  const [first, last] = [names[0], names.at(-1)]
  if (first === undefined || last === undefined) return ''
  return WORDS.into({
    steps: steps ?? room.stepCount,
    patterns: first === last ? first : WORDS.fromTo({ first, last }),
  })
}
