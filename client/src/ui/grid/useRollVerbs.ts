import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pitch } from '../../sequence/pattern.ts'
import { noteOver } from './hit-test.ts'
import { copyOf, duplicated, pasted } from './note-clipboard.ts'
import { louder, moved, octaved, removed, resized } from './note-moves.ts'
import type { Field, Shift } from './note-moves.ts'
import type { RollClipboard } from './roll-clipboard.ts'
import type { RollCommand } from './roll-keys.ts'
import { newNote } from './roll-hand.ts'
import type { RollStage } from './roll-stage.ts'
import { ROLL_WORDS } from '../../words/roll.ts'
import {
  allNotes,
  firstOf,
  NOTHING,
  selectedNotes,
  selectionOf,
  withToggled,
} from './selected-notes.ts'
import { editsOf } from './shown-change.ts'
import type { ShownChange } from './shown-change.ts'

const WORDS = ROLL_WORDS.said
/** So many pitches are heard at once when notes are moved. */
const MOST_HEARD = 6

export interface RollVerbs {
  readonly selected: ComputedRef<readonly Note[]>
  /** Shows what changes would come to. */
  show(changes: readonly ShownChange[]): void
  /** Writes the changes as one. @param words  what is said of it. @param keeps  whether what came of them is selected */
  make(changes: readonly ShownChange[], words: string, keeps?: boolean): void
  /** Does what a key or a button asks. */
  run(command: Exclude<RollCommand, { does: 'zoom' | 'fit' | 'tool' }>): void
  hear(pitches: readonly Pitch[]): void
}

/** What can be done to the notes of a roll; each is one change of the song. */
export function useRollVerbs(
  stage: RollStage,
  options: {
    readonly clipboard: RollClipboard
    readonly say: (words: string) => void
    readonly isPlaying: () => boolean
  },
): RollVerbs {
  const { clipboard, say } = options
  const field = (): Field => ({ rows: stage.rows.value, stepCount: stage.song.stepCount })
  const selected = computed(() =>
    selectedNotes(stage.shown.value, stage.selection.value, stage.song.stepCount),
  )
  const inCell = (): Note | undefined =>
    noteOver(stage.shown.value, stage.cell.value.step, stage.cell.value.pitch)
  /** Several that are selected; else the one in the cell, or the one that is selected. */
  function targets(): readonly Note[] {
    if (selected.value.length > 1) return selected.value
    const note = inCell()
    return note === undefined ? selected.value : [note]
  }

  function make(changes: readonly ShownChange[], words: string, keeps = true): void {
    if (changes.length === 0 || stage.song.readOnly) return
    stage.edit(editsOf(stage.rows.value, stage.song.pattern, changes))
    if (keeps) stage.selection.value = selectionOf(changes.flatMap(({ to }) => to ?? []))
    say(words)
  }
  function hear(pitches: readonly Pitch[]): void {
    // While the song plays the loop itself answers.
    if (options.isPlaying()) return
    for (const pitch of [...new Set(pitches)].slice(0, MOST_HEARD)) stage.audition(pitch)
  }
  /** The cell stays with the note that was in it. */
  function goAlong(from: Note | undefined, changes: readonly ShownChange[]): void {
    const to = changes.find((change) => change.from === from)?.to
    if (from !== undefined && to !== undefined) void stage.moveTo(to, !stage.byKeys.value)
  }

  function move(changes: readonly ShownChange[], words: string): void {
    if (changes.length === 0) {
      if (targets().length > 0) say(WORDS.noRoom)
      return
    }
    const from = inCell()
    const risen = changes.filter((change) => change.from?.pitch !== change.to?.pitch)
    make(changes, words)
    hear(risen.flatMap(({ to }) => to?.pitch ?? []))
    goAlong(from, changes)
  }
  function shift(notes: readonly Note[], by: Shift): void {
    move(
      moved(notes, by, field()),
      WORDS.moved({ count: notes.length, ...by, isKit: stage.rows.value.kind === 'pieces' }),
    )
  }
  function toggle(): void {
    const { step, pitch } = stage.cell.value
    const note = stage.shown.value.get(noteKey(step, pitch))
    if (note !== undefined) {
      make(removed([note]), WORDS.removed(1), false)
      stage.selection.value = NOTHING
      return
    }
    make([{ to: newNote(step, pitch) }], WORDS.written(1))
    hear([pitch])
  }
  function add(): void {
    const note = inCell()
    if (note === undefined) return
    stage.selection.value = withToggled(stage.selection.value, note)
    say(WORDS.selected(selected.value.length))
  }
  function remove(notes: readonly Note[]): void {
    make(removed(notes), WORDS.removed(notes.length), false)
    if (notes.length > 0) stage.selection.value = NOTHING
  }
  function all(): void {
    const notes = allNotes(stage.shown.value, field())
    stage.selection.value = selectionOf(notes)
    say(WORDS.selected(notes.length))
    const first = firstOf(notes, stage.rows.value)
    if (first !== undefined) void stage.moveTo(first, !stage.byKeys.value)
  }
  function copy(notes: readonly Note[]): void {
    if (notes.length === 0) return
    clipboard.value = copyOf(notes, stage.rows.value)
    say(WORDS.copied(notes.length))
  }
  function paste(): void {
    const copied = clipboard.value
    if (copied === undefined) {
      say(WORDS.emptyClipboard)
      return
    }
    const changes = pasted(copied, field(), stage.cell.value)
    const left = copied.notes.length - changes.length
    if (changes.length === 0) say(WORDS.noRoom)
    else make(changes, WORDS.pasted({ count: changes.length, left }))
  }
  function duplicate(notes: readonly Note[]): void {
    const changes = duplicated(notes, field(), stage.song.subdivision)
    if (changes.length === 0) {
      if (notes.length > 0) say(WORDS.noRoom)
      return
    }
    make(changes, WORDS.duplicated(changes.length))
    const first = firstOf(
      changes.flatMap(({ to }) => to ?? []),
      stage.rows.value,
    )
    if (first === undefined) return
    stage.reveal(first)
    void stage.moveTo(first, !stage.byKeys.value)
  }
  function resize(notes: readonly Note[], by: number): void {
    const changes = resized(notes, 'end', by, field())
    make(changes, WORDS.resized({ count: changes.length, length: changes[0]?.to?.length ?? 0 }))
  }
  function accent(notes: readonly Note[], by: number): void {
    const changes = louder(notes, by)
    make(
      changes,
      WORDS.velocity({ count: changes.length, velocity: changes[0]?.to?.velocity ?? 0 }),
    )
  }

  const deeds: Readonly<Record<string, () => void>> = {
    toggle,
    add,
    all,
    drop() {
      if (stage.selection.value.size > 0) say(WORDS.selected(0))
      stage.selection.value = NOTHING
    },
    remove: () => remove(targets()),
    copy: () => copy(targets()),
    cut() {
      const notes = targets()
      copy(notes)
      remove(notes)
    },
    paste,
    duplicate: () => duplicate(targets()),
  }
  return {
    selected,
    make,
    hear,
    show(changes) {
      stage.changes.value = changes
    },
    run(command) {
      const notes = targets()
      if (command.does === 'move') shift(notes, command.shift)
      else if (command.does === 'octave')
        move(
          octaved(notes, command.by, field()),
          WORDS.octave({ count: notes.length, by: command.by }),
        )
      else if (command.does === 'length') resize(notes, command.by)
      else if (command.does === 'velocity') accent(notes, command.by)
      else deeds[command.does]?.()
    },
  }
}
