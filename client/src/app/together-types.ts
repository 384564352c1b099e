import type { EditMark } from '../jam/edit-marks.ts'
import type { Look, NotePlace } from '../jam/look-frame.ts'
import type { ReactionName } from '../jam/reaction-frame.ts'
import type { Live } from '../lib/live.ts'
import type { PatternName } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type { FirstMinute } from './first-minute.ts'
import type { Trading } from './trade-desk.ts'

/** A reaction that is seen just now. */
export interface SeenReaction {
  /** Counts from 1. */
  readonly id: number
  /** Who reacts, this person among them. */
  readonly peer: string
  readonly name: ReactionName
}

/** What somebody has open, and what they have selected there. */
export type OthersLook = Look & { readonly peer: string }

/** What makes a jam of people. */
export interface Together extends Trading {
  /** Seen just now, oldest first. */
  readonly reactions: Live<readonly SeenReaction[]>
  /** Shows everybody a reaction on the next beat by which all have heard of it. @returns false when it is one too many */
  react(name: ReactionName): boolean

  /** What the others have open. */
  readonly looks: Live<readonly OthersLook[]>
  lookAt(track: TrackId, pattern: PatternName, selected: readonly NotePlace[]): void
  /** While this page shows what somebody else has open: two who follow each other would chase each other. */
  lookAway(): void
  /** Where others wrote notes or took them away, a second ago at most. */
  readonly editMarks: Live<readonly EditMark[]>

  /** Those whose tracks, words, pointer and reactions this person does without, by ids that they have or had. */
  readonly hidden: Live<ReadonlySet<string>>
  /** Remembered on this device. */
  hidePerson(person: string): void
  showPerson(person: string): void

  /** Whose track, pattern and place this page shows as they go. */
  readonly followed: Live<string | undefined>
  /** @param person  undefined for nobody */
  follow(person: string | undefined): void

  /** Whether two notes tell that somebody joins; remembered on this device. */
  readonly chimes: Live<boolean>
  setChimes(chimes: boolean): void

  readonly firstMinute: FirstMinute
}
