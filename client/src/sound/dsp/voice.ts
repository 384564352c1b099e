import type { SynthSound, Waveform } from '../../sequence/synth-sound.ts'
import {
  advance,
  attack,
  createEnvelope,
  endStage,
  fade,
  followSustain,
  release,
  silence,
  type Envelope,
} from './envelope.ts'
import { settleFilter, type FilterState } from './filter.ts'
import { hashToShare, mixHash } from './hash.ts'
import { MAX_UNISON, type Noise, type Phases } from './oscillator.ts'
import { CHUNK, unisonOf, type Strip } from './strip.ts'
import { CYCLE } from './wavetables.ts'

/** One note sounding, or a free place for one. */
export interface Voice extends Noise {
  strip: Strip
  readonly envelope: Envelope
  /** The second one, which goes on once a chunk. */
  readonly modulation: Envelope
  waveform: Waveform
  waveformB: Waveform
  unison: number
  /** MIDI pitch of the note. */
  pitch: number
  /** Where a glide is on its way to it, and by how much it moves in a chunk. */
  tone: number
  glide: number
  /** Of each oscillator of A; then those of B, the sub and the FM's sine. */
  readonly phases: Phases
  /** Last samples of the FM's sine. */
  readonly memory: Float64Array
  amplitude: number
  /** Velocity, 0 to 1. */
  velocity: number
  readonly filter: FilterState
  /** What the oscillators were last set up for, so that it is done anew only when it moves. */
  tuned: number
  step: number
  level: number
  levelB: number
  /** Rises with each note, so that the oldest can be told. */
  serial: number
  /** Whether it has sounded at all; one that begins in the coming block has not. */
  isHeard: boolean
  /** Where the note ends: on a beat of the song, or after that many samples more, whichever is finite. */
  endBeat: number
  endSamples: number
  /** Places in the coming block where the voice begins, is released, or makes room; NEVER when not in this block. */
  beginAt: number
  releaseAt: number
  fadeAt: number
  /** Where a voice that plays one note after the other goes on to the next, and what that is. */
  turnAt: number
  turnPitch: number
  turnVelocity: number
  /** Whether its envelopes begin again there. */
  isStruckAgain: boolean
}

export const NEVER = Infinity
export const PHASE_B = MAX_UNISON
export const PHASE_SUB = MAX_UNISON + 1
export const PHASE_FM = MAX_UNISON + 2
const PHASES = MAX_UNISON + 3
/** Two pairs of poles a side. */
const FILTER_STATES = 8

/** Loudness of one voice at full velocity and volume; leaves room for eight tracks. */
const VOICE_GAIN = 0.3
const MAX_VELOCITY = 127
/** Factors that make the waveforms about equally loud to the ear. */
const TRIMS: Readonly<Record<Waveform, number>> = {
  sawtooth: 1,
  square: 0.75,
  sine: 1.15,
  triangle: 1.3,
  organ: 0.95,
  reed: 1,
  choir: 1.1,
  glass: 1,
}

export const createVoice = (strip: Strip): Voice => ({
  strip,
  envelope: createEnvelope(),
  modulation: createEnvelope(),
  waveform: 'sawtooth',
  waveformB: 'sawtooth',
  unison: 1,
  pitch: 0,
  tone: 0,
  glide: 0,
  phases: new Float64Array(PHASES),
  memory: new Float64Array(2),
  state: 1,
  amplitude: 0,
  velocity: 1,
  filter: new Float64Array(FILTER_STATES),
  tuned: NaN,
  step: 0,
  level: 0,
  levelB: 0,
  serial: 0,
  isHeard: false,
  endBeat: NEVER,
  endSamples: NEVER,
  beginAt: 0,
  releaseAt: NEVER,
  fadeAt: NEVER,
  turnAt: NEVER,
  turnPitch: 0,
  turnVelocity: 0,
  isStruckAgain: false,
})

/** What is begun: numbers 24 to 108 and 1 to 127; `seed` tells its noise from that of others. */
export interface NoteStart {
  pitch: number
  velocity: number
  /** Of the coming block. */
  offset: number
  seed: number
}

/** Begins a note with a free voice. */
export function beginVoice(
  voice: Voice,
  strip: Strip,
  start: NoteStart,
  mostUnison: number,
  sampleRate: number,
): void {
  const { sound } = strip
  voice.strip = strip
  voice.waveform = sound.waveform
  voice.waveformB = sound.waveformB
  voice.unison = Math.min(mostUnison, unisonOf(sound))
  voice.phases.fill(0)
  for (let at = 0; voice.unison > 1 && at < voice.unison; at++) {
    voice.phases[at] = Math.floor(hashToShare(mixHash(start.seed, at)) * CYCLE)
  }
  voice.memory.fill(0)
  voice.filter.fill(0)
  voice.state = start.seed === 0 ? 1 : start.seed
  voice.tuned = NaN
  voice.isHeard = false
  voice.endBeat = NEVER
  voice.endSamples = NEVER
  voice.beginAt = start.offset
  voice.releaseAt = NEVER
  voice.fadeAt = NEVER
  voice.turnAt = NEVER
  silence(voice.envelope)
  silence(voice.modulation)
  voice.tone = sound.glideSeconds > 0 && strip.lastPitch > 0 ? strip.lastPitch : start.pitch
  aim(voice, start.pitch, start.velocity, sampleRate)
  attackBoth(voice, sampleRate)
}

/** Lets a voice that sounds go on to another note at `start.offset`. */
export function turnVoice(voice: Voice, start: NoteStart, isStruckAgain: boolean): void {
  voice.turnAt = start.offset
  voice.turnPitch = start.pitch
  voice.turnVelocity = start.velocity
  voice.isStruckAgain = isStruckAgain
  voice.releaseAt = NEVER
  voice.endBeat = NEVER
  voice.endSamples = NEVER
}

/** Gives a voice that sounds another pitch and velocity, which it glides to. */
function aim(voice: Voice, pitch: number, velocity: number, sampleRate: number): void {
  const { strip } = voice
  const { sound } = strip
  voice.pitch = pitch
  voice.velocity = velocity / MAX_VELOCITY
  voice.amplitude = amplitudeOf(voice, sound)
  const chunks = Math.max(1, (sound.glideSeconds * sampleRate) / CHUNK)
  voice.glide = (pitch - voice.tone) / chunks
  if (sound.glideSeconds === 0) voice.tone = pitch
  strip.lastPitch = pitch
}

/** Begins both envelopes, from wherever they are. */
function attackBoth(voice: Voice, sampleRate: number): void {
  const { sound } = voice.strip
  attack(voice.envelope, sound.attackSeconds, sampleRate)
  attack(voice.modulation, sound.modAttackSeconds, sampleRate / CHUNK)
}

/** However many sources there are, the sum is about as loud. */
function amplitudeOf({ velocity, unison, waveform }: Voice, sound: SynthSound): number {
  const { levelB, sub, noise, levelVelocity } = sound
  const power = 1 + levelB * levelB + sub * sub + (noise * noise) / 2
  const touch = 1 - levelVelocity + levelVelocity * velocity
  return (VOICE_GAIN * TRIMS[waveform] * touch) / Math.sqrt(power * unison)
}

/** Sets what holds for one chunk, and renders samples of it; both as the voice's sound wants it. */
export interface VoiceSource {
  control(voice: Voice, chunk: number): void
  /** Adds the voice's samples, times its envelope's level, to its strip. */
  add(voice: Voice, from: number, to: number): void
}

/** Adds the voice's coming `count` samples to its strip. */
export function renderVoice(
  voice: Voice,
  source: VoiceSource,
  count: number,
  sampleRate: number,
): void {
  const { envelope, strip } = voice
  const { sound } = strip
  let at = voice.beginAt
  let chunk = -1
  followSustain(envelope, sound.sustain, sampleRate)
  while (at < count && envelope.stage !== 'idle') {
    if (at >= voice.releaseAt) {
      release(envelope, sound.releaseSeconds, sampleRate)
      release(voice.modulation, sound.modReleaseSeconds, sampleRate / CHUNK)
      voice.releaseAt = NEVER
    }
    if (at >= voice.fadeAt) {
      fade(envelope, sampleRate)
      voice.fadeAt = NEVER
    }
    if (at >= voice.turnAt) {
      aim(voice, voice.turnPitch, voice.turnVelocity, sampleRate)
      if (voice.isStruckAgain) attackBoth(voice, sampleRate)
      voice.turnAt = NEVER
      chunk = -1
    }
    const next = Math.min(voice.releaseAt, voice.fadeAt, voice.turnAt, at + envelope.remaining)
    const end = Math.min(count, next, at - (at % CHUNK) + CHUNK)
    const current = (at / CHUNK) | 0
    if (current !== chunk) {
      chunk = current
      source.control(voice, chunk)
      followSustain(voice.modulation, sound.modSustain, sampleRate / CHUNK)
      advance(voice.modulation, sound.modDecaySeconds, sound.modSustain, sampleRate / CHUNK)
    }
    source.add(voice, at, end)
    envelope.remaining -= end - at
    if (envelope.remaining <= 0) {
      endStage(envelope, sound.decaySeconds, sound.sustain, sampleRate)
    }
    at = end
  }
  voice.beginAt = 0
  voice.isHeard = true
  keepSane(voice)
}

function keepSane(voice: Voice): void {
  const { strip, envelope, phases } = voice
  const sum = envelope.level + (phases[0] ?? 0) + (phases[PHASE_FM] ?? 0) + voice.tone
  if (settleFilter(voice.filter) && Number.isFinite(sum)) return
  phases.fill(0)
  voice.memory.fill(0)
  silence(envelope)
  strip.left.fill(0)
  strip.right.fill(0)
}
