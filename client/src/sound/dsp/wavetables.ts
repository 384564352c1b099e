import { hzToPitch } from './tuning.ts'
import { WAVEFORMS, type Waveform } from '../../sequence/synth-sound.ts'

/** Samples of one cycle; a table has one more, the first again, so that reading between two needs no wrap. */
export const CYCLE = 2048

/** One cycle of a waveform, with fewer harmonics from level to level. */
export interface Wavetable {
  /** Level n holds the harmonics up to `harmonicsOf(n)`. */
  readonly levels: readonly Float32Array[]
}

/** Pitch rises by so much from one level to the next: a third of an octave, so that little of the top is lost. */
const SEMITONES_A_LEVEL = 4
const LEVELS = 31
const MOST_HARMONICS = CYCLE / 2
/** Of the sample rate: harmonics stay below it. */
const TOP = 0.49

const harmonicsOf = (level: number): number =>
  Math.max(1, Math.floor(MOST_HARMONICS * Math.pow(2, (-level * SEMITONES_A_LEVEL) / 12)))

/** The pitch up to which level 0 has no harmonic too many. */
export const lowestPitch = (sampleRate: number): number =>
  hzToPitch((TOP * sampleRate) / MOST_HARMONICS)

/** The level with as many harmonics as fit under half the sample rate. @param pitch  MIDI, fractional @param lowest  of `lowestPitch` */
export const levelOf = (pitch: number, lowest: number): number =>
  Math.min(LEVELS - 1, Math.max(0, Math.ceil((pitch - lowest) / SEMITONES_A_LEVEL)))

const isOdd = (harmonic: number): boolean => harmonic % 2 === 1
/** A bump of the spectrum around one harmonic. */
const bump = (harmonic: number, centre: number, width: number): number =>
  Math.exp(-(((harmonic - centre) / width) ** 2))
const among =
  (amplitudes: Readonly<Record<number, number>>) =>
  (harmonic: number): number =>
    amplitudes[harmonic] ?? 0

/** Amplitude of each harmonic, all as sines: every waveform begins at zero, on its way up. */
const SPECTRA: Readonly<Record<Waveform, (harmonic: number) => number>> = {
  sawtooth: (n) => ((isOdd(n) ? 1 : -1) * 2) / (Math.PI * n),
  square: (n) => (isOdd(n) ? 4 / (Math.PI * n) : 0),
  sine: among({ 1: 1 }),
  triangle: (n) => (isOdd(n) ? ((n % 4 === 1 ? 1 : -1) * 8) / (Math.PI * n) ** 2 : 0),
  organ: among({ 1: 0.6, 2: 0.45, 3: 0.3, 4: 0.25, 6: 0.14, 8: 0.16, 10: 0.05, 12: 0.06 }),
  reed: (n) => (isOdd(n) ? 0.5 : 0.12) * (Math.pow(n, -0.5) * bump(n, 3, 7) + 0.25 / n),
  choir: (n) => 0.5 * bump(n, 1, 1.6) + 0.32 * bump(n, 5, 1.6) + 0.12 * bump(n, 11, 2.5) + 0.06 / n,
  glass: among({ 1: 0.7, 4: 0.3, 7: 0.16, 11: 0.14, 16: 0.08, 23: 0.05 }),
}

/** Fundamentals and overtones as pictures of one cycle; each harmonic is added once. */
function buildTable(spectrum: (harmonic: number) => number): Wavetable {
  const sum = new Float64Array(CYCLE)
  const levels: Float32Array[] = []
  let harmonic = 1
  for (let level = LEVELS - 1; level >= 0; level--) {
    for (; harmonic <= harmonicsOf(level); harmonic++)
      addHarmonic(sum, harmonic, spectrum(harmonic))
    const table = new Float32Array(CYCLE + 1)
    table.set(sum)
    table[CYCLE] = sum[0] ?? 0
    levels[level] = table
  }
  return { levels }
}

const SINE = Float64Array.from({ length: CYCLE }, (_, at) => Math.sin((2 * Math.PI * at) / CYCLE))

function addHarmonic(sum: Float64Array, harmonic: number, amplitude: number): void {
  if (amplitude === 0) return
  for (let at = 0, place = 0; at < CYCLE; at++, place = (place + harmonic) % CYCLE) {
    sum[at] = (sum[at] ?? 0) + amplitude * (SINE[place] ?? 0)
  }
}

/** All waveforms. Made once, at start: some milliseconds of work, and 2 MB. */
export const createWavetables = (): Readonly<Record<Waveform, Wavetable>> =>
  Object.fromEntries(
    WAVEFORMS.map((waveform) => [waveform, buildTable(SPECTRA[waveform])]),
  ) as Record<Waveform, Wavetable>
