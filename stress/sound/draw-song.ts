import { MAX_NUDGE, MAX_STEPS, noteKey, type Note } from '../../client/src/sequence/pattern.ts'
import { SCALES, type PitchClass, type ScaleName } from '../../client/src/sequence/scale.ts'
import {
  EMPTY_SONG,
  type Song,
  SUBDIVISIONS,
  type Track,
  type TrackId,
} from '../../client/src/sequence/song.ts'
import {
  type ChoiceParam,
  INITIAL_SOUND,
  type LinkParam,
  type NumericParam,
  PARAM_CHOICES,
  PARAM_LINKS,
  PARAM_RANGES,
  TRACK_PARAMS,
  type TrackParam,
  type TrackSound,
} from '../../client/src/sequence/track-sound.ts'
import type { Dice } from '../random.ts'

/** Few, so that tracks often change in place of coming anew, and often name each other. */
const IDS = ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc', 'dddddddddd'] as const
const MOST_TRACKS = 3
const MOST_NOTES = 24
const SCALE_NAMES = Object.keys(SCALES) as readonly ScaleName[]
const NONSENSE: readonly unknown[] = [
  NaN,
  Infinity,
  -Infinity,
  1e308,
  -1e308,
  5e-324,
  -0,
  'on',
  'sawtooth',
  '',
  '\u0000',
  null,
  undefined,
  true,
  [],
  {},
  [0.5],
]

/** Within its range, at one of its ends, as it usually is, or no value at all. */
function drawValue(dice: Dice, param: TrackParam): unknown {
  const thrown = dice.next()
  if (thrown < 0.08) return dice.pick(NONSENSE)
  if (thrown < 0.4) return INITIAL_SOUND[param]
  if (param in PARAM_RANGES) return drawNumber(dice, param as NumericParam, thrown < 0.6)
  if (param in PARAM_CHOICES) return dice.pick(PARAM_CHOICES[param as ChoiceParam])
  return drawLink(dice, param as LinkParam)
}

function drawNumber(dice: Dice, param: NumericParam, isEnd: boolean): number {
  const { min, max } = PARAM_RANGES[param]
  if (!isEnd) return min + (max - min) * dice.next()
  const beyond = dice.chance(0.2) ? (max - min) * 10 ** dice.below(9) : 0
  return dice.chance(0.5) ? min - beyond : max + beyond
}

const drawLink = (dice: Dice, param: LinkParam): unknown =>
  PARAM_LINKS.includes(param) ? dice.pick([...IDS, 'none', 'NOT AN ID']) : ''

const drawSound = (dice: Dice): TrackSound =>
  Object.fromEntries(
    TRACK_PARAMS.map((param) => [param, drawValue(dice, param)]),
  ) as unknown as TrackSound

/** The sound with some of its params drawn anew. */
export const turnKnobs = (dice: Dice, sound: TrackSound): TrackSound => {
  const turned = Array.from({ length: 1 + dice.below(4) }, () => dice.pick(TRACK_PARAMS))
  const drawn = turned.map((param) => [param, param && drawValue(dice, param)] as const)
  return { ...sound, ...(Object.fromEntries(drawn) as Partial<TrackSound>) }
}

function drawNote(dice: Dice): Note {
  const isWild = dice.chance(0.05)
  return {
    step: isWild ? dice.below(99) - 40 : dice.below(MAX_STEPS),
    pitch: 24 + dice.below(85),
    velocity: isWild ? (dice.pick([NaN, -5, 1e9, 0.5]) ?? 1) : 1 + dice.below(127),
    length: isWild ? (dice.pick([NaN, 0, 1e9, 0.5]) ?? 1) : 1 + dice.below(MAX_STEPS),
    ...(dice.chance(0.3) && { chance: 1 + dice.below(100) }),
    ...(dice.chance(0.3) && { ratchet: 1 + dice.below(4) }),
    ...(dice.chance(0.2) && { flam: true }),
    ...(dice.chance(0.2) && { accent: true }),
    ...(dice.chance(0.3) && { nudge: dice.below(2 * MAX_NUDGE + 1) - MAX_NUDGE }),
  }
}

const drawTrack = (dice: Dice, id: string): Track => {
  const notes = Array.from({ length: dice.below(MOST_NOTES) }, () => drawNote(dice))
  return {
    id: id as TrackId,
    owner: 'ana',
    home: 'home',
    name: 'ana',
    colour: 0,
    subdivision: dice.pick(SUBDIVISIONS) ?? 4,
    sound: drawSound(dice),
    patterns: { a: new Map(notes.map((note) => [noteKey(note.step, note.pitch), note])) },
  }
}

export const drawTrackId = (dice: Dice): TrackId => (dice.pick(IDS) ?? IDS[0]) as TrackId

export const drawSong = (dice: Dice): Song => ({
  ...EMPTY_SONG,
  root: dice.below(12) as PitchClass,
  scale: dice.pick(SCALE_NAMES) ?? 'chromatic',
  tracks: dice
    .shuffle(IDS)
    .slice(0, 1 + dice.below(MOST_TRACKS))
    .map((id) => drawTrack(dice, id)),
})
