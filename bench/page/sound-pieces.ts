import type { PieceName } from './sound-types.ts'

export const SAMPLE_RATE = 48_000
export const SECONDS = 10
export const BPM = 125

/** One note of a piece, for whoever plays it. */
export interface PieceNote {
  readonly track: number
  readonly pitch: number
  readonly atSeconds: number
  /** Held for so long; then it is released. */
  readonly seconds: number
}

/** The sound of every note of a piece: a sawtooth, a low-pass of 12 dB whose cutoff an envelope moves, an ADSR. */
export interface Patch {
  /** Sawtooths of one note. */
  readonly unison: 1 | 7
  readonly unisonCents: number
  readonly attackSeconds: number
  readonly decaySeconds: number
  readonly sustain: number
  readonly releaseSeconds: number
  readonly cutoffHz: number
  /** Q. */
  readonly resonance: number
  /** By which the filter's envelope raises its cutoff at first. */
  readonly octaves: number
  readonly filterDecaySeconds: number
  readonly hasEffects: boolean
}

export interface Piece {
  readonly tracks: number
  /** In order of time. */
  readonly notes: readonly PieceNote[]
  readonly patch: Patch
}

const PLAIN: Patch = {
  unison: 1,
  unisonCents: 24,
  attackSeconds: 0.005,
  decaySeconds: 0.12,
  sustain: 0.6,
  releaseSeconds: 0.12,
  cutoffHz: 1500,
  resonance: 1.5,
  octaves: 2,
  filterDecaySeconds: 0.2,
  hasEffects: false,
}
const CHORD = 16
const CHORDS = 4
const TRACKS = 20
export const STEPS = 16
/** Held for two steps and released for one: three voices of each track all the time. */
const GATE_STEPS = 2

export const stepSeconds = 60 / BPM / 4

/** Pitch of each of a track's sixteenths; none sounds again while it is released. */
const pitchOf = (track: number, step: number): number => 40 + ((track * 5) % 24) + ((step * 7) % 12)

const chordPitch = (track: number, note: number): number => 36 + track + 3 * note

const chords: readonly PieceNote[] = Array.from({ length: CHORD * CHORDS }, (_, index) => {
  const track = Math.floor(index / CHORD)
  const pitch = chordPitch(track, index % CHORD)
  return { track, pitch, atSeconds: 0, seconds: SECONDS }
})

const sixteenths: readonly PieceNote[] = Array.from(
  { length: Math.floor(SECONDS / stepSeconds) + 1 },
  (_, step) =>
    Array.from({ length: TRACKS }, (_of, track) => ({
      track,
      pitch: pitchOf(track, step % STEPS),
      atSeconds: step * stepSeconds,
      seconds: GATE_STEPS * stepSeconds,
    })),
).flat()

export const PIECES: Readonly<Record<PieceName, Piece>> = {
  sustained: { tracks: CHORDS, notes: chords, patch: PLAIN },
  supersaw: { tracks: CHORDS, notes: chords, patch: { ...PLAIN, unison: 7 } },
  sixteenths: { tracks: TRACKS, notes: sixteenths, patch: PLAIN },
  effects: { tracks: TRACKS, notes: sixteenths, patch: { ...PLAIN, hasEffects: true } },
}

export const pitchToHz = (pitch: number): number => 440 * Math.pow(2, (pitch - 69) / 12)
