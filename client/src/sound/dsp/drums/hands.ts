import type { DrumParams } from '../../../sequence/drum-sound.ts'
import { hashToShare, mixHash } from '../hash.ts'
import { repeatBand, softenBand, strikeBand, tuneBand } from './band.ts'
import type { DrumVoice } from './drum-voice.ts'
import { cutLow } from './finish.ts'
import { loudnessAt, sharpnessAt } from './touch.ts'

/** Each hand's clap has nearly died away when the next one falls. */
const BURST_GAPS = 1.5
/** Hands are never equally late: gaps differ by so much from hit to hit, there and back. */
const GAP_SPREAD = 0.2
/** Beads fall back at so much of their way. */
const BEADS = 0.7
/** Of its tone, below which a piece is cut. */
const CLAP_CUT = 0.2
const SHAKER_CUT = 0.3

export function strikeClap(voice: DrumVoice, params: DrumParams<'clap'>): void {
  const { body, accent, force, seed } = voice
  const { toneHz, resonance } = params
  const level = loudnessAt(force)
  const strikes = Math.round(params.bursts)
  const late = 1 + GAP_SPREAD * (hashToShare(mixHash(seed, 4)) - 0.5)
  const gap = params.gapSeconds * late
  cutLow(voice.finish, CLAP_CUT * toneHz)
  tuneBand(accent, 'bandpass', toneHz, resonance, 1)
  strikeBand(accent, 4 * level * (0.6 + 0.4 * sharpnessAt(force)), 0, BURST_GAPS * gap)
  repeatBand(accent, strikes, gap, 0)
  tuneBand(body, 'bandpass', toneHz, resonance, 1)
  strikeBand(body, 5 * level * params.tail, 0, params.decaySeconds)
  repeatBand(body, 1, gap, strikes * gap)
}

export function strikeShaker(voice: DrumVoice, params: DrumParams<'shaker'>): void {
  const { body, accent, force } = voice
  const { toneHz, attackSeconds, decaySeconds } = params
  const level = loudnessAt(force)
  cutLow(voice.finish, SHAKER_CUT * toneHz)
  tuneBand(body, 'bandpass', toneHz, 1, 2)
  strikeBand(body, 4 * level, 0, decaySeconds)
  softenBand(body, attackSeconds)
  tuneBand(accent, 'bandpass', 1.15 * toneHz, 1, 2)
  strikeBand(accent, 2.5 * level * sharpnessAt(force), 0, 0.4 * decaySeconds)
  softenBand(accent, 0.3 * attackSeconds)
  repeatBand(accent, 1, attackSeconds, BEADS * attackSeconds)
}
