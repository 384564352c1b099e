import {
  DRUM_PIECES,
  INITIAL_PATCH,
  type CommonDrumParams,
  type DrumPatch,
  type DrumPiece,
} from './drum-sound.ts'
import type { KitName } from './drum-settings.ts'

export interface DrumKit {
  readonly name: KitName
  readonly patch: DrumPatch
}

/** What makes a kit different from the usual patch. */
interface Outline {
  readonly name: KitName
  /** For every piece that says nothing else. */
  readonly all: Partial<CommonDrumParams>
  /** In the order of `DRUM_PIECES`; as loud to the ear as they should be beside each other. */
  readonly levels: readonly number[]
  readonly pieces: { readonly [Piece in DrumPiece]?: Partial<DrumPatch[Piece]> }
}

const OUTLINES: readonly Outline[] = [
  {
    // Long and deep; little metal, all of it squares.
    name: 'Sub Street',
    all: { drive: 0.12, lowpassHz: 16_000 },
    levels: [0.8, 0.55, 0.81, 0.71, 0.4, 0.43, 0.41, 0.46, 0.72, 0.38, 0.54, 0.48, 0.23],
    pieces: {
      kick: { tuneHz: 47, sweepSemitones: 26, sweepSeconds: 0.09, decaySeconds: 1.7, click: 0.15 },
      snare: {
        tuneHz: 182,
        toneSeconds: 0.21,
        noiseSeconds: 0.31,
        snappy: 0.6,
        noiseHz: 2000,
        drive: 0.3,
      },
      clap: { toneHz: 1050, decaySeconds: 0.35, tail: 0.5, gapSeconds: 0.011 },
      'closed-hat': { tuneHz: 205, metal: 0.9, decaySeconds: 0.09 },
      'open-hat': { tuneHz: 205, metal: 0.9, decaySeconds: 0.55 },
      'low-tom': { tuneHz: 82, sweepSemitones: 4, decaySeconds: 0.8, overtone: 0, noise: 0.1 },
      'mid-tom': { tuneHz: 118, sweepSemitones: 4, decaySeconds: 0.65, overtone: 0, noise: 0.1 },
      'high-tom': { tuneHz: 165, sweepSemitones: 4, decaySeconds: 0.5, overtone: 0, noise: 0.1 },
      rim: { tuneHz: 1670, decaySeconds: 0.05, body: 0.7, click: 0.3 },
      cowbell: { tuneHz: 540, decaySeconds: 0.5, toneHz: 1400 },
      crash: { tuneHz: 205, metal: 0.7, toneHz: 4800, decaySeconds: 1.8 },
      ride: { tuneHz: 205, metal: 0.8, ping: 0.2, decaySeconds: 1.1 },
      shaker: { toneHz: 7000, attackSeconds: 0.006, decaySeconds: 0.06 },
    },
  },
  {
    // Punch for large rooms.
    name: 'Warehouse',
    all: { drive: 0.15, lowpassHz: 16_000 },
    levels: [0.76, 0.61, 0.73, 0.52, 0.33, 0.49, 0.47, 0.52, 0.76, 0.49, 0.46, 0.35, 0.18],
    pieces: {
      kick: { sweepSemitones: 34, sweepSeconds: 0.08, decaySeconds: 0.5, click: 0.6, drive: 0.4 },
      snare: { tuneHz: 205, toneSeconds: 0.17, noiseSeconds: 0.42, snappy: 0.6, noiseHz: 1300 },
      clap: { toneHz: 1500, decaySeconds: 0.22, tail: 0.45, gapSeconds: 0.01, bursts: 4 },
      'closed-hat': { tuneHz: 420, metal: 0.35, decaySeconds: 0.12, toneHz: 8000 },
      'open-hat': { tuneHz: 420, metal: 0.35, decaySeconds: 0.5, toneHz: 7800 },
      'low-tom': { tuneHz: 88, sweepSemitones: 9, decaySeconds: 0.5, overtone: 0.15 },
      'mid-tom': { tuneHz: 128, sweepSemitones: 9, decaySeconds: 0.42, overtone: 0.15 },
      'high-tom': { tuneHz: 180, sweepSemitones: 9, decaySeconds: 0.35, overtone: 0.15 },
      rim: { tuneHz: 1900, decaySeconds: 0.045, body: 0.5, click: 0.7 },
      cowbell: { tuneHz: 587, decaySeconds: 0.3, toneHz: 1900 },
      crash: { metal: 0.25, toneHz: 5000, decaySeconds: 2 },
      ride: { metal: 0.4, ping: 0.5, decaySeconds: 1.3, toneHz: 6000 },
      shaker: { toneHz: 7500, attackSeconds: 0.015, decaySeconds: 0.1 },
    },
  },
  {
    // From an old record: dull, grainy, short.
    name: 'Attic',
    all: { drive: 0.25, crush: 0.22, lowpassHz: 6500 },
    levels: [0.89, 0.77, 0.88, 0.49, 0.33, 0.51, 0.49, 0.53, 0.67, 0.5, 0.46, 0.33, 0.26],
    pieces: {
      kick: { tuneHz: 58, sweepSemitones: 18, sweepSeconds: 0.07, decaySeconds: 0.35, click: 0.35 },
      snare: { tuneHz: 172, toneSeconds: 0.23, noiseSeconds: 0.28, snappy: 0.5, noiseHz: 900 },
      clap: { toneHz: 950, decaySeconds: 0.18, tail: 0.55, gapSeconds: 0.013 },
      'closed-hat': { tuneHz: 300, metal: 0.3, decaySeconds: 0.09, toneHz: 4500 },
      'open-hat': { tuneHz: 300, metal: 0.3, decaySeconds: 0.35, toneHz: 4300 },
      'low-tom': { tuneHz: 92, decaySeconds: 0.35, overtone: 0.3, noise: 0.3 },
      'mid-tom': { tuneHz: 126, decaySeconds: 0.3, overtone: 0.3, noise: 0.3 },
      'high-tom': { tuneHz: 170, decaySeconds: 0.26, overtone: 0.3, noise: 0.3 },
      rim: { tuneHz: 1350, decaySeconds: 0.05, body: 0.8, click: 0.4 },
      cowbell: { tuneHz: 480, decaySeconds: 0.22, toneHz: 1200 },
      crash: { metal: 0.3, toneHz: 3200, decaySeconds: 1.3 },
      ride: { metal: 0.45, ping: 0.6, decaySeconds: 0.9, toneHz: 3800 },
      shaker: { toneHz: 4500, attackSeconds: 0.025, decaySeconds: 0.1 },
    },
  },
  {
    // Wood, skin and bronze in a dry room.
    name: 'Studio B',
    all: { drive: 0.12, lowpassHz: 14_000 },
    levels: [0.89, 0.71, 0.7, 0.48, 0.23, 0.46, 0.43, 0.47, 0.57, 0.57, 0.43, 0.29, 0.21],
    pieces: {
      kick: { tuneHz: 60, sweepSemitones: 14, sweepSeconds: 0.05, decaySeconds: 0.42, click: 0.6 },
      snare: { tuneHz: 215, toneSeconds: 0.18, noiseSeconds: 0.34, snappy: 0.55, noiseHz: 1700 },
      clap: { toneHz: 1500, decaySeconds: 0.16, tail: 0.5, gapSeconds: 0.008, resonance: 0.9 },
      'closed-hat': { tuneHz: 560, metal: 0.25, decaySeconds: 0.1, toneHz: 6500 },
      'open-hat': { tuneHz: 560, metal: 0.25, decaySeconds: 0.8, toneHz: 6000 },
      'low-tom': { tuneHz: 86, sweepSemitones: 2.5, decaySeconds: 0.6, overtone: 0.5, noise: 0.3 },
      'mid-tom': { tuneHz: 122, sweepSemitones: 2.5, decaySeconds: 0.5, overtone: 0.5, noise: 0.3 },
      'high-tom': {
        tuneHz: 168,
        sweepSemitones: 2.5,
        decaySeconds: 0.42,
        overtone: 0.5,
        noise: 0.3,
      },
      rim: { tuneHz: 1550, decaySeconds: 0.07, body: 0.9, click: 0.7 },
      cowbell: { tuneHz: 610, decaySeconds: 0.25, toneHz: 2200 },
      crash: { metal: 0.2, toneHz: 4000, decaySeconds: 2.8 },
      ride: { metal: 0.45, ping: 0.7, decaySeconds: 2.4, toneHz: 5200 },
      shaker: { toneHz: 6800, attackSeconds: 0.022, decaySeconds: 0.09 },
    },
  },
  {
    // Few bits.
    name: 'Arcade',
    all: { crush: 0.55, lowpassHz: 13_000 },
    levels: [0.9, 0.55, 0.77, 0.59, 0.41, 0.53, 0.54, 0.61, 0.93, 0.73, 0.5, 0.52, 0.26],
    pieces: {
      kick: { tuneHz: 58, sweepSemitones: 36, sweepSeconds: 0.12, decaySeconds: 0.42, click: 0.2 },
      snare: { tuneHz: 240, toneSeconds: 0.1, noiseSeconds: 0.28, snappy: 0.75, noiseHz: 1000 },
      clap: { toneHz: 1900, decaySeconds: 0.14, tail: 0.6, gapSeconds: 0.014, bursts: 2 },
      'closed-hat': { metal: 0, decaySeconds: 0.07, toneHz: 6500, crush: 0.15 },
      'open-hat': { metal: 0, decaySeconds: 0.3, toneHz: 6500, crush: 0.15 },
      'low-tom': { tuneHz: 100, sweepSemitones: 19, sweepSeconds: 0.35, decaySeconds: 0.4 },
      'mid-tom': { tuneHz: 150, sweepSemitones: 19, sweepSeconds: 0.3, decaySeconds: 0.34 },
      'high-tom': { tuneHz: 225, sweepSemitones: 19, sweepSeconds: 0.25, decaySeconds: 0.28 },
      rim: { tuneHz: 2200, decaySeconds: 0.04, body: 0.3, click: 0.2 },
      cowbell: { tuneHz: 660, decaySeconds: 0.2, toneHz: 2400 },
      crash: { metal: 0.05, toneHz: 3000, decaySeconds: 1.1 },
      ride: { metal: 0.7, ping: 0.8, decaySeconds: 0.5, toneHz: 5000 },
      shaker: { toneHz: 6000, attackSeconds: 0.004, decaySeconds: 0.06, crush: 0.2 },
    },
  },
  {
    // Sheet iron, driven hard.
    name: 'Foundry',
    all: { drive: 0.3 },
    levels: [0.51, 0.43, 0.44, 0.24, 0.12, 0.35, 0.32, 0.34, 0.29, 0.32, 0.17, 0.13, 0.14],
    pieces: {
      kick: { tuneHz: 45, sweepSemitones: 34, sweepSeconds: 0.14, decaySeconds: 0.6, drive: 0.75 },
      snare: { tuneHz: 150, noiseSeconds: 0.53, snappy: 0.65, noiseHz: 800, metal: 0.6 },
      clap: { toneHz: 1150, decaySeconds: 0.4, tail: 0.8, gapSeconds: 0.016, resonance: 2.2 },
      'closed-hat': { tuneHz: 710, metal: 0.95, decaySeconds: 0.1, toneHz: 6200 },
      'open-hat': { tuneHz: 710, metal: 0.95, decaySeconds: 0.7, toneHz: 6000 },
      'low-tom': { tuneHz: 70, decaySeconds: 0.7, overtone: 0.9, noise: 0.45 },
      'mid-tom': { tuneHz: 104, decaySeconds: 0.6, overtone: 0.9, noise: 0.45 },
      'high-tom': { tuneHz: 152, decaySeconds: 0.5, overtone: 0.9, noise: 0.45 },
      rim: { tuneHz: 2500, decaySeconds: 0.16, body: 0.9, click: 0.8 },
      cowbell: { tuneHz: 395, decaySeconds: 0.7, toneHz: 2600 },
      crash: { tuneHz: 640, metal: 0.85, toneHz: 3000, decaySeconds: 2.5 },
      ride: { tuneHz: 760, metal: 0.9, ping: 0.7, decaySeconds: 1.6, toneHz: 4200 },
      shaker: { toneHz: 5200, attackSeconds: 0.01, decaySeconds: 0.14 },
    },
  },
  {
    // Brushes and felt, late at night.
    name: 'Velvet',
    all: { drive: 0.08, lowpassHz: 9000 },
    levels: [1, 0.7, 0.67, 0.74, 0.38, 0.58, 0.53, 0.56, 0.64, 0.57, 0.56, 0.39, 0.21],
    pieces: {
      kick: { tuneHz: 54, sweepSemitones: 7, sweepSeconds: 0.06, decaySeconds: 0.4, click: 0.06 },
      snare: { attackSeconds: 0.035, noiseSeconds: 0.42, snappy: 0.88, noiseHz: 1100, tuneHz: 170 },
      clap: { toneHz: 900, decaySeconds: 0.18, tail: 0.7, gapSeconds: 0.009, resonance: 0.8 },
      'closed-hat': { tuneHz: 480, metal: 0.2, decaySeconds: 0.08, toneHz: 6000 },
      'open-hat': { tuneHz: 480, metal: 0.2, decaySeconds: 0.6, toneHz: 5600 },
      'low-tom': { tuneHz: 80, sweepSemitones: 2, decaySeconds: 0.45, noise: 0.35 },
      'mid-tom': { tuneHz: 112, sweepSemitones: 2, decaySeconds: 0.4, noise: 0.35 },
      'high-tom': { tuneHz: 150, sweepSemitones: 2, decaySeconds: 0.35, noise: 0.35 },
      rim: { tuneHz: 1200, decaySeconds: 0.06, body: 1, click: 0.2 },
      cowbell: { tuneHz: 520, decaySeconds: 0.2, toneHz: 1000 },
      crash: { metal: 0.15, toneHz: 3400, decaySeconds: 2.6 },
      ride: { metal: 0.35, ping: 0.45, decaySeconds: 2.2, toneHz: 4800 },
      shaker: { toneHz: 5200, attackSeconds: 0.04, decaySeconds: 0.14 },
    },
  },
  {
    // A bass for a kick, and hats like needles.
    name: 'Nightbus',
    all: { drive: 0.1 },
    levels: [0.68, 0.61, 0.64, 0.9, 0.51, 0.43, 0.39, 0.43, 0.87, 0.45, 0.45, 0.39, 0.23],
    pieces: {
      kick: { tuneHz: 40, sweepSeconds: 0.08, decaySeconds: 2.2, click: 0.4, drive: 0.35 },
      snare: { tuneHz: 245, toneSeconds: 0.13, noiseSeconds: 0.28, snappy: 0.6, drive: 0.25 },
      clap: { toneHz: 1750, decaySeconds: 0.22, tail: 0.55, gapSeconds: 0.009, bursts: 4 },
      'closed-hat': { tuneHz: 350, metal: 0.5, decaySeconds: 0.06, toneHz: 9500 },
      'open-hat': { tuneHz: 350, metal: 0.5, decaySeconds: 0.32, toneHz: 9000 },
      'low-tom': { tuneHz: 72, sweepSemitones: 7, decaySeconds: 0.9, overtone: 0.05 },
      'mid-tom': { tuneHz: 108, sweepSemitones: 7, decaySeconds: 0.75, overtone: 0.05 },
      'high-tom': { tuneHz: 155, sweepSemitones: 7, decaySeconds: 0.6, overtone: 0.05 },
      rim: { tuneHz: 2100, decaySeconds: 0.035, body: 0.45, click: 0.8 },
      cowbell: { tuneHz: 700, decaySeconds: 0.35, toneHz: 2000 },
      crash: { metal: 0.4, toneHz: 5500, decaySeconds: 2.4 },
      ride: { metal: 0.6, ping: 0.4, decaySeconds: 1.2, toneHz: 6500 },
      shaker: { toneHz: 8500, attackSeconds: 0.012, decaySeconds: 0.07 },
    },
  },
]

/** Kits to choose from, the usual one first. */
export const DRUM_KITS: readonly DrumKit[] = OUTLINES.map(({ name, all, levels, pieces }) => ({
  name,
  patch: Object.fromEntries(
    DRUM_PIECES.map((piece, index) => [
      piece,
      { ...INITIAL_PATCH[piece], ...all, level: levels[index], ...pieces[piece] },
    ]),
  ) as unknown as DrumPatch,
}))
