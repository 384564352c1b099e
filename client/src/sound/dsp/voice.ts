import type { SynthSound, Waveform } from '../../sequence/synth-sound.ts'
import { attack, createEnvelope, rescale, silence, type Envelope } from './envelope.ts'
import type { FilterState } from './filter.ts'
import { hashToShare, mixHash } from './hash.ts'
import { MAX_UNISON, type Noise, type Phases } from './oscillator.ts'
import { CHUNK, type Strip } from './strip.ts'
import { unisonOf } from './unison.ts'
import { isShaken, type Vibrato } from './vibrato.ts'
import { CYCLE } from './wavetables.ts'

/** One note sounding, or a free place for one. */
export interface Voice extends Noise, Vibrato {
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
  tunedFor: SynthSound | undefined
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
  /** Whether it is played by hand: it takes over from no note of the song's, nor the other way round. */
  isAside: boolean
  /** Added to its pitch, semitones. */
  bend: number
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
  tunedFor: undefined,
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
  isAside: false,
  bend: 0,
  wheel: 0,
  vibrato: 0,
  swing: 0,
})

/** What is begun: numbers 24 to 108 and 1 to 127; `seed` tells its noise from that of others. */
export interface NoteStart {
  pitch: number
  velocity: number
  /** Of the coming block. */
  offset: number
  seed: number
  isAside?: boolean
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
  voice.isAside = start.isAside === true
  voice.bend = 0
  voice.wheel = 0
  voice.vibrato = 0
  voice.swing = 0
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
export function aim(voice: Voice, pitch: number, velocity: number, sampleRate: number): void {
  const { strip } = voice
  const { sound } = strip
  voice.pitch = pitch
  voice.velocity = velocity / MAX_VELOCITY
  const before = voice.amplitude
  setAmplitude(voice, sound)
  rescale(voice.envelope, before / voice.amplitude, sound.sustain)
  const chunks = Math.max(1, (sound.glideSeconds * sampleRate) / CHUNK)
  voice.glide = (pitch - voice.tone) / chunks
  if (sound.glideSeconds === 0) voice.tone = pitch
  if (!voice.isAside) strip.lastPitch = pitch
}

/** Begins both envelopes, from wherever they are. */
export function attackBoth(voice: Voice, sampleRate: number): void {
  const { sound } = voice.strip
  attack(voice.envelope, sound.attackSeconds, sampleRate)
  attack(voice.modulation, sound.modAttackSeconds, sampleRate / CHUNK)
}

/** However many sources there are, the sum is about as loud. */
function setAmplitude(voice: Voice, sound: SynthSound): void {
  const { velocity, unison, waveform } = voice
  const { levelB, sub, noise, levelVelocity } = sound
  const power = 1 + levelB * levelB + sub * sub + (noise * noise) / 2
  const touch = 1 - levelVelocity + levelVelocity * velocity
  voice.amplitude = (VOICE_GAIN * TRIMS[waveform] * touch) / Math.sqrt(power * unison)
}

/** Whether nothing moves in the coming block that is controlled from chunk to chunk. */
export function staysStill(voice: Voice): boolean {
  const { strip, modulation, tone, pitch } = voice
  if (!strip.isStill || tone !== pitch || isShaken(voice)) return false
  const { filterEnvelope, fmEnvelope, modSustain } = strip.sound
  if (filterEnvelope === 0 && fmEnvelope === 0) return true
  const { stage, level } = modulation
  return stage === 'idle' || (stage === 'sustain' && level === modSustain)
}

/** Towards the note, and not beyond. */
export function moveGlide(voice: Voice): void {
  if (voice.tone === voice.pitch) return
  const next = voice.tone + voice.glide
  const isThere = voice.glide > 0 ? next >= voice.pitch : next <= voice.pitch
  voice.tone = isThere ? voice.pitch : next
}
