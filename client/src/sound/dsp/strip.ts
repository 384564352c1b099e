import { NOTE_BEATS, type SynthSound } from '../../sequence/synth-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { approach, smoothingShare, within } from './effects/smoothing.ts'
import { hzToPitch } from './tuning.ts'
import { lfoAt } from './lfo.ts'
import { MAX_UNISON } from './oscillator.ts'
import { writeRatios } from './unison.ts'

/** Frames that are computed at a time. */
export const BLOCK = 128
/** Frames for which whatever moves slowly stands still. */
export const CHUNK = 16
export const CHUNKS = BLOCK / CHUNK
/** Up to this Q a peak does not get in the way of others. */
const TAME_RESONANCE = 1.5
/** A kit that plays all it has peaks at nearly two. */
const DRUM_GAIN = 0.5
/** How far an LFO at full depth goes: a full octave, four octaves of the cutoff, most of the square's width. */
const LFO_SEMITONES = 12
const LFO_CUTOFF_SEMITONES = 48
const LFO_WIDTH = 0.45
/** Frames that an LFO takes where its shape leaps: some 3 ms. */
const EDGE_FRAMES = 144

/** Where a song stands at the first frame of a block. */
export interface BeatPlace {
  beat: number
  beatsPerFrame: number
}

/** What the voices of one track share: the sound, smoothed, and the two sides that they add to. */
export interface Strip {
  sound: TrackSound
  /** Of what is random in the track. */
  readonly seed: number
  /** What its level is multiplied by, and what its pan is moved by, besides what the sound says. */
  readonly own: { gain: number; pan: number }
  readonly left: Float64Array
  readonly right: Float64Array
  /** Values of the coming block, one for each chunk, with what the LFOs add. Cutoff is a MIDI pitch, bend semitones. */
  readonly cutoff: Float64Array
  readonly resonance: Float64Array
  readonly bend: Float64Array
  readonly width: Float64Array
  readonly fm: Float64Array
  readonly gainLeft: Float64Array
  readonly gainRight: Float64Array
  /** For each oscillator of a unison how much faster it goes. */
  readonly ratios: Float64Array
  ratioB: number
  /** Pitch of the note that began last; NaN before the first. */
  lastPitch: number
  readonly smooth: Smoothed
  /** Whether the values of the coming block are computed, since voices sound on this strip. */
  isReady: boolean
  /** For which the values of every chunk stand, all the same, until one of these is another. */
  readonly still: { sound: TrackSound | undefined; gain: number; pan: number }
  /** Whether they do in the coming block. */
  isStill: boolean
}

/** What knobs move, on its way to where they stand. */
interface Smoothed {
  cutoff: number
  resonance: number
  width: number
  fm: number
  gain: number
  pan: number
  /** Gains with which the last block ended. */
  left: number
  right: number
}

export function createStrip(sound: TrackSound, seed = 0): Strip {
  const strip: Strip = {
    sound,
    seed,
    own: { gain: 1, pan: 0 },
    left: new Float64Array(BLOCK),
    right: new Float64Array(BLOCK),
    cutoff: new Float64Array(CHUNKS),
    resonance: new Float64Array(CHUNKS),
    bend: new Float64Array(CHUNKS),
    width: new Float64Array(CHUNKS),
    fm: new Float64Array(CHUNKS),
    gainLeft: new Float64Array(CHUNKS),
    gainRight: new Float64Array(CHUNKS),
    ratios: new Float64Array(MAX_UNISON),
    ratioB: 1,
    lastPitch: NaN,
    smooth: { cutoff: 0, resonance: 1, width: 0.5, fm: 0, gain: 0, pan: 0, left: 0, right: 0 },
    isReady: false,
    still: { sound: undefined, gain: NaN, pan: NaN },
    isStill: false,
  }
  setSound(strip, sound)
  snap(strip)
  return strip
}

export function setSound(strip: Strip, sound: TrackSound): void {
  strip.sound = sound
  writeRatios(strip.ratios, sound)
  strip.ratioB = Math.pow(2, (Math.round(sound.semitonesB) + sound.centsB / 100) / 12)
}

/** Moves what knobs turn towards where they stand, and computes the values for each chunk of the coming block. */
export function prepare(strip: Strip, place: BeatPlace, sampleRate: number): void {
  if (strip.isReady) return
  strip.isReady = true
  strip.isStill = isStill(strip)
  if (strip.isStill) return
  const { sound, smooth } = strip
  const share = smoothingShare(CHUNK, sampleRate)
  const cutoff = hzToPitch(sound.cutoffHz)
  const gain = gainOf(strip)
  const pan = panOf(strip)
  const isModulated = sound.lfoDepth > 0 || sound.lfoBDepth > 0
  const hasArrived = haveArrived(strip, cutoff, gain, pan)
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    smooth.cutoff = approach(smooth.cutoff, cutoff, share)
    smooth.resonance = approach(smooth.resonance, sound.resonance, share)
    smooth.width = approach(smooth.width, sound.pulseWidth, share)
    smooth.fm = approach(smooth.fm, sound.fm, share)
    smooth.gain = approach(smooth.gain, gain, share)
    smooth.pan = approach(smooth.pan, pan, share)
    setChunk(strip, chunk)
    if (isModulated)
      modulate(
        strip,
        chunk,
        place.beat + (chunk * CHUNK + CHUNK / 2) * place.beatsPerFrame,
        EDGE_FRAMES * place.beatsPerFrame,
      )
    else setGains(strip, chunk, smooth.gain, smooth.pan)
  }
  if (hasArrived && !isModulated) stand(strip)
}

const isStill = ({ still, sound, own }: Strip): boolean =>
  still.sound === sound && still.gain === own.gain && still.pan === own.pan

/** From now on nothing moves until somebody turns something. */
function stand({ still, sound, own }: Strip): void {
  still.sound = sound
  still.gain = own.gain
  still.pan = own.pan
}

const haveArrived = (
  { smooth, sound }: Strip,
  cutoff: number,
  gain: number,
  pan: number,
): boolean =>
  smooth.cutoff === cutoff &&
  smooth.gain === gain &&
  smooth.pan === pan &&
  smooth.resonance === sound.resonance &&
  smooth.width === sound.pulseWidth &&
  smooth.fm === sound.fm

function setChunk(strip: Strip, chunk: number): void {
  const { cutoff, resonance, width, fm } = strip.smooth
  strip.cutoff[chunk] = cutoff
  strip.resonance[chunk] = resonance
  strip.bend[chunk] = 0
  strip.width[chunk] = width
  strip.fm[chunk] = fm
}

/** Adds what the LFOs do at that beat. @param edge  beats that a leap takes */
function modulate(strip: Strip, chunk: number, beat: number, edge: number): void {
  const { smooth, sound, seed } = strip
  const { lfoDepth, lfoShape, lfoRate } = sound
  const { lfoBDepth, lfoBShape, lfoBRate } = sound
  const beats = NOTE_BEATS[lfoRate]
  const beatsB = NOTE_BEATS[lfoBRate]
  const first = lfoDepth === 0 ? 0 : lfoDepth * lfoAt(lfoShape, beat / beats, seed, edge / beats)
  const second =
    lfoBDepth === 0 ? 0 : lfoBDepth * lfoAt(lfoBShape, beat / beatsB, ~seed, edge / beatsB)
  const bend = onTarget(sound, 'pitch', first, second)
  const depthOnLevel = onTarget(sound, 'level', lfoDepth, lfoBDepth)
  strip.cutoff[chunk] =
    smooth.cutoff + LFO_CUTOFF_SEMITONES * onTarget(sound, 'cutoff', first, second)
  strip.bend[chunk] = LFO_SEMITONES * bend * Math.abs(bend)
  strip.width[chunk] = within(
    0.05,
    0.95,
    smooth.width + LFO_WIDTH * onTarget(sound, 'width', first, second),
  )
  strip.fm[chunk] = within(0, 1, smooth.fm + onTarget(sound, 'fm', first, second))
  const level =
    smooth.gain * Math.max(0, 1 - (depthOnLevel - onTarget(sound, 'level', first, second)) / 2)
  setGains(strip, chunk, level, within(-1, 1, smooth.pan + onTarget(sound, 'pan', first, second)))
}

/** What two LFOs do together to one target. */
const onTarget = (
  { lfoTarget, lfoBTarget }: SynthSound,
  target: SynthSound['lfoTarget'],
  first: number,
  second: number,
): number => (lfoTarget === target ? first : 0) + (lfoBTarget === target ? second : 0)

function setGains(strip: Strip, chunk: number, level: number, pan: number): void {
  const angle = ((pan + 1) * Math.PI) / 4
  strip.gainLeft[chunk] = level * Math.SQRT2 * Math.cos(angle)
  strip.gainRight[chunk] = level * Math.SQRT2 * Math.sin(angle)
}

/** On a strip that is silent the sound is taken up at once. */
export function snap(strip: Strip): void {
  if (isStill(strip)) return
  const { smooth, sound } = strip
  smooth.cutoff = hzToPitch(sound.cutoffHz)
  smooth.resonance = sound.resonance
  smooth.width = sound.pulseWidth
  smooth.fm = sound.fm
  smooth.gain = gainOf(strip)
  smooth.pan = panOf(strip)
  const angle = ((smooth.pan + 1) * Math.PI) / 4
  smooth.left = smooth.gain * Math.SQRT2 * Math.cos(angle)
  smooth.right = smooth.gain * Math.SQRT2 * Math.sin(angle)
  if (sound.lfoDepth > 0 || sound.lfoBDepth > 0) return
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    setChunk(strip, chunk)
    setGains(strip, chunk, smooth.gain, smooth.pan)
  }
  stand(strip)
}

/** A resonant peak is as high as Q; half of that, in decibels, is taken back, so that a turn of the knob is no leap. */
function gainOf({ sound, own }: Strip): number {
  const { volume, trimDb, resonance, instrument } = sound
  const gain = volume * Math.pow(10, trimDb / 20) * own.gain
  if (instrument === 'drums') return gain * DRUM_GAIN
  return gain / Math.sqrt(Math.max(1, resonance / TAME_RESONANCE))
}

const panOf = ({ sound, own }: Strip): number => within(-1, 1, sound.pan + own.pan)
