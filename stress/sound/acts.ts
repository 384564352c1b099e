import type { FrameSegment, TrackMix } from '../../client/src/sound/engine-types.ts'
import {
  clampAudition,
  clampClick,
  clampMix,
  clampVolume,
} from '../../client/src/sound/engine-clamps.ts'
import type { EngineCore } from '../../client/src/sound/core-types.ts'
import type { Ease } from '../../client/src/sound/engine-types.ts'
import { clampTempo } from '../../client/src/sound/frame-tempo.ts'
import { createSongPatcher } from '../../client/src/sound/song-patch.ts'
import { EMPTY_SONG, type Song, STEP_COUNTS, type TrackId } from '../../client/src/sequence/song.ts'
import type { Dice } from '../random.ts'
import { drawSong, drawTrackId, turnKnobs } from './draw-song.ts'

/** What is told to engines, all of them alike. */
export interface Conductor {
  readonly dice: Dice
  readonly sampleRate: number
  readonly engines: readonly EngineCore[]
  /** The next that is processed. */
  frame: number
  /** Gives the song anew, through the engine's door. */
  setSong(song: Song): void
  song(): Song
}

const EASES: readonly Ease[] = [0, 1, 2, 3]

export function createConductor(
  dice: Dice,
  sampleRate: number,
  engines: readonly EngineCore[],
): Conductor {
  const patchTo = createSongPatcher()
  let current: Song = EMPTY_SONG
  return {
    dice,
    sampleRate,
    engines,
    frame: 0,
    song: () => current,
    setSong(song) {
      current = song
      const patch = patchTo(song)
      if (patch !== undefined) for (const engine of engines) engine.change(patch)
    },
  }
}

type Act = (conductor: Conductor) => void

const ACTS: readonly (readonly [weight: number, act: Act])[] = [
  [4, changeTempo],
  [6, turn],
  [2, removeTrack],
  [2, (conductor) => conductor.setSong(drawSong(conductor.dice))],
  [4, audition],
  [2, changeSteps],
  [2, mixAnew],
  [1, ease],
  [
    1,
    ({ dice, engines }) =>
      all(
        engines,
        (engine, volume) => engine.setVolume(volume),
        clampVolume(numberOf(dice, dice.next())),
      ),
  ],
  [1, moveOrigin],
  [1, click],
]
const ALL_WEIGHTS = ACTS.reduce((sum, [weight]) => sum + weight, 0)

/** Tells the engines one thing of all that may be told. */
export function actOnce(conductor: Conductor): void {
  let thrown = conductor.dice.below(ALL_WEIGHTS)
  for (const [weight, act] of ACTS) {
    if (thrown < weight) {
      act(conductor)
      return
    }
    thrown -= weight
  }
}

/** At times one that no hand gives. */
const numberOf = (dice: Dice, usual: number): number =>
  dice.chance(0.9) ? usual : (dice.pick([NaN, Infinity, -Infinity, 1e308, -1, 1e9, -0]) ?? usual)

function all<Value>(
  engines: readonly EngineCore[],
  tell: (engine: EngineCore, value: Value) => void,
  value: Value,
): void {
  for (const engine of engines) tell(engine, value)
}

/** Anywhere near, and at times far away; a stop and a glide among them. */
function drawSegment({ dice, sampleRate, frame }: Conductor): FrameSegment {
  const isFar = dice.chance(0.05)
  return {
    frame: frame + (dice.next() - 0.7) * sampleRate * (isFar ? 1e5 : 1),
    beat: (dice.next() - 0.1) * (isFar ? 1e6 : 64),
    framesPerBeat: (sampleRate * 60) / (30 + 300 * dice.next()),
    playing: dice.chance(0.9),
    ...(dice.chance(0.3) && {
      glide: {
        framesPerBeat: (sampleRate * 60) / (30 + 300 * dice.next()),
        beats: 80 * dice.next() - 5,
      },
    }),
  }
}

export function changeTempo(conductor: Conductor): void {
  const { dice, engines, sampleRate } = conductor
  const first = drawSegment(conductor)
  const tempo = dice.chance(0.7) ? ([first] as const) : ([first, drawSegment(conductor)] as const)
  all(engines, (engine, value) => engine.setTempo(value), clampTempo(tempo, sampleRate))
}

function turn(conductor: Conductor): void {
  const song = conductor.song()
  const id = conductor.dice.pick(song.tracks)?.id
  const tracks = song.tracks.map((track) =>
    track.id === id ? { ...track, sound: turnKnobs(conductor.dice, track.sound) } : track,
  )
  conductor.setSong({ ...song, tracks })
}

function removeTrack(conductor: Conductor): void {
  const song = conductor.song()
  const gone = conductor.dice.pick(song.tracks)
  conductor.setSong({ ...song, tracks: song.tracks.filter((track) => track !== gone) })
}

function audition({ dice, engines }: Conductor): void {
  const note = {
    track: drawTrackId(dice),
    pitch: numberOf(dice, 24 + dice.below(85)),
    velocity: numberOf(dice, 1 + 126 * dice.next()),
    seconds: numberOf(dice, dice.chance(0.1) ? 0 : dice.next()),
  }
  all(engines, (engine, value) => engine.audition(value), clampAudition(note))
}

function changeSteps({ dice, engines, frame, sampleRate }: Conductor): void {
  const count = dice.pick(STEP_COUNTS) ?? 16
  const before = dice.pick(STEP_COUNTS) ?? 16
  const at = frame + (dice.next() - 0.5) * sampleRate
  const steps = dice.chance(0.5) ? { count } : { count, change: { before, frame: at } }
  all(engines, (engine, value) => engine.setSteps(value), steps)
}

function mixAnew({ dice, engines }: Conductor): void {
  const mix = new Map<TrackId, TrackMix>()
  for (let index = 0; index < 2; index++) {
    const [muted, soloed] = [dice.chance(0.2), dice.chance(0.2)]
    const volume = numberOf(dice, 2 * dice.next())
    const pan = numberOf(dice, 2 * dice.next() - 1)
    mix.set(drawTrackId(dice), { volume, pan, muted, soloed })
  }
  all(engines, (engine, value) => engine.setMix(value), clampMix(mix))
}

function ease({ dice, engines }: Conductor): void {
  const level = dice.pick(EASES) ?? 0
  const own = dice.chance(0.5) ? drawTrackId(dice) : undefined
  for (const engine of engines) engine.setEase(level, own)
}

function moveOrigin({ dice, engines, frame, sampleRate }: Conductor): void {
  const far = dice.chance(0.2) ? 1e9 : 1
  const origin = frame + (dice.next() - 0.5) * sampleRate * far
  all(engines, (engine, value) => engine.setOrigin(value), origin)
}

function click({ dice, engines }: Conductor): void {
  const settings = {
    metronome: dice.chance(0.5),
    countIn: dice.chance(0.5),
    level: numberOf(dice, dice.next()),
  }
  all(engines, (engine, value) => engine.setClick(value), clampClick(settings))
}
