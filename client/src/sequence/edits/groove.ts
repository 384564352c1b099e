import { ACCENT, NUDGES_A_STEP } from '../compile.ts'
import { MAX_NUDGE, type Note } from '../pattern.ts'
import { MIN_SWING } from '../song.ts'
import { withNudge, withVelocity } from './loop-notes.ts'

/** A loop and the grid that it plays on. */
export interface GridLoop {
  /** Those beyond the loop stay as they are. */
  readonly notes: readonly Note[]
  /** 1 to 64. */
  readonly stepCount: number
  /** Steps in a beat. */
  readonly subdivision: number
  /** Percent, 50 to 75. */
  readonly swing: number
}

/** How a loop plays what it plays: of each of its steps, whatever is written there. */
export interface Groove {
  readonly subdivision: number
  /** Percent, 50 to 75. */
  readonly swing: number
  /** How much later than where swing has the step, in 48ths of a step. */
  readonly nudges: readonly number[]
  /** How loud, as a share of how loud its steps are on average; above 0. */
  readonly loudness: readonly number[]
}

export interface Laying {
  /** How far towards the groove, 0 to 1. */
  readonly strength: number
  readonly timing: boolean
  readonly loudness: boolean
}

export interface Laid {
  readonly notes: readonly Note[]
  /** Percent, of the track that they are laid on. */
  readonly swing: number
  /** Notes that would have to be farther from their steps than notes can be. */
  readonly heldBack: number
}

const MOST_VELOCITY = 127
/** Most by which whole velocities from 1 on miss what was to be heard of an accent. */
const ROUNDING = ACCENT

/**
 * The groove of a loop. Of several notes on a step the loudest says how loud it is, and their mean when it comes. Steps
 * without notes lie between those around them, round the loop.
 *
 * @returns undefined where nothing is written
 */
export function grooveOf(loop: GridLoop): Groove | undefined {
  const { stepCount, subdivision, swing } = loop
  const steps = [...byStep(loop)]
  if (steps.length === 0) return undefined
  const mean = sumOf(steps.map(([, notes]) => loudnessOf(notes))) / steps.length
  const known = (read: (notes: readonly Note[]) => number): ReadonlyMap<number, number> =>
    new Map(steps.map(([step, notes]) => [step, read(notes)]))
  return {
    subdivision,
    swing,
    nudges: filled(known(nudgeOf), stepCount),
    loudness: filled(
      known((notes) => loudnessOf(notes) / mean),
      stepCount,
    ),
  }
}

/**
 * Lays a groove on a loop, step by step from the beginning of both; the shorter one begins anew. Notes on one step keep
 * how they lie to each other, and the loop stays about as loud as it was. Where its grid is another one what lies
 * between two steps of the groove lies between them in time and loudness too.
 *
 * On the same grid the swing becomes that of the groove; on another one there is none, and what the groove swings goes
 * into the nudges.
 */
export function layGroove(groove: Groove, loop: GridLoop, laying: Laying): Laid {
  const { notes, swing } = loop
  const timed = laying.timing
    ? withTiming(groove, loop, laying.strength)
    : { notes, swing, heldBack: 0 }
  if (!laying.loudness) return timed
  return {
    ...timed,
    notes: withLoudness(groove, { ...loop, notes: timed.notes }, laying.strength),
  }
}

function withTiming(groove: Groove, loop: GridLoop, strength: number): Laid {
  const isSameGrid = groove.subdivision === loop.subdivision
  const later = new Map<Note, Note>()
  let heldBack = 0
  for (const [step, notes] of byStep(loop)) {
    const goal = isSameGrid ? between(groove.nudges, step) : nudgeOnGrid(groove, loop, step)
    const shift = Math.round(strength * (goal - nudgeOf(notes)))
    const held = Math.min(MAX_NUDGE - latest(notes), Math.max(-MAX_NUDGE - earliest(notes), shift))
    if (held !== shift) heldBack += notes.length
    for (const note of notes) later.set(note, withNudge(note, (note.nudge ?? 0) + held))
  }
  const swing = isSameGrid ? groove.swing : MIN_SWING
  return {
    notes: loop.notes.map((note) => later.get(note) ?? note),
    swing: strength === 1 ? swing : towards(loop.swing, swing, strength),
    heldBack,
  }
}

/** Whole percents: what is left of one is less than half a nudge. */
const towards = (from: number, to: number, strength: number): number =>
  from === to || strength === 0 ? from : Math.round(from + strength * (to - from))

/** How late the groove is where a step of another grid lies, in 48ths of that one's steps. */
function nudgeOnGrid(groove: Groove, loop: GridLoop, step: number): number {
  const stepsEach = groove.subdivision / loop.subdivision
  const at = step * stepsEach
  const offBeat = 1 - Math.abs((at % 2) - 1)
  const swung = offBeat * (groove.swing / MIN_SWING - 1) * NUDGES_A_STEP
  return (between(groove.nudges, at) + swung) / stepsEach
}

function withLoudness(groove: Groove, loop: GridLoop, strength: number): readonly Note[] {
  const steps = [...byStep(loop)].map(([step, notes]) => {
    const share = between(groove.loudness, (step * groove.subdivision) / loop.subdivision)
    return { notes, share, loudness: loudnessOf(notes) }
  })
  if (isSoAlready(steps)) return loop.notes
  const whole = sumOf(steps.map(({ loudness }) => loudness))
  const level = Math.min(whole / sumOf(steps.map(({ share }) => share)), ...steps.map(mostLevel))
  const louder = new Map<Note, Note>()
  for (const { notes, share, loudness } of steps) {
    const scale = 1 + strength * ((level * share) / loudness - 1)
    for (const note of notes) louder.set(note, withVelocity(note, note.velocity * scale))
  }
  return loop.notes.map((note) => louder.get(note) ?? note)
}

interface LoudStep {
  readonly notes: readonly Note[]
  /** Of the groove. */
  readonly share: number
  readonly loudness: number
}

/** Whether these are the groove's velocities, at whatever level, but for what whole numbers make of them. */
const isSoAlready = (steps: readonly LoudStep[]): boolean =>
  Math.max(...steps.map(({ share, loudness }) => (loudness - ROUNDING) / share)) <=
  Math.min(...steps.map(({ share, loudness }) => (loudness + ROUNDING) / share))

/** The level at which the hardest note of a step is as hard as can be. */
const mostLevel = ({ notes, share, loudness }: LoudStep): number =>
  (MOST_VELOCITY * loudness) / (share * Math.max(...notes.map(({ velocity }) => velocity)))

/** What a loop plays, by step. */
function byStep({ notes, stepCount }: GridLoop): ReadonlyMap<number, readonly Note[]> {
  const steps = new Map<number, Note[]>()
  for (const note of notes) {
    if (note.step >= stepCount) continue
    const there = steps.get(note.step)
    if (there === undefined) steps.set(note.step, [note])
    else there.push(note)
  }
  return steps
}

/** Of each step what is known of it, or else a place on the line from the one before it to the one behind. */
function filled(known: ReadonlyMap<number, number>, stepCount: number): readonly number[] {
  const steps = [...known.keys()].sort((one, other) => one - other)
  const [first = 0, last = 0] = [steps[0], steps.at(-1)]
  return Array.from({ length: stepCount }, (_, step) => {
    const before = steps.findLast((each) => each <= step) ?? last - stepCount
    const behind = steps.find((each) => each >= step) ?? first + stepCount
    const from = known.get((before + stepCount) % stepCount) ?? 0
    const to = known.get(behind % stepCount) ?? 0
    return before === behind ? from : from + ((step - before) / (behind - before)) * (to - from)
  })
}

/** @param at  in steps of a loop of so many, with fraction; goes on round it */
function between(steps: readonly number[], at: number): number {
  const below = Math.floor(at)
  const from = steps[below % steps.length] ?? 0
  const to = steps[(below + 1) % steps.length] ?? 0
  return at === below ? from : from + (at - below) * (to - from)
}

const nudgesOf = (notes: readonly Note[]): readonly number[] => notes.map(({ nudge = 0 }) => nudge)
const nudgeOf = (notes: readonly Note[]): number => sumOf(nudgesOf(notes)) / notes.length
const latest = (notes: readonly Note[]): number => Math.max(...nudgesOf(notes))
const earliest = (notes: readonly Note[]): number => Math.min(...nudgesOf(notes))

/** As it is heard, with its accent. */
const loudnessOf = (notes: readonly Note[]): number =>
  Math.max(...notes.map(({ velocity, accent }) => velocity * (accent === true ? ACCENT : 1)))

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
