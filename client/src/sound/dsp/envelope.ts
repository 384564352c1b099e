import type { SynthSound } from '../../sequence/synth-sound.ts'

export type EnvelopeStage = 'idle' | 'attack' | 'decay' | 'sustain' | 'release' | 'fade'

/** An ADSR between samples: each next level is `level * factor + offset`, for `remaining` samples more. */
export interface Envelope {
  stage: EnvelopeStage
  level: number
  factor: number
  offset: number
  remaining: number
}

/** Curves aim this share of their way beyond their end, so that they arrive there, and just in time. */
const OVERSHOOT = 0.001
const DECAY_OVERSHOOT = 0.02
/** How long a voice takes to vanish that must make room. */
const FADE_SECONDS = 0.003
const GLIDE_SECONDS = 0.005
const SETTLED = 1e-9

export const createEnvelope = (): Envelope => ({
  stage: 'idle',
  level: 0,
  factor: 1,
  offset: 0,
  remaining: Infinity,
})

/** Rises in a straight line from silence. */
export function attack(envelope: Envelope, sound: SynthSound, sampleRate: number): void {
  const samples = samplesOf(sound.attackSeconds, sampleRate)
  envelope.stage = 'attack'
  envelope.level = 0
  envelope.factor = 1
  envelope.offset = 1 / samples
  envelope.remaining = samples
}

/** Falls from wherever it is to silence in the sound's release time. */
export function release(envelope: Envelope, sound: SynthSound, sampleRate: number): void {
  if (!isGated(envelope)) return
  envelope.stage = 'release'
  curve(envelope, 0, samplesOf(sound.releaseSeconds, sampleRate), OVERSHOOT)
}

/** Falls from wherever it is to silence so fast that the voice can be taken for another note, without a click. */
export function fade(envelope: Envelope, sampleRate: number): void {
  if (envelope.stage === 'idle' || envelope.stage === 'fade') return
  const samples = samplesOf(FADE_SECONDS, sampleRate)
  envelope.stage = 'fade'
  envelope.factor = 1
  envelope.offset = -envelope.level / samples
  envelope.remaining = samples
}

/** Goes on to the next stage, when the samples of this one are used up. */
export function endStage(envelope: Envelope, sound: SynthSound, sampleRate: number): void {
  if (envelope.stage === 'attack') {
    envelope.stage = 'decay'
    envelope.level = 1
    curve(envelope, sound.sustain, samplesOf(sound.decaySeconds, sampleRate), DECAY_OVERSHOOT)
  } else if (envelope.stage === 'decay') {
    envelope.stage = 'sustain'
    envelope.level = sound.sustain
    followSustain(envelope, sound, sampleRate)
  } else {
    silence(envelope)
  }
}

/** While a note is held its level glides after the sound's sustain level. */
export function followSustain(envelope: Envelope, sound: SynthSound, sampleRate: number): void {
  if (envelope.stage !== 'sustain') return
  if (Math.abs(envelope.level - sound.sustain) < SETTLED) envelope.level = sound.sustain
  envelope.factor = Math.exp(-1 / (GLIDE_SECONDS * sampleRate))
  envelope.offset = sound.sustain * (1 - envelope.factor)
  envelope.remaining = Infinity
}

export function silence(envelope: Envelope): void {
  envelope.stage = 'idle'
  envelope.level = 0
  envelope.remaining = Infinity
}

/** Whether the note is still held. */
export const isGated = ({ stage }: Envelope): boolean =>
  stage === 'attack' || stage === 'decay' || stage === 'sustain'

function curve(envelope: Envelope, end: number, samples: number, overshoot: number): void {
  const target = end - overshoot * (envelope.level - end)
  envelope.factor = Math.pow(overshoot / (1 + overshoot), 1 / samples)
  envelope.offset = target * (1 - envelope.factor)
  envelope.remaining = samples
}

const samplesOf = (seconds: number, sampleRate: number): number =>
  Math.max(1, Math.round(seconds * sampleRate))
