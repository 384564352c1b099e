import { BASS_PRESETS } from './presets/bass.ts'
import { DRUM_PRESETS } from './presets/drums.ts'
import { KEYS_PRESETS } from './presets/keys.ts'
import { LEAD_PRESETS } from './presets/lead.ts'
import { PAD_PRESETS } from './presets/pad.ts'
import { PLUCK_PRESETS } from './presets/pluck.ts'
import { type Preset, soundOf } from './presets/preset.ts'
import { type GroovePart, notesOf, type Row } from './starter-groove.ts'
import { INITIAL_SOUND, type TrackSound } from './track-sound.ts'

const BANK: readonly Preset[] = [
  ...BASS_PRESETS,
  ...DRUM_PRESETS,
  ...KEYS_PRESETS,
  ...LEAD_PRESETS,
  ...PAD_PRESETS,
  ...PLUCK_PRESETS,
]

function sound(name: string, mix: Partial<TrackSound> = {}): TrackSound {
  const preset = BANK.find((each) => each.name === name)
  if (preset === undefined) throw new Error(`the bank must have ${name}`)
  return { ...INITIAL_SOUND, ...soundOf(preset), ...mix }
}

/** @param name  of a preset @param mix  on top of it */
export const part = (
  name: string,
  rows: readonly Row[],
  mix?: Partial<TrackSound>,
): GroovePart => ({
  subdivision: 4,
  notes: notesOf(rows),
  sound: sound(name, mix),
})

export const [KICK, RIM, SNARE, CLAP, HAT, OPEN_HAT, RIDE, SHAKER] = [
  36, 37, 38, 39, 42, 46, 51, 70,
]

/** The same stroke on several steps. */
export const on = (pitch: number, velocity: number, ...steps: readonly number[]): readonly Row[] =>
  steps.map((step) => [step, pitch, velocity, 1])

/** Several pitches at once. */
export const chord = (
  step: number,
  velocity: number,
  length: number,
  ...pitches: readonly number[]
) => pitches.map((pitch): Row => [step, pitch, velocity, length])

/** Half a bar of one pitch in eighths, every fourth of them an octave up. */
export function running(pitch: number, from: number): readonly Row[] {
  return Array.from({ length: 8 }, (_, eighth): Row => {
    const isUp = eighth % 4 === 3
    return [from + 2 * eighth, isUp ? pitch + 12 : pitch, eighth % 2 === 0 ? 108 : 90, 1]
  })
}
