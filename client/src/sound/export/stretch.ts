import { NOTE_BEATS } from '../../sequence/synth-sound.ts'
import type { Song } from '../../sequence/song.ts'
import { MS_PER_MINUTE, type Bpm } from '../../sequence/time.ts'
import type { EngineCore } from '../core-types.ts'
import { BLOCK } from '../dsp/strip.ts'
import { createEngineCore } from '../engine-core.ts'
import type { PersonalMix } from '../engine-types.ts'
import { clampTempo } from '../frame-tempo.ts'
import { createSongPatcher } from '../song-patch.ts'
import { toStepBack, type StepBack } from '../step-back.ts'
import { createStemDesk } from './stem-desk.ts'
import type { Sides, StemPlan } from './stem-types.ts'

/** What of a song is rendered. */
export interface Stretch {
  /** What it plays never changes, see `songNow`. */
  readonly song: Song
  readonly bpm: Bpm
  readonly mix: PersonalMix
  /** Rendered first and thrown away, so that what rings from there is in what follows: whole beats, 0 and more. */
  readonly leadBeats: number
  /** Above 0. */
  readonly beats: number
  /** Whether it goes on without new notes until nothing is heard any more. */
  readonly rings: boolean
  readonly sampleRate: number
  /** Frame, counted from the first beat, of shared time 0, where modulations begin; 0 unless told. */
  readonly origin?: number
  readonly stems?: StemPlan
}

/** Some frames of it, all of one length; good until the next ones are asked for. */
export interface StretchPart extends Sides {
  /** In the order of the groups. */
  readonly stems: readonly Sides[]
  /** 0 to 1, as far as one knows how long it rings. */
  readonly done: number
}

const PART_FRAMES = 32 * BLOCK
/** -90 dB: what is below it in all that is rendered has rung out. */
export const RUNG_OUT = 10 ** (-90 / 20)
export const MOST_TAIL_SECONDS = 15
/** What rings on for ever is faded in the end. */
const FADE_SECONDS = 0.5
const USUAL_TAIL_SECONDS = 2

/** First and last frame (not with) of the stretch without its tail, counted from its song's first beat. */
export function framesOf({ bpm, leadBeats, beats, sampleRate }: Stretch): {
  readonly from: number
  readonly to: number
} {
  const framesPerBeat = (MS_PER_MINUTE / bpm / 1000) * sampleRate
  return {
    from: Math.round(leadBeats * framesPerBeat),
    to: Math.round((leadBeats + beats) * framesPerBeat),
  }
}

/** Renders it by the engine that plays live, at full quality, as fast as it goes; the same every time. */
export function* renderStretch(stretch: Stretch): Generator<StretchPart, void, undefined> {
  const { sampleRate } = stretch
  const { from, to } = framesOf(stretch)
  const core = coreOf(stretch)
  const left = new Float32Array(PART_FRAMES)
  const right = new Float32Array(PART_FRAMES)
  const stems = createStemDesk(stretch.stems, core.latency, PART_FRAMES)
  const end = stretch.rings ? to + MOST_TAIL_SECONDS * sampleRate : to
  const expected = stretch.rings ? to + USUAL_TAIL_SECONDS * sampleRate : to
  const fadeFrames = FADE_SECONDS * sampleRate
  const patience = patienceOf(stretch)
  /** Silence, of which one does not know yet whether it is the last. */
  const held: StretchPart[] = []

  // The first frame is whole when those before it have passed the limiter.
  for (let at = -PART_FRAMES; at < end; at += PART_FRAMES) {
    stems.begin()
    core.process(left, right, at, stems)
    stems.finish(left, right)
    const first = Math.max(0, from - at)
    const last = Math.min(PART_FRAMES, end - at)
    if (last <= first) continue
    const cut = (side: Float32Array): Float32Array => side.subarray(first, last)
    const part: StretchPart = {
      left: cut(left),
      right: cut(right),
      stems: stems.sides.map((sides) => ({ left: cut(sides.left), right: cut(sides.right) })),
      done: Math.min(1, (at + PART_FRAMES) / expected),
    }
    if (stretch.rings && at + PART_FRAMES > end - fadeFrames) {
      for (const sides of [part, ...part.stems]) fade(sides, end - (at + first), fadeFrames)
    }
    if (at >= to && [part, ...part.stems].every(isQuiet)) {
      held.push(copyOf(part))
      if (held.length * PART_FRAMES > patience) return
      continue
    }
    yield* held.splice(0)
    yield part
  }
  yield* held
}

/** Frames of silence after which no echo comes any more. */
function patienceOf({ song, bpm, sampleRate }: Stretch): number {
  const beats = song.tracks.map(({ sound }) => (sound.echo > 0 ? NOTE_BEATS[sound.echoTime] : 0))
  return (Math.max(0, ...beats) * MS_PER_MINUTE * sampleRate) / bpm / 1000
}

const copyOf = (part: StretchPart): StretchPart => ({
  ...copyOfSides(part),
  stems: part.stems.map(copyOfSides),
  done: part.done,
})
const copyOfSides = ({ left, right }: Sides): Sides => ({
  left: left.slice(),
  right: right.slice(),
})

function coreOf(stretch: Stretch): EngineCore {
  const { song, bpm, mix, leadBeats, beats, sampleRate, origin = 0 } = stretch
  const core = createEngineCore(sampleRate)
  const framesPerBeat = (MS_PER_MINUTE / bpm / 1000) * sampleRate
  const end = leadBeats + beats
  core.setMix(mix)
  const patch = createSongPatcher()(song)
  core.setStepBack(fromFirstTurn(toStepBack(song), leadBeats))
  if (patch !== undefined) core.change(patch)
  core.setOrigin(origin)
  core.setSteps({ count: song.stepCount })
  const begin = { frame: 0, beat: 0, framesPerBeat, playing: true }
  const halt = { frame: end * framesPerBeat, beat: end, framesPerBeat, playing: false }
  core.setTempo(clampTempo([begin, halt], sampleRate))
  return core
}

/** Lets the first turn begin with what is kept, and those before it lead there. */
function fromFirstTurn(stepBack: StepBack | undefined, leadBeats: number): StepBack | undefined {
  if (stepBack === undefined) return undefined
  const round = stepBack.turnBeats * stepBack.count
  return { ...stepBack, beat: leadBeats - round * Math.ceil(leadBeats / round) }
}

/** @param left  frames until silence */
function fade(sides: Sides, left: number, fadeFrames: number): void {
  for (const side of [sides.left, sides.right]) {
    for (let i = 0; i < side.length; i++) {
      side[i] = (side[i] ?? 0) * Math.max(0, Math.min(1, (left - i) / fadeFrames))
    }
  }
}

function isQuiet({ left, right }: Sides): boolean {
  for (let i = 0; i < left.length; i++) {
    if (Math.abs(left[i] ?? 0) > RUNG_OUT || Math.abs(right[i] ?? 0) > RUNG_OUT) return false
  }
  return true
}
