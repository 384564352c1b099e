import type { DrumParams } from '../../../sequence/drum-sound.ts'
import { semitonesToRatio } from './arithmetic.ts'
import { softenBand, strikeBand, tuneBand } from './band.ts'
import type { DrumVoice } from './drum-voice.ts'
import { cutLow } from './finish.ts'
import { tuneMetal } from './metal.ts'
import { strikeMode, sweepModes } from './modes.ts'
import { loudnessAt, sharpnessAt } from './touch.ts'

/** Second mode of a skin that is struck off its middle, and of a snare's shell with its upper head. */
const SKIN_OVERTONE = 1.594
const SNARE_OVERTONE = 1.78
const SNARE_SWEEP_SEMITONES = 5
const SNARE_SWEEP_SECONDS = 0.06
const SNAP_SECONDS = 0.03
const SNAP_HZ = 4500
const SNARE_METAL_HZ = 390
const CLICK_SECONDS = 0.012
const TOM_STICK_SECONDS = 0.018
const TOM_STICK_HZ = 2600
/** A stick on the rim: second mode against the first. */
const RIM_BODY = 0.31
const RIM_CUT_HZ = 120
const SNARE_CUT_HZ = 60
const RIM_CLICK_SECONDS = 0.006
const RIM_CLICK_HZ = 3500

export function strikeKick(voice: DrumVoice, params: DrumParams<'kick'>): void {
  const { modes, accent, force } = voice
  const level = loudnessAt(force)
  strikeMode(modes, 0, params.tuneHz * voice.detune, level, params.decaySeconds)
  const semitones = params.sweepSemitones * (0.8 + 0.2 * force)
  sweepModes(modes, semitonesToRatio(semitones), params.sweepSeconds)
  tuneBand(accent, 'bandpass', params.clickHz, 0.7, 1)
  strikeBand(accent, 1.6 * params.click * level * sharpnessAt(force), 0, CLICK_SECONDS)
}

export function strikeSnare(voice: DrumVoice, params: DrumParams<'snare'>): void {
  const { modes, body, accent, force, detune } = voice
  const { snappy, tuneHz, toneSeconds, metal } = params
  const level = loudnessAt(force)
  const tone = level * (1 - snappy)
  cutLow(voice.finish, SNARE_CUT_HZ)
  strikeMode(modes, 0, tuneHz * detune, 1.1 * tone, toneSeconds)
  strikeMode(modes, 1, tuneHz * SNARE_OVERTONE * detune, 0.65 * tone, 0.65 * toneSeconds)
  sweepModes(modes, semitonesToRatio(SNARE_SWEEP_SEMITONES * force), SNARE_SWEEP_SECONDS)
  const wires = level * snappy
  if (metal > 0) tuneMetal(voice.metal, SNARE_METAL_HZ * detune, 6, voice.seed)
  tuneBand(body, 'highpass', params.noiseHz, 0.8, 1)
  strikeBand(body, 1.5 * wires * (1 - metal), 1.2 * wires * metal, params.noiseSeconds)
  softenBand(body, params.attackSeconds)
  tuneBand(accent, 'highpass', SNAP_HZ, 0.7, 1)
  strikeBand(accent, 0.8 * wires * sharpnessAt(force), 0, SNAP_SECONDS)
  softenBand(accent, params.attackSeconds)
}

export function strikeTom(voice: DrumVoice, params: DrumParams<'low-tom'>): void {
  const { modes, body, accent, force, detune } = voice
  const { tuneHz, decaySeconds } = params
  const level = loudnessAt(force)
  strikeMode(modes, 0, tuneHz * detune, level, decaySeconds)
  const overtone = level * params.overtone * sharpnessAt(force)
  strikeMode(modes, 1, tuneHz * SKIN_OVERTONE * detune, overtone, 0.6 * decaySeconds)
  sweepModes(modes, semitonesToRatio(params.sweepSemitones), params.sweepSeconds)
  tuneBand(body, 'bandpass', 5 * tuneHz, 0.6, 1)
  strikeBand(body, 0.8 * level * params.noise, 0, 0.4 * decaySeconds)
  tuneBand(accent, 'bandpass', TOM_STICK_HZ, 0.7, 1)
  strikeBand(accent, level * (0.15 + params.noise) * sharpnessAt(force), 0, TOM_STICK_SECONDS)
}

export function strikeRim(voice: DrumVoice, params: DrumParams<'rim'>): void {
  const { modes, accent, force, detune } = voice
  const { tuneHz, decaySeconds } = params
  const level = loudnessAt(force)
  cutLow(voice.finish, RIM_CUT_HZ)
  strikeMode(modes, 0, tuneHz * detune, 0.8 * level * sharpnessAt(force), decaySeconds)
  strikeMode(modes, 1, tuneHz * RIM_BODY * detune, level * params.body, 1.2 * decaySeconds)
  tuneBand(accent, 'highpass', RIM_CLICK_HZ, 0.7, 1)
  strikeBand(accent, level * params.click * sharpnessAt(force), 0, RIM_CLICK_SECONDS)
}
