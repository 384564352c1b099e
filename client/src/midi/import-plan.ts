import { PATTERN_NAMES, type Note, type PatternName } from '../sequence/pattern.ts'
import { isInScale, type PitchClass, type ScaleName } from '../sequence/scale.ts'
import type { Subdivision, TrackId } from '../sequence/song.ts'
import type { Instrument } from '../sequence/track-sound.ts'
import { bestSubdivision, stepsForBeats } from './best-grid.ts'
import type { FilePart, FileSong } from './file-song.ts'
import { placeNotes, type PlacedNotes } from './place-notes.ts'

/** A track of the jam that a part may be written into. */
export interface OpenTrack {
  readonly id: TrackId
  readonly instrument: Instrument
  readonly subdivision: Subdivision
  readonly stepCount: number
  readonly swing: number
  /** Of each pattern that has any. */
  readonly noteCounts: Readonly<Partial<Record<PatternName, number>>>
  /** This person's, with nothing in it yet: a part may shape it. */
  readonly isBlank: boolean
}

/** What a jam has room for. */
export interface ImportRoom {
  readonly stepCount: number
  readonly swing: number
  readonly root: PitchClass
  readonly scale: ScaleName
  /** Those that this person may write into. */
  readonly tracks: readonly OpenTrack[]
  /** How many more this person may add. */
  readonly freeTracks: number
}

/** Where a part of a file goes. */
export type Target =
  | { readonly kind: 'new' }
  | { readonly kind: 'track'; readonly id: TrackId; readonly pattern: PatternName }
  | { readonly kind: 'nowhere' }

export interface ImportChoices {
  /** Bar of the file with which it begins, from 0. */
  readonly fromBar: number
  /** A fresh track's loop is as long as the room's, or as what it plays; of others it stays. */
  readonly length: 'room' | 'own'
  /** Each note on its step, and in the swing of the room. */
  readonly isTight: boolean
  /** Of each part; those that are left out go nowhere. */
  readonly targets: readonly Target[]
}

/** What becomes of one part. */
export interface PlannedPart extends Omit<PlacedNotes, 'patterns'> {
  readonly part: FilePart
  readonly target: Target
  readonly instrument: Instrument
  readonly patterns: Readonly<Partial<Record<PatternName, readonly Note[]>>>
  /** Of a fresh track; what is as in the room is left out. */
  readonly shape:
    | {
        readonly subdivision: Subdivision
        readonly steps?: number
        readonly swing?: number
      }
    | undefined
  /** Notes that the room's scale lets sound as their neighbours. */
  readonly outOfScale: number
  /** Notes of the jam in whose place these come. */
  readonly replaced: number
}

const EVEN = 50

/** Each part to a fresh track as long as there are any, one of them the blank one that this person has already. */
export function firstTargets(parts: readonly FilePart[], room: ImportRoom): readonly Target[] {
  const blank = room.tracks.find(({ isBlank }) => isBlank)
  const own = parts.findIndex((part) => instrumentOf(part) === blank?.instrument)
  let free = room.freeTracks
  return parts.map((_, index): Target => {
    if (blank !== undefined && index === own) {
      return { kind: 'track', id: blank.id, pattern: 'a' }
    }
    return free-- > 0 ? { kind: 'new' } : { kind: 'nowhere' }
  })
}

const instrumentOf = ({ isDrums }: FilePart): Instrument => (isDrums ? 'drums' : 'synth')

/** The first pattern of a track with nothing in it, else its first. */
export const freePattern = ({ noteCounts }: OpenTrack): PatternName =>
  PATTERN_NAMES.find((name) => noteCounts[name] === undefined) ?? 'a'

/** The bar in which the first note of a file stands, from 0. */
export const firstBar = ({ parts, ticksPerBeat, barBeats }: FileSong): number => {
  const first = Math.min(...parts.map(({ notes }) => notes[0]?.tick ?? Infinity))
  return Number.isFinite(first) ? Math.floor(first / ticksPerBeat / barBeats) : 0
}

/** What an import would write: shown first, and then written as it was shown. */
export function importPlan(
  song: FileSong,
  room: ImportRoom,
  choices: ImportChoices,
): readonly PlannedPart[] {
  return song.parts.map((part, index) => {
    const target = choices.targets[index] ?? { kind: 'nowhere' }
    return planPart(part, target, song, room, choices)
  })
}

function planPart(
  part: FilePart,
  target: Target,
  song: FileSong,
  room: ImportRoom,
  choices: ImportChoices,
): PlannedPart {
  const { ticksPerBeat, barBeats } = song
  const into = target.kind === 'track' ? room.tracks.find(({ id }) => id === target.id) : undefined
  const instrument = into?.instrument ?? instrumentOf(part)
  const isFresh = into === undefined || into.isBlank
  const fromBeat = choices.fromBar * barBeats
  const beats = beatsOf(part, ticksPerBeat) - fromBeat
  const shape = isFresh
    ? freshShape({ part, instrument, beats, song, room, choices })
    : { subdivision: into.subdivision, stepCount: into.stepCount, swing: into.swing }
  const names =
    target.kind === 'track' && into !== undefined
      ? openPatterns(into, target.pattern)
      : PATTERN_NAMES
  const loopBeats = shape.stepCount / shape.subdivision
  const loops = Math.min(names.length, Math.max(1, Math.ceil(beats / loopBeats)))
  const { patterns, ...placed } = placeNotes(part.notes, ticksPerBeat, {
    ...shape,
    instrument,
    loops,
    fromBeat,
    isTight: choices.isTight,
  })
  const used = patterns.flatMap((notes, loop) => {
    const name = names[loop]
    return name === undefined || notes.length === 0 ? [] : [[name, notes] as const]
  })
  return {
    ...placed,
    part,
    target,
    instrument,
    patterns: Object.fromEntries(used),
    shape: isFresh ? asInRoom(shape, room) : undefined,
    outOfScale: instrument === 'drums' ? 0 : countOutOfScale(used, room),
    replaced: used.reduce((sum, [name]) => sum + (into?.noteCounts[name] ?? 0), 0),
  }
}

/** Where the last note of a part begins, and a little more. */
const beatsOf = ({ notes }: FilePart, ticksPerBeat: number): number =>
  ((notes.at(-1)?.tick ?? 0) + 1) / ticksPerBeat

interface Fresh {
  readonly part: FilePart
  readonly instrument: Instrument
  readonly beats: number
  readonly song: FileSong
  readonly room: ImportRoom
  readonly choices: ImportChoices
}

interface Shape {
  readonly subdivision: Subdivision
  readonly stepCount: number
  readonly swing: number
}

function freshShape({ part, instrument, beats, song, room, choices }: Fresh): Shape {
  const subdivision = bestSubdivision(part.notes, song.ticksPerBeat, instrument)
  return {
    subdivision,
    stepCount:
      choices.length === 'room' ? room.stepCount : stepsForBeats(beats, song.barBeats, subdivision),
    // The file has its own.
    swing: choices.isTight ? room.swing : EVEN,
  }
}

const asInRoom = (
  { subdivision, stepCount, swing }: Shape,
  room: ImportRoom,
): NonNullable<PlannedPart['shape']> => ({
  subdivision,
  ...(stepCount === room.stepCount ? {} : { steps: stepCount }),
  ...(swing === room.swing ? {} : { swing }),
})

/** The chosen one, whatever is in it, and those behind it that are empty. */
function openPatterns({ noteCounts }: OpenTrack, first: PatternName): readonly PatternName[] {
  const names = PATTERN_NAMES.slice(PATTERN_NAMES.indexOf(first))
  const taken = names.findIndex((name, index) => index > 0 && noteCounts[name] !== undefined)
  return taken < 0 ? names : names.slice(0, taken)
}

const countOutOfScale = (
  used: readonly (readonly [PatternName, readonly Note[]])[],
  { root, scale }: ImportRoom,
): number =>
  used.reduce(
    (sum, [, notes]) => sum + notes.filter(({ pitch }) => !isInScale(pitch, root, scale)).length,
    0,
  )
