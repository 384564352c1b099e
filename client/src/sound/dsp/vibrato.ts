import { CHUNK } from './strip.ts'

/** How a wheel shakes a voice. */
export interface Vibrato {
  /** How deep it is to be, and is by now, 0 to 1. */
  wheel: number
  vibrato: number
  /** Where in its swing it is, 0 to 1. */
  swing: number
}

/** As fast as singers and strings do it, and at most a quarter tone each way. */
const VIBRATO_HZ = 5.5
const VIBRATO_SEMITONES = 0.5
/** So long it takes for most of the way to where the wheel is. */
const VIBRATO_RISE_SECONDS = 0.15
const LEAST_VIBRATO = 1e-3

export const isShaken = ({ wheel, vibrato }: Vibrato): boolean => wheel !== 0 || vibrato !== 0

/** Moves a voice's vibrato on by a chunk. @returns what it adds to the pitch, semitones */
export function moveVibrato(voice: Vibrato, sampleRate: number): number {
  if (!isShaken(voice)) return 0
  const away = voice.wheel - voice.vibrato
  const share = CHUNK / (VIBRATO_RISE_SECONDS * sampleRate)
  voice.vibrato = Math.abs(away) < LEAST_VIBRATO ? voice.wheel : voice.vibrato + away * share
  voice.swing = (voice.swing + (VIBRATO_HZ * CHUNK) / sampleRate) % 1
  return VIBRATO_SEMITONES * voice.vibrato * Math.sin(2 * Math.PI * voice.swing)
}
