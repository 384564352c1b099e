import type { Ref, ShallowRef } from 'vue'
import type { NoteEdits, Pattern, PatternName, Pitch } from '../../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../../sequence/scale.ts'
import type { Subdivision } from '../../sequence/song.ts'
import type { Box } from './geometry.ts'
import type { Ghost } from './ghosts.ts'
import type { RollRows } from './roll-rows.ts'
import type { CellPlace } from './roll-walk.ts'
import type { Selection } from './selected-notes.ts'
import type { ShownChange } from './shown-change.ts'
import type { RollView } from './useRollView.ts'

/** Whose notes a roll shows, and how they are meant. */
export interface RollProps {
  readonly trackId: string
  readonly name: string
  readonly colour: string
  /** Whether the rows are the pieces of a kit. */
  readonly drums: boolean
  readonly pattern: Pattern
  readonly patternName: PatternName
  readonly subdivision: Subdivision
  readonly stepCount: number
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly readOnly: boolean
}

/** An event that hands make on the roll. */
export type HandEvent = PointerEvent | KeyboardEvent
export type HandTaker = (event: HandEvent) => void

/** A roll as whoever edits in it finds it: what is seen there, and what can be made seen. */
export interface RollStage extends RollView {
  readonly song: RollProps
  readonly rows: Readonly<Ref<RollRows>>
  /** The notes as the rows show them, and with what a hand is doing to them. */
  readonly shown: Readonly<Ref<Pattern>>
  readonly seen: Readonly<Ref<Pattern>>
  readonly scroller: Readonly<Ref<HTMLElement | null>>
  /** What is touched: as large as what is visible. */
  readonly surface: Readonly<Ref<HTMLElement | null>>
  readonly selection: Ref<Selection>
  /** The cell with the focus. */
  readonly cell: Readonly<Ref<CellPlace>>
  /** Whether the last move was made by keys; then Space writes, and the cell's frame is shown. */
  readonly byKeys: Ref<boolean>
  /** What a hand that has not let go will do. */
  readonly changes: ShallowRef<readonly ShownChange[]>
  readonly box: ShallowRef<Box | undefined>
  readonly ghosts: ShallowRef<readonly Ghost[]>
  /** How the pointer looks over the notes, in the words of CSS. */
  readonly cursor: Ref<string>
  /** Gives a cell the focus. @param byPointer  whether Space goes on to play */
  moveTo(place: CellPlace, byPointer?: boolean): Promise<void>
  /** From now on gets what hands do; until somebody does, it waits. */
  takeHands(taker: HandTaker | undefined): void
  /** Whether the cell with the focus is framed even where a pointer brought it there. */
  markCell(marks: boolean): void
  edit(edits: NoteEdits): void
  audition(pitch: Pitch): void
  pointAt(place: CellPlace | undefined): void
}
