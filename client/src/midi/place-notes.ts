import { FLAM_BEATS } from '../sequence/compile.ts'
import { pieceToPitch, pitchToPiece } from '../sequence/drum-sound.ts'
import {
  HIGHEST_PITCH,
  LOWEST_PITCH,
  MAX_NUDGE,
  MAX_STEPS,
  type Note,
  type Pitch,
} from '../sequence/pattern.ts'
import type { Instrument } from '../sequence/track-sound.ts'
import { MOST_NOTES_A_STEP } from '../sound/step-notes.ts'
import type { FileNote } from './paired-notes.ts'
import { joinedStrokes, type Beaten } from './joined-strokes.ts'
import { onsetOf, placeOf, seatStrokes, type Seated } from './seat-strokes.ts'

/** Where notes of a file go. */
export interface Grid {
  readonly instrument: Instrument
  /** Steps in a beat. */
  readonly subdivision: number
  /** Steps in a loop, 1 to 64. */
  readonly stepCount: number
  /** How many loops there are to fill, one after the other, 1 to 8. */
  readonly loops: number
  /** Where the second of two steps begins in this track, in percent of both, 50 to 75. */
  readonly swing: number
  /** Beat of the file that becomes the first. */
  readonly fromBeat: number
  /** Each note on its step; else where it is in the file. */
  readonly isTight: boolean
}

/** Why notes are left out. */
export const LEFT_OUT = ['early', 'late', 'low', 'high', 'no-piece', 'crowded'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

export interface PlacedNotes {
  /** Of each loop. */
  readonly patterns: readonly (readonly Note[])[]
  /** Notes of the file that are in them. */
  readonly taken: number
  readonly leftOut: Readonly<Record<LeftOut, number>>
  /** Of those taken, how many lie where no step reaches, and are moved. */
  readonly moved: number
  /** And how many are longer than the loop, and are cut. */
  readonly cut: number
}

/**
 * Finds a place for each note in the loops of a track. What has none is left out, and counted by why.
 *
 * @param notes  by tick
 */
export function placeNotes(
  notes: readonly FileNote[],
  ticksPerBeat: number,
  grid: Grid,
): PlacedNotes {
  const { subdivision, stepCount, loops } = grid
  const leftOut = { early: 0, late: 0, low: 0, high: 0, 'no-piece': 0, crowded: 0 }
  const steps = { ...grid, total: stepCount * loops, tickSteps: subdivision / ticksPerBeat }
  const join = { tickSteps: steps.tickSteps, flamSteps: FLAM_BEATS * subdivision }
  const placed: Placed[] = []
  for (const [pitch, strokes] of strokesByPitch(notes, ticksPerBeat, grid, leftOut)) {
    const inside = joinedStrokes(strokes, join).filter((stroke) => {
      if (stroke.at < 0) leftOut.early += stroke.strokes
      else if (stroke.at >= steps.total) leftOut.late += stroke.strokes
      return stroke.at >= 0 && stroke.at < steps.total
    })
    const seated = seatStrokes(inside, steps)
    leftOut.crowded += count(inside) - count(seated.map(({ stroke }) => stroke))
    placed.push(...seated.map((seat) => placeOne(seat, pitch, grid, placeOf(seat.step, steps))))
  }
  const kept = sparse(placed)
  leftOut.crowded += count(placed) - count(kept)
  return {
    patterns: Array.from({ length: loops }, (_, loop) =>
      kept.flatMap((one) => (one.loop === loop ? [one.note] : [])),
    ),
    taken: count(kept),
    leftOut,
    moved: count(kept.filter(({ isMoved }) => isMoved)),
    cut: count(kept.filter(({ isCut }) => isCut)),
  }
}

interface Placed {
  readonly loop: number
  readonly note: Note
  /** Notes of the file that it stands for. */
  readonly strokes: number
  readonly isMoved: boolean
  readonly isCut: boolean
}

const count = (all: readonly { readonly strokes: number }[]): number =>
  all.reduce((sum, { strokes }) => sum + strokes, 0)

/** In steps from where it begins, by the pitch that is written; what cannot be written is counted. */
function strokesByPitch(
  notes: readonly FileNote[],
  ticksPerBeat: number,
  { instrument, subdivision, fromBeat }: Grid,
  leftOut: Record<LeftOut, number>,
): ReadonlyMap<Pitch, readonly Beaten[]> {
  const byPitch = new Map<Pitch, Beaten[]>()
  const stepAt = (tick: number): number => (tick / ticksPerBeat - fromBeat) * subdivision
  for (const { tick, endTick, pitch: played, velocity } of notes) {
    const pitch = writtenPitch(played, instrument)
    if (typeof pitch === 'string') {
      leftOut[pitch]++
      continue
    }
    const [at, end] = [stepAt(tick), stepAt(endTick)]
    const stroke = { at, end, velocity, strokes: 1, ratchet: 1, flam: false }
    const known = byPitch.get(pitch)
    if (known === undefined) byPitch.set(pitch, [stroke])
    else known.push(stroke)
  }
  return byPitch
}

function writtenPitch(played: number, instrument: Instrument): Pitch | LeftOut {
  if (instrument === 'drums') {
    const piece = pitchToPiece(played)
    return piece === undefined ? 'no-piece' : pieceToPitch(piece)
  }
  if (played < LOWEST_PITCH) return 'low'
  return played > HIGHEST_PITCH ? 'high' : played
}

function placeOne({ step, stroke }: Seated, pitch: Pitch, grid: Grid, place: number): Placed {
  const { stepCount, swing, isTight } = grid
  const away = Math.round((stroke.at - onsetOf(step, swing)) * 2 * MAX_NUDGE)
  const nudge = isTight ? 0 : Math.min(MAX_NUDGE, Math.max(-MAX_NUDGE, away))
  const length = Math.round(stroke.end - stroke.at)
  return {
    loop: Math.floor(place / stepCount),
    note: {
      step: place % stepCount,
      pitch,
      velocity: stroke.velocity,
      length: Math.min(MAX_STEPS, stepCount, Math.max(1, length)),
      ...(stroke.ratchet > 1 ? { ratchet: stroke.ratchet } : {}),
      ...(stroke.flam ? { flam: true } : {}),
      ...(nudge === 0 ? {} : { nudge }),
    },
    strokes: stroke.strokes,
    isMoved: !isTight && nudge !== away,
    isCut: length > stepCount,
  }
}

/** Of more notes on one step than are struck the lowest stay. */
function sparse(all: readonly Placed[]): readonly Placed[] {
  const counts = new Map<string, number>()
  return all
    .toSorted((one, other) => one.note.pitch - other.note.pitch)
    .filter(({ loop, note }) => {
      const step = `${loop}/${note.step}`
      const onStep = (counts.get(step) ?? 0) + 1
      counts.set(step, onStep)
      return onStep <= MOST_NOTES_A_STEP
    })
}
