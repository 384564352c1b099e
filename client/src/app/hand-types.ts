import type { Pocket } from '../clock/pocket.ts'
import type { HeldKey } from '../jam/hands.ts'
import type { Refusal } from '../jam/writable.ts'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { PatternName, Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type { Recording, RecordMode } from './hand-recorder.ts'

import type { Midi } from './midi-keys.ts'

export type { HeldKey, Pocket, Recording, RecordMode }

/** How this person plays by hand, on this device. */
export interface HandSettings {
  /**
   * `now`: each hears it as soon as it gets there, always so late. `pocket`: everybody hears it at one moment, a part of
   * a beat after it was played.
   */
  readonly timing: 'now' | 'pocket'
  /** Of the computer's keyboard: as on a piano, or the notes of the song's scale one beside the other. */
  readonly layout: 'piano' | 'scale'
  readonly mode: RecordMode
  /** How strongly what is caught is moved onto the steps, percent. */
  readonly strength: number
  /** Of the leftmost key, 1 to 7: 4 begins with the middle C. */
  readonly octave: number
  /** How many steps keys that are played step by step take, 1 to 16. */
  readonly stepLength: number
}

/** Where the next keys are written that are played step by step. */
export interface StepPlace {
  readonly track: TrackId
  readonly pattern: PatternName
  /** From 0, within the loop. */
  readonly step: number
}

/** Writing by hand one step after the other, whether or not the song plays. Keys that are held together go to one step. */
export interface StepInput {
  /** Undefined while it is off. */
  readonly place: Live<StepPlace | undefined>
  onRefusal(listener: (why: Refusal) => void): Undo
  /** From the first step on. */
  begin(track: TrackId, pattern: PatternName): void
  end(): void
  moveTo(step: number): void
  /** Goes on with nothing written; what is held meanwhile gets longer. */
  rest(): void
  /** Goes back to the step before, and takes back what was entered there just now. */
  back(): void
  /** What was entered last becomes longer or shorter. @returns whether there was anything */
  lengthen(by: 1 | -1): boolean
}

/** Playing by hand. Moments are milliseconds of the page's own clock, as events have them. */
export interface HandPlay {
  readonly settings: Live<HandSettings>
  setSettings(change: Partial<HandSettings>): void
  /** What this person holds down, or the pedal for them. */
  readonly pressed: Live<readonly Pitch[]>
  readonly heldByOthers: Live<readonly HeldKey[]>
  /** How much later the others hear what is played now; undefined when each hears it as soon as it gets there. */
  pocket(): Pocket | undefined
  /** @param velocity 1 to 127 @returns whether it sounds: not on a track that this person may not change */
  press(track: TrackId, pitch: Pitch, velocity: number, atMs: number): boolean
  letGo(pitch: Pitch, atMs: number): void
  letAllGo(): void
  sustain(isDown: boolean, atMs: number): void
  /** @param semitones -12 to 12; of the track that was played last */
  bend(semitones: number): void
  /** @param value 0 to 1: how deep the vibrato is of what is held, and of what is pressed next */
  wheel(value: number): void
  readonly steps: StepInput
  /** Instruments that are plugged in. */
  readonly midi: Midi
  /** Undefined while nothing is recorded. */
  readonly recording: Live<Recording | undefined>
  /** Records what is played on the track from now on; where the song stands it begins, with a bar counted in. */
  record(track: TrackId, pattern: PatternName): void
  stopRecording(): void
  /** Writes what was played there last, up to a whole loop of it. @returns how many notes */
  keepPlayed(track: TrackId, pattern: PatternName): number
}
