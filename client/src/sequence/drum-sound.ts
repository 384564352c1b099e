import type { ParamRange } from './synth-sound.ts'

export const DRUM_PIECES = [
  'kick',
  'snare',
  'clap',
  'closed-hat',
  'open-hat',
  'low-tom',
  'mid-tom',
  'high-tom',
  'rim',
  'cowbell',
  'crash',
  'ride',
  'shaker',
] as const
export type DrumPiece = (typeof DRUM_PIECES)[number]

/** MIDI pitches that play each piece, as General MIDI lays them out; its own first, then neighbours that it stands in for. */
const PITCHES: Readonly<Record<DrumPiece, readonly [number, ...number[]]>> = {
  kick: [36, 35],
  snare: [38, 40],
  clap: [39],
  'closed-hat': [42, 44],
  'open-hat': [46],
  // Floor toms, the low conga.
  'low-tom': [45, 41, 43, 64],
  // A tom, low bongo, open conga, low timbale.
  'mid-tom': [47, 48, 61, 63, 66],
  // High bongo, muted conga, high timbale.
  'high-tom': [50, 60, 62, 65],
  // Sticks, claves and wood blocks.
  rim: [37, 31, 75, 76, 77],
  // Agogos.
  cowbell: [56, 67, 68],
  // China, splash and a second crash.
  crash: [49, 52, 55, 57],
  // Its bell, a second ride.
  ride: [51, 53, 59],
  // Tambourine, cabasa, shaker.
  shaker: [70, 54, 69, 82],
}

const BY_PITCH: ReadonlyMap<number, DrumPiece> = new Map(
  DRUM_PIECES.flatMap((piece) => PITCHES[piece].map((pitch) => [pitch, piece] as const)),
)

/** The MIDI pitch under which a piece is written. */
export const pieceToPitch = (piece: DrumPiece): number => PITCHES[piece][0]

/** The piece that a MIDI pitch plays; undefined where a kit has nothing like it. */
export const pitchToPiece = (pitch: number): DrumPiece | undefined => BY_PITCH.get(pitch)

const range = (min: number, max: number, initial: number): ParamRange => ({ min, max, initial })
const share = (initial: number): ParamRange => range(0, 1, initial)

/** What every piece has. Drive is soft saturation; crush takes bits and samples away; pan -1 is left. */
const common = (level: number, pan: number) => ({
  level: share(level),
  pan: range(-1, 1, pan),
  drive: share(0),
  crush: share(0),
  lowpassHz: range(800, 18_000, 18_000),
})

const tom = (tuneHz: number, pan: number) => ({
  ...common(0.8, pan),
  tuneHz: range(50, 500, tuneHz),
  sweepSemitones: range(0, 24, 5),
  sweepSeconds: range(0.01, 0.5, 0.12),
  decaySeconds: range(0.05, 2, 0.5),
  overtone: share(0.25),
  /** Of the skin. */
  noise: share(0.2),
})

const hat = (decaySeconds: number) => ({
  ...common(0.5, -0.15),
  /** Of the lowest of six squares. */
  tuneHz: range(100, 900, 320),
  /** Below it nothing is heard. */
  toneHz: range(3000, 12_000, 7500),
  decaySeconds: range(0.01, 2, decaySeconds),
  /** From noise alone to squares alone. */
  metal: share(0.6),
})

/**
 * Lowest, highest and usual value of each piece's params. Every decay is the time in which the level falls by 60 dB;
 * every sweep the time in which a thousandth of it is left.
 */
export const DRUM_RANGES = {
  kick: {
    ...common(0.9, 0),
    /** Where the pitch lands, and from how far above. */
    tuneHz: range(30, 120, 50),
    sweepSemitones: range(0, 48, 28),
    sweepSeconds: range(0.01, 0.5, 0.12),
    decaySeconds: range(0.08, 3, 0.5),
    click: share(0.3),
    clickHz: range(500, 8000, 3000),
  },
  snare: {
    ...common(0.85, 0),
    tuneHz: range(100, 400, 185),
    toneSeconds: range(0.03, 1, 0.18),
    noiseSeconds: range(0.03, 1.5, 0.25),
    /** How slowly the noise sets in: brushes. */
    attackSeconds: range(0, 0.08, 0),
    /** From skin alone to wires alone. */
    snappy: share(0.55),
    noiseHz: range(500, 6000, 1500),
    metal: share(0),
  },
  clap: {
    ...common(0.7, 0.05),
    bursts: range(1, 5, 3),
    gapSeconds: range(0.004, 0.03, 0.011),
    /** After the last burst. */
    decaySeconds: range(0.03, 1, 0.25),
    tail: share(0.5),
    toneHz: range(600, 4000, 1300),
    /** Q of its band. */
    resonance: range(0.5, 5, 1.4),
  },
  'closed-hat': hat(0.09),
  'open-hat': hat(0.6),
  'low-tom': tom(95, 0.3),
  'mid-tom': tom(130, 0),
  'high-tom': tom(180, -0.3),
  rim: {
    ...common(0.6, 0.1),
    tuneHz: range(800, 3000, 1700),
    decaySeconds: range(0.01, 0.3, 0.06),
    /** A second, lower mode. */
    body: share(0.6),
    click: share(0.5),
  },
  cowbell: {
    ...common(0.55, 0.2),
    tuneHz: range(250, 1000, 540),
    decaySeconds: range(0.05, 1.5, 0.4),
    /** Middle of its band. */
    toneHz: range(500, 5000, 1500),
  },
  crash: {
    ...common(0.6, -0.3),
    tuneHz: range(100, 900, 440),
    toneHz: range(2000, 9000, 4500),
    decaySeconds: range(0.2, 4, 2.2),
    metal: share(0.35),
  },
  ride: {
    ...common(0.5, 0.3),
    tuneHz: range(100, 900, 520),
    toneHz: range(2000, 9000, 5500),
    decaySeconds: range(0.2, 4, 1.4),
    metal: share(0.55),
    /** Of the stick on the bell. */
    ping: share(0.5),
  },
  shaker: {
    ...common(0.4, 0.25),
    toneHz: range(2000, 12_000, 6500),
    attackSeconds: range(0.001, 0.06, 0.02),
    decaySeconds: range(0.02, 0.5, 0.12),
  },
} as const satisfies Readonly<Record<DrumPiece, Readonly<Record<string, ParamRange>>>>

export type DrumParam<Piece extends DrumPiece> = keyof (typeof DRUM_RANGES)[Piece]
/** What one piece sounds like. */
export type DrumParams<Piece extends DrumPiece> = Readonly<Record<DrumParam<Piece>, number>>
/** What a whole kit sounds like. */
export type DrumPatch = { readonly [Piece in DrumPiece]: DrumParams<Piece> }
/** What every piece has. */
export type CommonDrumParams = Readonly<Record<keyof ReturnType<typeof common>, number>>

export const INITIAL_PATCH = Object.fromEntries(
  DRUM_PIECES.map((piece) => [
    piece,
    Object.fromEntries(
      Object.entries(DRUM_RANGES[piece]).map(([param, { initial }]) => [param, initial]),
    ),
  ]),
) as unknown as DrumPatch
