import { withStop } from '../../clock/tempo-map.ts'
import type { Transport } from '../../clock/transport.ts'
import { pieceToPitch, type DrumPiece } from '../../sequence/drum-sound.ts'
import type { Note } from '../../sequence/pattern.ts'
import type { PresetFamily, PresetSound } from '../../sequence/presets/preset.ts'
import type { Song } from '../../sequence/song.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import { note, playingAt, songOf, trackOf } from './songs.ts'

/** Seconds of two bars at 120 beats a minute, of 16 steps each, after which the music stops. */
export const PHRASE_SECONDS = 4
const STEPS = 32
const BPM = 120
const STOP_LEAD_MS = 100

type Written = readonly [step: number, pitch: number, length: number, velocity?: number]

const notesOf = (written: readonly Written[]): readonly Note[] =>
  written.map(([step, pitch, length, velocity]) => note(step, pitch, velocity ?? 100, length))

const chord = (step: number, length: number, pitches: readonly number[]): readonly Written[] =>
  pitches.map((pitch) => [step, pitch, length])

const hits = (piece: DrumPiece, steps: readonly number[], velocity = 100): readonly Written[] =>
  steps.map((step) => [step, pieceToPitch(piece), 1, velocity])

const everySecond = Array.from({ length: STEPS / 2 }, (_, index) => 2 * index)

/** What one would play on a sound of each family, in A minor; chords at 100, so that one is as loud as another. */
export const PHRASES: Readonly<Record<PresetFamily, readonly Note[]>> = {
  bass: notesOf([
    [0, 33, 3],
    [3, 33, 1],
    [4, 45, 2],
    [6, 33, 2],
    [8, 36, 3],
    [11, 40, 2],
    [13, 43, 3],
    [16, 41, 4],
    [20, 41, 2],
    [22, 29, 3],
    [25, 31, 3],
    [28, 28, 3],
  ]),
  lead: notesOf([
    [0, 69, 4],
    [4, 72, 2],
    [6, 76, 4],
    [9, 74, 3],
    [12, 72, 3],
    [16, 77, 6],
    [22, 76, 2],
    [24, 81, 6],
  ]),
  keys: notesOf([
    ...chord(0, 5, [57, 60, 64, 67]),
    ...chord(6, 2, [57, 60, 64, 67]),
    ...chord(10, 5, [53, 57, 60, 64]),
    ...chord(16, 3, [55, 60, 64, 72]),
    ...chord(20, 3, [55, 59, 62, 71]),
    ...chord(24, 6, [52, 59, 64, 67]),
  ]),
  pad: notesOf([...chord(0, 15, [57, 60, 64, 71]), ...chord(16, 15, [53, 57, 60, 67])]),
  pluck: notesOf(
    [57, 64, 69, 72, 76, 72, 69, 64, 53, 60, 65, 69, 72, 77, 72, 65].map((pitch, index) => [
      2 * index,
      pitch,
      1,
    ]),
  ),
  bell: notesOf([
    [0, 81, 2],
    [3, 76, 2],
    [6, 84, 3],
    [11, 79, 2],
    [16, 88, 3],
    [16, 72, 3],
    [22, 83, 2],
    [26, 69, 3],
  ]),
  fx: notesOf([
    [0, 57, 16],
    [20, 69, 2],
    [24, 45, 6],
  ]),
  drums: notesOf([
    ...hits('kick', [0, 7, 10, 16, 22, 26]),
    ...hits('snare', [4, 12, 20, 28]),
    ...hits('clap', [12, 28], 80),
    ...hits('closed-hat', everySecond, 70),
    ...hits('open-hat', [14, 30], 80),
    ...hits('rim', [3, 19], 80),
    ...hits('high-tom', [24]),
    ...hits('mid-tom', [25]),
    ...hits('low-tom', [27]),
    ...hits('shaker', [1, 5, 9, 13, 17, 21], 70),
    ...hits('cowbell', [8], 70),
    ...hits('crash', [16], 90),
    ...hits('ride', [23, 29, 31], 70),
  ]),
}

/** One chord, note or stroke of each family, where one would play it. */
export const CHORDS: Readonly<Record<PresetFamily, readonly number[]>> = {
  bass: [33],
  lead: [72],
  keys: [57, 60, 64, 67],
  pad: [57, 60, 64],
  pluck: [64],
  bell: [76],
  fx: [57],
  drums: (['kick', 'snare', 'open-hat'] as const).map(pieceToPitch),
}

/** A song of one track that plays notes with a preset's sound. */
export const songWith = (notes: readonly Note[], sound: PresetSound, volume?: number): Song => ({
  ...songOf(
    trackOf(notes, {
      sound: { ...INITIAL_SOUND, ...sound, ...(volume === undefined ? {} : { volume }) },
    }),
  ),
  stepCount: STEPS,
})

/** Plays from shared time 0 and stops after so many seconds. */
export const playingFor = (seconds: number): Transport =>
  withStop(playingAt(BPM), seconds * 1000 - STOP_LEAD_MS, STOP_LEAD_MS, 'ana')
