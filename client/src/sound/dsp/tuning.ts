const A4_PITCH = 69
const A4_HZ = 440

/** MIDI pitch, with fractions, of a frequency. */
export const hzToPitch = (hz: number): number => A4_PITCH + 12 * Math.log2(hz / A4_HZ)

/** Frequency of a MIDI pitch, with fractions. */
export const pitchToHz = (pitch: number): number => A4_HZ * Math.pow(2, (pitch - A4_PITCH) / 12)
