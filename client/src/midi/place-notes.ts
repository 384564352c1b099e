import { FLAM_BEATS } from '../sequence/compile.ts'
import { pieceToPitch, pitchToPiece } from '../sequence/drum-sound.ts'
import {
  HIGHEST_PITCH,
  LOWEST_PITCH,
  MAX_NUDGE,
  MAX_STEPS,
  noteKey,
  type Note,
  type Pitch,
} from '../sequence/pattern.ts'
import type { Instrument } from '../sequence/track-sound.ts'
import { MOST_NOTES_A_STEP } from '../sound/step-notes.ts'
import type { FileNote } from './paired-notes.ts'
import { joinedStrokes, type Beaten } from './joined-strokes.ts'

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

/** Farthest from a step that counts as half a step, rounding included. */
const HALF = 0.5 + 1 / 96

/** Finds a place for each note in the loops of a track. What has none is left out, and counted by why. */
export function placeNotes(
  notes: readonly FileNote[],
  ticksPerBeat: number,
  grid: Grid,
): PlacedNotes {
  const { subdivision, stepCount, loops, fromBeat } = grid
  const leftOut = { early: 0, late: 0, low: 0, high: 0, 'no-piece': 0, crowded: 0 }
  const totalSteps = stepCount * loops
  const byPitch = new Map<Pitch, Beaten[]>()
  for (const { tick, endTick, pitch: played, velocity } of notes) {
    const at = (tick / ticksPerBeat - fromBeat) * subdivision
    const pitch = at < 0 ? 'early' : at >= totalSteps ? 'late' : writtenPitch(played, grid)
    if (typeof pitch === 'string') {
      leftOut[pitch]++
      continue
    }
    const end = (endTick / ticksPerBeat - fromBeat) * subdivision
    const stroke = { at, end, velocity, strokes: 1, ratchet: 1, flam: false }
    const known = byPitch.get(pitch)
    if (known === undefined) byPitch.set(pitch, [stroke])
    else known.push(stroke)
  }
  const tickSteps = subdivision / ticksPerBeat
  const result = { written: new Map<string, Placed>(), moved: 0, cut: 0 }
  for (const [pitch, strokes] of byPitch) {
    const joined = joinedStrokes(strokes, { tickSteps, flamSteps: FLAM_BEATS * subdivision })
    for (const stroke of joined) {
      if (!write(result, stroke, pitch, grid)) leftOut.crowded += stroke.strokes
    }
  }
  const kept = sparse([...result.written.values()])
  const taken = sum(kept.map(({ strokes }) => strokes))
  leftOut.crowded += sum([...result.written.values()].map(({ strokes }) => strokes)) - taken
  return {
    patterns: Array.from({ length: loops }, (_, loop) =>
      kept.flatMap((placed) => (placed.loop === loop ? [placed.note] : [])),
    ),
    taken,
    leftOut,
    moved: result.moved,
    cut: result.cut,
  }
}

interface Placed {
  readonly loop: number
  readonly note: Note
  /** Notes of the file that it stands for. */
  readonly strokes: number
}

function writtenPitch(played: number, { instrument }: Grid): Pitch | LeftOut {
  if (instrument === 'drums') {
    const piece = pitchToPiece(played)
    return piece === undefined ? 'no-piece' : pieceToPitch(piece)
  }
  if (played < LOWEST_PITCH) return 'low'
  return played > HIGHEST_PITCH ? 'high' : played
}

interface Result {
  readonly written: Map<string, Placed>
  moved: number
  cut: number
}

/** @returns false where every place in reach is taken */
function write(result: Result, stroke: Beaten, pitch: Pitch, grid: Grid): boolean {
  const { stepCount, loops, isTight } = grid
  const places = stepsInReach(stroke.at, grid).map((step) => {
    // What comes just before the end comes, in a loop, just before the beginning.
    const isRound = step === stepCount * loops
    const loop = isRound ? loops - 1 : Math.floor(step / stepCount)
    const inLoop = isRound ? 0 : step % stepCount
    return { step, loop, inLoop, key: `${loop}/${noteKey(inLoop, pitch)}` }
  })
  const free = places.find(({ key }) => !result.written.has(key))
  if (free === undefined) return false
  const away = Math.round((stroke.at - onsetOf(free.step, grid)) * 2 * MAX_NUDGE)
  const nudge = isTight ? 0 : Math.min(MAX_NUDGE, Math.max(-MAX_NUDGE, away))
  const length = Math.round(stroke.end - stroke.at)
  if (!isTight && nudge !== away) result.moved += stroke.strokes
  if (length > stepCount) result.cut += stroke.strokes
  const note: Note = {
    step: free.inLoop,
    pitch,
    velocity: stroke.velocity,
    length: Math.min(MAX_STEPS, stepCount, Math.max(1, length)),
    ...(stroke.ratchet > 1 ? { ratchet: stroke.ratchet } : {}),
    ...(stroke.flam ? { flam: true } : {}),
    ...(nudge === 0 ? {} : { nudge }),
  }
  result.written.set(free.key, { loop: free.loop, note, strokes: stroke.strokes })
  return true
}

const onsetOf = (step: number, { swing }: Grid): number => step + (step % 2) * (swing / 50 - 1)

/** Those that a note may be nudged away from so far, the nearest first; the nearest alone where there are none. */
function stepsInReach(at: number, grid: Grid): readonly number[] {
  const around = Math.floor(at)
  const steps = [around - 1, around, around + 1]
    .filter((step) => step >= 0 && step <= grid.stepCount * grid.loops)
    .map((step) => ({ step, distance: Math.abs(at - onsetOf(step, grid)) }))
    .sort((one, other) => one.distance - other.distance || one.step - other.step)
  const near = grid.isTight ? [] : steps.filter(({ distance }) => distance <= HALF)
  return (near.length === 0 ? steps.slice(0, 1) : near).map(({ step }) => step)
}

/** Of more notes on one step than are struck the lowest stay. */
function sparse(all: readonly Placed[]): readonly Placed[] {
  const counts = new Map<string, number>()
  return all
    .toSorted((one, other) => one.note.pitch - other.note.pitch)
    .filter(({ loop, note }) => {
      const step = `${loop}/${note.step}`
      const count = (counts.get(step) ?? 0) + 1
      counts.set(step, count)
      return count <= MOST_NOTES_A_STEP
    })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
