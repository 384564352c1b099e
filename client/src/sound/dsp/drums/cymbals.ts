import type { DrumParams } from '../../../sequence/drum-sound.ts'
import { softenBand, strikeBand, tuneBand } from './band.ts'
import type { DrumVoice } from './drum-voice.ts'
import { cutLow } from './finish.ts'
import { tuneMetal } from './metal.ts'
import { strikeMode } from './modes.ts'
import { loudnessAt, sharpnessAt } from './touch.ts'

const CYMBAL_SQUARES = 6
const BELL_SQUARES = 2
/** Squares are louder than noise, but little of them passes. */
const METAL_GAIN = 1.3
const HAT_STICK_SECONDS = 0.01
const HAT_STICK_HZ = 9000
/** Of its tone, below which a piece is cut. */
const HAT_CUT = 0.35
const CYMBAL_CUT = 0.12
const COWBELL_CUT_HZ = 200
const SWELL_SECONDS = 0.004
/** The middle of a crash lies so far below its brightness, and rings longer. */
const CRASH_MIDDLE = 0.55
/** Modes of a ride's bell, in Hz, as long as the whole. */
const PING_HZ = [2730, 3890, 5170] as const
const PING_LEVELS = [0.1, 0.08, 0.06] as const

export function strikeHat(voice: DrumVoice, params: DrumParams<'closed-hat'>): void {
  const { metal, body, accent, force, detune } = voice
  const level = loudnessAt(force)
  cutLow(voice.finish, HAT_CUT * params.toneHz)
  tuneMetal(metal, params.tuneHz * detune, CYMBAL_SQUARES, voice.seed)
  tuneBand(body, 'highpass', params.toneHz, 0.8, 2)
  const squares = 2 * METAL_GAIN * params.metal * level
  strikeBand(body, 1.6 * (1 - params.metal) * level, squares, params.decaySeconds)
  tuneBand(accent, 'highpass', HAT_STICK_HZ, 0.7, 1)
  strikeBand(accent, 0.7 * level * sharpnessAt(force), 0, HAT_STICK_SECONDS)
}

export function strikeCrash(voice: DrumVoice, params: DrumParams<'crash'>): void {
  const { metal, body, accent, force, detune } = voice
  const { toneHz, decaySeconds } = params
  const level = loudnessAt(force)
  const noise = level * (1 - params.metal)
  const squares = METAL_GAIN * level * params.metal
  cutLow(voice.finish, CYMBAL_CUT * toneHz)
  tuneMetal(metal, params.tuneHz * detune, CYMBAL_SQUARES, voice.seed)
  tuneBand(body, 'bandpass', CRASH_MIDDLE * toneHz, 0.6, 1)
  strikeBand(body, 0.5 * noise, 0.4 * squares, decaySeconds)
  softenBand(body, SWELL_SECONDS)
  tuneBand(accent, 'highpass', toneHz, 0.7, 1)
  strikeBand(accent, 0.8 * noise, squares, 0.7 * decaySeconds)
}

export function strikeRide(voice: DrumVoice, params: DrumParams<'ride'>): void {
  const { metal, modes, body, accent, force, detune } = voice
  const { toneHz, decaySeconds, ping } = params
  const level = loudnessAt(force)
  const noise = level * (1 - params.metal)
  const squares = METAL_GAIN * level * params.metal
  cutLow(voice.finish, CYMBAL_CUT * toneHz)
  tuneMetal(metal, params.tuneHz * detune, CYMBAL_SQUARES, voice.seed)
  tuneBand(body, 'highpass', toneHz, 0.7, 1)
  strikeBand(body, 0.6 * noise, 0.6 * squares, decaySeconds)
  tuneBand(accent, 'bandpass', toneHz, 0.8, 1)
  strikeBand(accent, 0.6 * noise * sharpnessAt(force), 0.45 * squares, 0.2 * decaySeconds)
  for (let at = 0; at < PING_HZ.length; at++) {
    const hz = (PING_HZ[at] ?? 0) * detune
    strikeMode(modes, at, hz, (PING_LEVELS[at] ?? 0) * level * ping, 0.8 * decaySeconds)
  }
}

export function strikeCowbell(voice: DrumVoice, params: DrumParams<'cowbell'>): void {
  const { metal, body, accent, force, detune } = voice
  const level = loudnessAt(force)
  cutLow(voice.finish, COWBELL_CUT_HZ)
  tuneMetal(metal, params.tuneHz * detune, BELL_SQUARES, voice.seed)
  tuneBand(body, 'bandpass', params.toneHz, 0.8, 1)
  strikeBand(body, 0, 0.4 * level, params.decaySeconds)
  tuneBand(accent, 'bandpass', 1.2 * params.toneHz, 0.8, 1)
  strikeBand(accent, 0.15 * level * sharpnessAt(force), 0.5 * level, 0.15 * params.decaySeconds)
}
