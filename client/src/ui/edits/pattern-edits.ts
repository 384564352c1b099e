import type { Session } from '../../app/session-types.ts'
import { doubleLoop, halveLoop } from '../../sequence/edits/halves.ts'
import { fillEvery } from '../../sequence/edits/fill.ts'
import { humanise } from '../../sequence/edits/humanise.ts'
import { mirror } from '../../sequence/edits/mirror.ts'
import { editsBetween } from '../../sequence/edits/note-edits.ts'
import { quantise } from '../../sequence/edits/quantise.ts'
import { rotate } from '../../sequence/edits/rotate.ts'
import { transposeByDegrees, transposeBySemitones } from '../../sequence/edits/transpose.ts'
import { vary } from '../../sequence/edits/vary.ts'
import { velocityRamp } from '../../sequence/edits/velocity-ramp.ts'
import type { Note, Pitch } from '../../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { ShownTrack } from '../tracks/shown-tracks.ts'
import type { EditId } from './edit-ids.ts'

/** What an edit needs to know besides the notes. */
export interface EditContext {
  readonly stepCount: number
  readonly stepsPerBeat: number
  readonly drums: boolean
  readonly root: PitchClass
  readonly scale: ScaleName
  /** Where an edit writes in a row that is empty. */
  readonly rowPitch: Pitch
  /** Of what is random. */
  readonly seed: number
}

export type Change = (notes: readonly Note[], context: EditContext) => readonly Note[]

const SOFT = 50
const LOUD = 115
/** Of a hand that is sure of itself. */
const HUMAN = { velocity: 0.6, timing: 0.5 }

const rotated =
  (by: number): Change =>
  (notes, { stepCount }) =>
    rotate(notes, by, stepCount)
const quantised =
  (grid: 1 | 2 | 4): Change =>
  (notes, { stepCount }) =>
    quantise(notes, grid, stepCount)
const filled =
  (every: number): Change =>
  (notes, { stepCount, rowPitch }) =>
    fillEvery(notes, every, stepCount, rowPitch)
const ramped =
  (from: number, to: number): Change =>
  (notes, { stepCount }) =>
    velocityRamp(notes, from, to, stepCount)
const raised =
  (semitones: number): Change =>
  (notes) =>
    transposeBySemitones(notes, semitones)
const raisedInScale =
  (degrees: number): Change =>
  (notes, { root, scale }) =>
    transposeByDegrees(notes, degrees, root, scale)

export const CHANGES: Readonly<Record<EditId, Change>> = {
  earlier: rotated(-1),
  later: rotated(1),
  mirror: (notes, { stepCount, drums }) => mirror(notes, stepCount, !drums),
  'un-nudge': quantised(1),
  'quantise-2': quantised(2),
  'quantise-4': quantised(4),
  humanise: (notes, { seed, stepCount }) => humanise(notes, { ...HUMAN, seed, stepCount }),
  vary: (notes, context) => vary(notes, context),
  crescendo: ramped(SOFT, LOUD),
  diminuendo: ramped(LOUD, SOFT),
  double: (notes, { stepCount }) => doubleLoop(notes, stepCount),
  halve: (notes, { stepCount }) => halveLoop(notes, stepCount),
  'octave-up': raised(12),
  'octave-down': raised(-12),
  'degree-up': raisedInScale(1),
  'degree-down': raisedInScale(-1),
  'semitone-up': raised(1),
  'semitone-down': raised(-1),
  'fill-1': filled(1),
  'fill-2': filled(2),
  'fill-4': filled(4),
  'clear-row': (notes, { stepCount }) => notes.filter(({ step }) => step >= stepCount),
}

/** Does it to some notes of a track. @returns what they have become */
export function applyChange(
  session: Pick<Session, 'editNotes'>,
  { id, patternName }: Pick<ShownTrack, 'id' | 'patternName'>,
  notes: readonly Note[],
  change: Change,
  context: EditContext,
): readonly Note[] {
  const changed = change(notes, context)
  const edits = editsBetween(notes, changed)
  if (edits.remove.length + edits.write.length > 0) session.editNotes(id, edits, patternName)
  return changed
}

/** Another one each time. */
export const freshSeed = (): number => Math.floor(Math.random() * 2 ** 31)
