import { oscillate, START_PHASES, WAVEFORM_TRIMS } from './oscillator.ts'
import {
  attack,
  createEnvelope,
  endStage,
  fade,
  followSustain,
  release,
  silence,
  type Envelope,
} from './envelope.ts'
import { CHUNK, type Strip } from './strip.ts'
import type { Waveform } from '../../sequence/synth-sound.ts'

/** One note sounding, or a free place for one. */
export interface Voice {
  strip: Strip
  readonly envelope: Envelope
  waveform: Waveform
  pitch: number
  phase: number
  /** Cycles in a sample. */
  phaseStep: number
  amplitude: number
  /** State of the filter. */
  low: number
  band: number
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
}

export const NEVER = Infinity

/** Loudness of one voice at full velocity and volume; leaves room for eight tracks. */
const VOICE_GAIN = 0.3
const MAX_VELOCITY = 127
const A4_PITCH = 69
const A4_HZ = 440
/** Filter states below this are silence; processors slow down on numbers near the smallest. */
const SILENT_STATE = 1e-15

export const createVoice = (strip: Strip): Voice => ({
  strip,
  envelope: createEnvelope(),
  waveform: 'sawtooth',
  pitch: 0,
  phase: 0,
  phaseStep: 0,
  amplitude: 0,
  low: 0,
  band: 0,
  serial: 0,
  isHeard: false,
  endBeat: NEVER,
  endSamples: NEVER,
  beginAt: 0,
  releaseAt: NEVER,
  fadeAt: NEVER,
})

/** Begins a note at `offset` of the coming block. */
export function beginVoice(
  voice: Voice,
  strip: Strip,
  pitch: number,
  velocity: number,
  offset: number,
  sampleRate: number,
): void {
  const { waveform } = strip.sound
  voice.strip = strip
  voice.pitch = pitch
  voice.waveform = waveform
  voice.phase = START_PHASES[waveform]
  voice.phaseStep = (A4_HZ * Math.pow(2, (pitch - A4_PITCH) / 12)) / sampleRate
  voice.amplitude = (velocity / MAX_VELOCITY) * VOICE_GAIN * WAVEFORM_TRIMS[waveform]
  voice.low = 0
  voice.band = 0
  voice.isHeard = false
  voice.endBeat = NEVER
  voice.endSamples = NEVER
  voice.beginAt = offset
  voice.releaseAt = NEVER
  voice.fadeAt = NEVER
  attack(voice.envelope, strip.sound, sampleRate)
}

/** Adds the voice's coming `count` samples to the bus of its strip. */
export function renderVoice(
  voice: Voice,
  scratch: Float64Array,
  count: number,
  sampleRate: number,
): void {
  const { envelope, strip } = voice
  let at = voice.beginAt
  oscillate(voice.waveform, scratch, at, count, voice)
  followSustain(envelope, strip.sound, sampleRate)
  while (at < count && envelope.stage !== 'idle') {
    if (at >= voice.releaseAt) {
      release(envelope, strip.sound, sampleRate)
      voice.releaseAt = NEVER
    }
    if (at >= voice.fadeAt) {
      fade(envelope, sampleRate)
      voice.fadeAt = NEVER
    }
    const turn = Math.min(count, at + envelope.remaining, voice.releaseAt, voice.fadeAt)
    const end = Math.min(turn, at - (at % CHUNK) + CHUNK)
    addSamples(voice, scratch, at, end)
    envelope.remaining -= end - at
    if (envelope.remaining <= 0) endStage(envelope, strip.sound, sampleRate)
    at = end
  }
  voice.beginAt = 0
  voice.isHeard = true
  keepSane(voice)
}

function addSamples(voice: Voice, scratch: Float64Array, from: number, to: number): void {
  const { strip, envelope, amplitude } = voice
  const { bus } = strip
  const chunk = (from / CHUNK) | 0
  const a1 = strip.a1[chunk] ?? 0
  const a2 = strip.a2[chunk] ?? 0
  const a3 = strip.a3[chunk] ?? 0
  const { factor, offset } = envelope
  let { level } = envelope
  let { low, band } = voice
  for (let i = from; i < to; i++) {
    level = level * factor + offset
    const rest = (scratch[i] ?? 0) - low
    const band1 = a1 * band + a2 * rest
    const low1 = low + a2 * band + a3 * rest
    band = 2 * band1 - band
    low = 2 * low1 - low
    bus[i] = (bus[i] ?? 0) + low1 * level * amplitude
  }
  envelope.level = level
  voice.low = low
  voice.band = band
}

function keepSane(voice: Voice): void {
  const sum = voice.low + voice.band + voice.envelope.level + voice.phase
  if (!Number.isFinite(sum)) {
    voice.low = 0
    voice.band = 0
    voice.phase = 0
    silence(voice.envelope)
    voice.strip.bus.fill(0)
  }
  if (Math.abs(voice.low) < SILENT_STATE) voice.low = 0
  if (Math.abs(voice.band) < SILENT_STATE) voice.band = 0
}
