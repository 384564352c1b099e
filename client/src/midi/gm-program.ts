import type { TrackSound } from '../sequence/track-sound.ts'

/** Some of the instruments of General MIDI, counted from 0. */
export const PROGRAMS = {
  electricPiano: 4,
  drawbarOrgan: 16,
  synthBass: 38,
  choir: 52,
  pluck: 45,
  squareLead: 80,
  sawLead: 81,
  glassBell: 98,
  warmPad: 89,
} as const

/** Below it, C3, half of the notes make a bass. */
const BASS_PITCH = 48
const PAD_ATTACK_SECONDS = 0.15
const PLUCK_SUSTAIN = 0.2

/**
 * The instrument of General MIDI that comes nearest to a synth, so that a foreign player does not make a piano of
 * everything.
 *
 * @param middlePitch  half of the notes are lower
 */
export function gmProgram(
  { waveform, attackSeconds, sustain }: Pick<TrackSound, 'waveform' | 'attackSeconds' | 'sustain'>,
  middlePitch: number,
): number {
  if (middlePitch < BASS_PITCH) return PROGRAMS.synthBass
  if (waveform === 'choir') return PROGRAMS.choir
  if (attackSeconds >= PAD_ATTACK_SECONDS) return PROGRAMS.warmPad
  switch (waveform) {
    case 'organ':
    case 'reed':
      return PROGRAMS.drawbarOrgan
    case 'glass':
      return PROGRAMS.glassBell
    case 'sine':
    case 'triangle':
      return PROGRAMS.electricPiano
    default:
      if (sustain < PLUCK_SUSTAIN) return PROGRAMS.pluck
      return waveform === 'square' ? PROGRAMS.squareLead : PROGRAMS.sawLead
  }
}
