import type { EditStep, StepOutcome } from '../jam/edit-history.ts'
import type { Live } from '../lib/live.ts'
import type { ChordLane } from '../sequence/chord-lane.ts'
import type { Follow } from '../sequence/follow-chords.ts'
import type { GrooveName } from '../sequence/groove-names.ts'
import type { NoteTouch } from '../sequence/note-code.ts'
import type { Note, NoteEdits, PatternName, Pitch } from '../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../sequence/scale.ts'
import type { Moment, StepCount, Subdivision, TrackId } from '../sequence/song.ts'
import type {
  ChoiceParam,
  Instrument,
  LinkParam,
  NumericParam,
  TrackSound,
} from '../sequence/track-sound.ts'
import type { MidiDesk } from './midi-types.ts'

/** What one can do to the song. */
export interface Editing {
  setStepCount(count: StepCount): void
  setScale(root: PitchClass, scale: ScaleName): void

  /** Where the second of two steps begins, in percent of both, 50 to 75. */
  setSwing(percent: number): void
  /** Puts other chords in place of the song's; none for no chords. */
  setChords(chords: ChordLane): void
  /** @param name  of a row of patterns; empty for none */
  nameScene(pattern: PatternName, name: string): void

  /**
   * Writes the note when the place is empty, takes it away when it is not; a note that appears is heard once. Here and
   * below, where no pattern is named it is the first.
   */
  toggleNote(track: TrackId, step: number, pitch: Pitch, pattern?: PatternName): void
  setNote(
    track: TrackId,
    step: number,
    pitch: Pitch,
    change: Partial<NoteTouch>,
    pattern?: PatternName,
  ): void
  removeNote(track: TrackId, step: number, pitch: Pitch, pattern?: PatternName): void
  /** Takes away and writes many notes as one change. */
  editNotes(track: TrackId, edits: NoteEdits, pattern?: PatternName): void
  /**
   * Writes notes that a groove has moved, and the swing of their track where it changes, as one change.
   *
   * @param swing  percent, 50 to 75
   */
  layGroove(
    track: TrackId,
    notes: readonly Note[],
    swing: number | undefined,
    pattern?: PatternName,
  ): void
  clearTrack(track: TrackId, pattern?: PatternName): void
  setSubdivision(track: TrackId, subdivision: Subdivision): void
  setParam(track: TrackId, param: NumericParam, value: number): void
  setChoice<Param extends ChoiceParam>(track: TrackId, param: Param, value: TrackSound[Param]): void
  /** @param other  empty for none */
  setLink(track: TrackId, param: LinkParam, other: TrackId | ''): void
  /** Gives a track many values at once, as a preset does. */
  setSound(track: TrackId, sound: Partial<TrackSound>): void
  /** The hand has let go: writes at once what still moved. */
  settle(): void
  /** Whether the room has room for another track of this person's; everybody may have one. */
  mayAddTrack(): boolean
  /** @returns its id; undefined where there is no room */
  addTrack(instrument: Instrument, title: string): TrackId | undefined
  /** Puts a track's like behind it, which is this person's. */
  duplicateTrack(track: TrackId): TrackId | undefined
  removeTrack(track: TrackId): void
  /** Makes somebody else's track this person's. */
  adoptTrack(track: TrackId): void
  /** @param index  from 0, among the others */
  moveTrack(track: TrackId, index: number): void
  /** @param title  up to 20 characters; empty for its owner's name */
  nameTrack(track: TrackId, title: string): void
  /** @param tint  index into the palette of people's colours; undefined for its owner's */
  tintTrack(track: TrackId, tint: number | undefined): void
  /** While its owner is here nobody else changes a locked track. */
  lockTrack(track: TrackId, isLocked: boolean): void
  /** @param steps  1 to 64; undefined for as many as the song has */
  setTrackSteps(track: TrackId, steps: StepCount | undefined): void
  /** @param percent  50 to 75; undefined for the song's */
  setTrackSwing(track: TrackId, percent: number | undefined): void
  /** @param follow  how the song's chords move its notes; undefined for not at all */
  followChords(track: TrackId, follow: Follow | undefined): void

  /** What this person did to the song in this tab: what can be taken back, then what can be done again; oldest first. */
  readonly history: Live<readonly EditStep[]>
  /** Takes back the latest of these edits, or an earlier one; what others wrote stays. */
  undo(step?: number): StepOutcome | undefined
  redo(): StepOutcome | undefined

  /** Fills an empty song with a starter groove and plays it. @param name  of one with several tracks */
  startGroove(name?: GrooveName): Promise<void>
  /** Sounds one pitch of a track, for this tab only. */
  audition(track: TrackId, pitch: Pitch): void

  /** The song as a file; and one opened in place of what is here. Rejects with a sentence for people. */
  saveSong(): Promise<Blob>
  openSong(file: Blob): Promise<void>
  /** MIDI files, fetched when somebody wants one. */
  midi(): Promise<MidiDesk>
}

/** What one can play on it, for everybody. */
export interface Launching {
  /** Plays another pattern from the next bar on; at once while the song stands. */
  launch(track: TrackId, pattern: PatternName): void
  /** The same for every track that has notes in that pattern. */
  launchScene(pattern: PatternName): void
  /** Lets a track fall silent with the next bar, or come in. */
  launchOff(track: TrackId, isOff: boolean): void
  /** Lets all others fall silent with the next bar, or, where it is alone already, all come in. */
  launchSolo(track: TrackId): void
  /** Silence for the next bar, and all back on the one; once more calls it off. */
  drop(): void
  /** Beats (with fraction) until an agreed moment is heard; undefined when it has passed or the song stands. */
  beatsUntil(moment: Moment): number | undefined
}
