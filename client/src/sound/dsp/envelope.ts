export type EnvelopeStage = 'idle' | 'attack' | 'decay' | 'sustain' | 'release' | 'fade'

/** An ADSR between steps: each next level is `level * factor + offset`, for `remaining` steps more. */
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

/** Rises in a straight line from wherever it is. Here and below `rate` is steps a second: of samples, or of chunks. */
export function attack(envelope: Envelope, seconds: number, rate: number): void {
  const steps = stepsOf(seconds, rate)
  envelope.stage = 'attack'
  envelope.factor = 1
  envelope.offset = (1 - envelope.level) / steps
  envelope.remaining = steps
}

/** Falls from wherever it is to silence in so many seconds. */
export function release(envelope: Envelope, seconds: number, rate: number): void {
  if (!isGated(envelope)) return
  envelope.stage = 'release'
  curve(envelope, 0, stepsOf(seconds, rate), OVERSHOOT)
}

/** Falls from wherever it is to silence so fast that the voice can be taken for another note, without a click. */
export function fade(envelope: Envelope, rate: number): void {
  if (envelope.stage === 'idle' || envelope.stage === 'fade') return
  const steps = stepsOf(FADE_SECONDS, rate)
  envelope.stage = 'fade'
  envelope.factor = 1
  envelope.offset = -envelope.level / steps
  envelope.remaining = steps
}

/** Goes on to the next stage, when the steps of this one are used up. */
export function endStage(
  envelope: Envelope,
  decaySeconds: number,
  sustain: number,
  rate: number,
): void {
  if (envelope.stage === 'attack') {
    envelope.stage = 'decay'
    envelope.level = 1
    curve(envelope, sustain, stepsOf(decaySeconds, rate), DECAY_OVERSHOOT)
  } else if (envelope.stage === 'decay') {
    envelope.stage = 'sustain'
    envelope.level = sustain
    followSustain(envelope, sustain, rate)
  } else {
    silence(envelope)
  }
}

/** While a note is held its level glides after the sound's sustain level. */
export function followSustain(envelope: Envelope, sustain: number, rate: number): void {
  if (envelope.stage !== 'sustain') return
  if (Math.abs(envelope.level - sustain) < SETTLED) envelope.level = sustain
  envelope.factor = Math.exp(-1 / (GLIDE_SECONDS * rate))
  envelope.offset = sustain * (1 - envelope.factor)
  envelope.remaining = Infinity
}

/** One step of an envelope that nobody renders sample by sample. */
export function advance(
  envelope: Envelope,
  decaySeconds: number,
  sustain: number,
  rate: number,
): void {
  if (envelope.stage === 'idle') return
  followSustain(envelope, sustain, rate)
  envelope.level = envelope.level * envelope.factor + envelope.offset
  envelope.remaining -= 1
  if (envelope.remaining <= 0) endStage(envelope, decaySeconds, sustain, rate)
}

/**
 * Goes on from a level that is so many times as high, in what time is left: what it is multiplied by may leap, and
 * nothing is heard of it.
 */
export function rescale(envelope: Envelope, factor: number, sustain: number): void {
  if (factor === 1) return
  envelope.level *= factor
  if (envelope.stage === 'attack') envelope.offset = (1 - envelope.level) / envelope.remaining
  if (envelope.stage === 'decay') curve(envelope, sustain, envelope.remaining, DECAY_OVERSHOOT)
}

export function silence(envelope: Envelope): void {
  envelope.stage = 'idle'
  envelope.level = 0
  envelope.remaining = Infinity
}

/** Whether the note is still held. */
export const isGated = ({ stage }: Envelope): boolean =>
  stage === 'attack' || stage === 'decay' || stage === 'sustain'

function curve(envelope: Envelope, end: number, steps: number, overshoot: number): void {
  const target = end - overshoot * (envelope.level - end)
  envelope.factor = Math.pow(overshoot / (1 + overshoot), 1 / steps)
  envelope.offset = target * (1 - envelope.factor)
  envelope.remaining = steps
}

const stepsOf = (seconds: number, rate: number): number => Math.max(1, Math.round(seconds * rate))
