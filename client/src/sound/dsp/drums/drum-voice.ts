import type { CommonDrumParams, DrumPiece } from '../../../sequence/drum-sound.ts'
import { hashToShare, mixHash } from '../hash.ts'
import { addNoise, noiseGain, type Noise, type Tone } from '../oscillator.ts'
import { BLOCK } from '../strip.ts'
import { addBand, clearBand, createBand, type Band, type BandSource } from './band.ts'
import { createFinish, finishHit, setFinish, type Finish } from './finish.ts'
import { createMetal, writeMetal, type Metal } from './metal.ts'
import { addModes, clearModes, createModes, lengthOfModes, type Modes } from './modes.ts'

/** One hit sounding, or a free place for one. */
export interface DrumVoice extends Noise {
  piece: DrumPiece
  isActive: boolean
  /** Whether it has sounded at all; one that begins in the coming block has not. */
  isHeard: boolean
  /** Frame on which it began. */
  frame: number
  /** Of this hit. */
  seed: number
  /** Velocity, 0 to 1. */
  force: number
  /** Factor of every pitch: no two hits are quite alike. */
  detune: number
  readonly modes: Modes
  readonly metal: Metal
  /** Each piece uses them in its own way; `accent` is the shorter one where there is one. */
  readonly body: Band
  readonly accent: Band
  readonly finish: Finish
  gainLeft: number
  gainRight: number
  /** 1 until the end, where it goes down to 0. */
  gate: number
  gateStep: number
  /** Places, counted from the coming block, where it begins and where its end begins. */
  beginAt: number
  fadeAt: number
}

/** Room to work in, which all voices share. */
export interface DrumScratch extends BandSource {
  readonly sum: Float64Array
  readonly white: Tone
}

/** How long a hit takes to vanish: at its end, or when it is choked or makes room. */
const FADE_SECONDS = 0.003
/** Most by which hits differ, there and back: 7 cents and half a decibel. */
const PITCH_SPREAD = 0.004
const LEVEL_SPREAD = 0.06
const MAX_VELOCITY = 127

export const createDrumScratch = (sampleRate: number): DrumScratch => ({
  noise: new Float64Array(BLOCK),
  metal: new Float64Array(BLOCK),
  scratch: new Float64Array(BLOCK),
  sum: new Float64Array(BLOCK),
  white: { step: 0, gain: noiseGain(sampleRate), width: 0.5 },
})

export const createDrumVoice = (sampleRate: number): DrumVoice => ({
  piece: 'kick',
  isActive: false,
  isHeard: false,
  frame: 0,
  seed: 0,
  state: 1,
  force: 0,
  detune: 1,
  modes: createModes(sampleRate),
  metal: createMetal(sampleRate),
  body: createBand(sampleRate),
  accent: createBand(sampleRate),
  finish: createFinish(sampleRate),
  gainLeft: 0,
  gainRight: 0,
  gate: 0,
  gateStep: 1 / Math.max(1, Math.round(FADE_SECONDS * sampleRate)),
  beginAt: 0,
  fadeAt: 0,
})

/** Makes a free voice ready to be struck. @param velocity  1 to 127 @param seed  of this hit, 32 bits */
export function clearDrumVoice(
  voice: DrumVoice,
  params: CommonDrumParams,
  velocity: number,
  seed: number,
): void {
  const force = Math.min(1, Math.max(0, velocity / MAX_VELOCITY))
  voice.seed = seed
  voice.state = mixHash(seed, 1) || 1
  voice.force = force
  voice.detune = 1 + PITCH_SPREAD * (hashToShare(mixHash(seed, 2)) - 0.5)
  clearModes(voice.modes)
  voice.metal.count = 0
  clearBand(voice.body)
  clearBand(voice.accent)
  setFinish(voice.finish, params, force)
  const gain = 1 - LEVEL_SPREAD * hashToShare(mixHash(seed, 3))
  voice.gainLeft = gain * Math.sqrt(Math.min(1, 1 - params.pan))
  voice.gainRight = gain * Math.sqrt(Math.min(1, 1 + params.pan))
}

/** Begins what was struck. @param offset  of the coming block @param frame  of the same moment, ever rising */
export function startDrumVoice(voice: DrumVoice, offset: number, frame: number): void {
  voice.isActive = true
  voice.isHeard = false
  voice.frame = frame
  voice.gate = 1
  voice.beginAt = offset
  const { modes, body, accent } = voice
  const length = Math.max(lengthOfModes(modes), body.remaining, accent.remaining)
  voice.fadeAt = offset + Math.max(0, length - Math.round(1 / voice.gateStep))
}

/** Whether its end has begun, or begins in the coming block. */
export const isFading = ({ gate, fadeAt }: DrumVoice): boolean => gate < 1 || fadeAt < BLOCK

/** About how loud it is at the moment. */
export function loudnessOf({ modes, body, accent, finish }: DrumVoice): number {
  const tones = (modes.levels[0] ?? 0) + (modes.levels[1] ?? 0) + (modes.levels[2] ?? 0)
  const bands =
    body.level * (body.noise + body.metal) + accent.level * (accent.noise + accent.metal)
  return finish.level * (tones + bands)
}

/** Adds the voice's coming `count` samples to both sides. */
export function renderDrumVoice(
  voice: DrumVoice,
  work: DrumScratch,
  left: Float64Array,
  right: Float64Array,
  count: number,
): void {
  const { sum } = work
  const from = voice.beginAt
  voice.beginAt = 0
  sum.fill(0, from, count)
  addModes(voice.modes, work.scratch, sum, from, count)
  addBands(voice, work, from, count)
  if (!finishHit(voice.finish, sum, from, count)) voice.isActive = false
  if (voice.isActive) addGated(voice, sum, left, right, from, count)
  voice.fadeAt -= count
  voice.isHeard = true
}

function addBands(voice: DrumVoice, work: DrumScratch, from: number, to: number): void {
  const { body, accent, metal } = voice
  if (body.remaining + accent.remaining === 0) return
  work.noise.fill(0, from, to)
  addNoise(voice, work.noise, from, to, work.white)
  writeMetal(metal, work.metal, from, to)
  addBand(body, work, work.sum, from, to)
  addBand(accent, work, work.sum, from, to)
}

function addGated(
  voice: DrumVoice,
  samples: Float64Array,
  left: Float64Array,
  right: Float64Array,
  from: number,
  to: number,
): void {
  const { gainLeft, gainRight, gateStep, fadeAt } = voice
  let { gate } = voice
  for (let i = from; i < to; i++) {
    if (i >= fadeAt) gate -= gateStep
    if (gate < gateStep / 2) break
    const sample = (samples[i] ?? 0) * gate
    left[i] = (left[i] ?? 0) + sample * gainLeft
    right[i] = (right[i] ?? 0) + sample * gainRight
  }
  voice.gate = gate
  voice.isActive = gate >= gateStep / 2
}
