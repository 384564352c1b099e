import type * as Y from 'yjs'
import type { Live } from '../lib/live.ts'
import { packNote } from '../sequence/note-code.ts'
import {
  DEFAULT_VELOCITY,
  noteKey,
  type Note,
  type NoteEdits,
  type PatternName,
  type Pitch,
} from '../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../sequence/scale.ts'
import {
  patternOf,
  type Song,
  type StepChange,
  type StepCount,
  type TrackId,
} from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import { docShape, isNoteEntry, noteEntry, OFF, paramEntry, sceneKey } from './doc-shape.ts'
import type { EditHistory, EditInfo, EditStep, KeptEdits } from './edit-history.ts'
import { isOff } from './sheet-base.ts'
import { entriesOf, initialOf, type Part, type SheetParam } from './song-part.ts'
import { createSongWriter, ENTRY_BYTES, type SongWriter } from './song-writer.ts'
import { createTrackVerbs, type TrackVerbs } from './track-verbs.ts'
import type { TrackMeta } from './track-meta.ts'
import type { Refusal, Writable } from './writable.ts'

/** A track of this person that gets into the song with its first note or change. */
export interface OwnTrack {
  readonly id: TrackId
  readonly meta: TrackMeta
}

/**
 * Everything that can be done to a song; one transaction each. A verb that is refused says why, and has written nothing.
 * Where no pattern is named it is the first.
 */
export interface SongVerbs extends TrackVerbs, Pick<EditHistory, 'undo' | 'redo'> {
  /** Verbs of modules that are fetched later. @param make  out of what the others are made of */
  late<Verbs>(make: (writer: SongWriter, song: () => Song) => Verbs): Verbs
  setScale(root: PitchClass, scale: ScaleName): Refusal | undefined
  /** @param change when it begins, and what holds until then; without it at once, for everybody who hears of it */
  setStepCount(count: StepCount, change?: StepChange): Refusal | undefined
  /** @param percent  50 to 75 */
  setSwing(percent: number): Refusal | undefined
  /** @param name  empty for none */
  nameScene(pattern: PatternName, name: string): Refusal | undefined
  /** @returns the note that is there afterwards */
  toggleNote(track: TrackId, step: number, pitch: Pitch, pattern?: PatternName): Note | undefined
  /** Writes one note, in place of the one that stood there. */
  writeNote(track: TrackId, note: Note, pattern?: PatternName): Refusal | undefined
  removeNote(track: TrackId, step: number, pitch: Pitch, pattern?: PatternName): Refusal | undefined
  editNotes(track: TrackId, edits: NoteEdits, pattern?: PatternName): Refusal | undefined
  /** Takes away all notes of a pattern. */
  clearTrack(track: TrackId, pattern?: PatternName): Refusal | undefined
  setParam(track: TrackId, param: SheetParam, value: number | string): Refusal | undefined
  /** Writes some of a track's sound at once, as a preset does. */
  setSound(track: TrackId, sound: Partial<TrackSound>): Refusal | undefined
  /** Writes a whole part, in place of what it has. */
  writePart(track: TrackId, part: Part): Refusal | undefined
}

export interface SongVerbsOptions {
  readonly doc: Y.Doc
  /** Reads the song as it now is. */
  readonly song: () => Song
  /** This person's track, as it now should be shown. */
  readonly own: () => OwnTrack | undefined
  readonly writable: () => Writable
  readonly mayAdd?: (bytes: number) => boolean
  /** What this person did in the copy before. */
  readonly earlier?: KeptEdits | undefined
}

/** Most that a new sheet takes besides what stands on it: it names everybody who ever changed the track. */
const SHEET_BYTES = 8 * 1024
/** Most that so many new sheets and entries take. */
export const bytesOf = (sheets: number, entries: number): number =>
  sheets * SHEET_BYTES + entries * ENTRY_BYTES

/** @returns besides the verbs what this person has done with them, oldest first */
export function createSongVerbs(options: SongVerbsOptions): SongVerbs & {
  readonly history: Live<readonly EditStep[]>
  readonly keptEdits: EditHistory['kept']
} {
  const { doc, song, own, mayAdd = () => true } = options
  const { tracks } = docShape(doc)
  const writer = createSongWriter(doc, options.writable, mayAdd, options.earlier)
  const { edit, put, rewrite, history } = writer

  /** One's own track gets into the song along with it, and stays when the edit is taken back. */
  const editTrack = (info: EditInfo, change: () => void, addedBytes = 0): Refusal | undefined => {
    const { track } = info
    const mine = own()
    const begin = (): void => {
      if (mine !== undefined && mine.id === track && !tracks.has(track)) {
        tracks.set(track, mine.meta)
      }
      change()
    }
    return edit(info, begin, { addedBytes })
  }
  const noteAt = (
    track: TrackId,
    step: number,
    pitch: Pitch,
    pattern: PatternName,
  ): Note | undefined => {
    const found = song().tracks.find(({ id }) => id === track)
    return found && patternOf(found, pattern).get(noteKey(step, pitch))
  }
  const write = (track: TrackId, note: Note, pattern: PatternName): void => {
    put(track, noteEntry(note.step, note.pitch, pattern), packNote(note))
  }
  const switchOff = (track: TrackId, step: number, pitch: Pitch, pattern: PatternName): void => {
    const entry = noteEntry(step, pitch, pattern)
    if (!isOff(entry, writer.entryOf(track, entry))) put(track, entry, OFF)
  }
  const removeNote: SongVerbs['removeNote'] = (track, step, pitch, pattern = 'a') => {
    const off = (): void => {
      switchOff(track, step, pitch, pattern)
    }
    return edit({ kind: 'remove-note', track, count: 1 }, off, { makesSmaller: true })
  }

  return {
    ...createTrackVerbs(writer, song),
    late: (make) => make(writer, song),
    history: history.steps,
    keptEdits: history.kept,
    undo: history.undo,
    redo: history.redo,
    setScale(rootNote, scale) {
      return edit({ kind: 'scale' }, () => {
        if (song().root !== rootNote) writer.setRoom('root', rootNote)
        if (song().scale !== scale) writer.setRoom('scale', scale)
      })
    },
    setStepCount(count, change) {
      return edit({ kind: 'steps' }, () => {
        writer.setRoom('stepCount', change === undefined ? count : { count, ...change })
      })
    },
    setSwing(percent) {
      return edit({ kind: 'swing' }, () => {
        writer.setRoom('swing', percent)
      })
    },
    nameScene(pattern, name) {
      return edit({ kind: 'scene-name' }, () => {
        writer.setRoom(sceneKey(pattern), name === '' ? undefined : name)
      })
    },
    toggleNote(track, step, pitch, pattern = 'a') {
      if (noteAt(track, step, pitch, pattern) !== undefined) {
        removeNote(track, step, pitch, pattern)
        return undefined
      }
      const note = { step, pitch, velocity: DEFAULT_VELOCITY, length: 1 }
      const refusal = editTrack({ kind: 'write-note', track, count: 1 }, () => {
        write(track, note, pattern)
      })
      return refusal === undefined ? note : undefined
    },
    writeNote(track, note, pattern = 'a') {
      return editTrack({ kind: 'write-note', track, count: 1 }, () => {
        write(track, note, pattern)
      })
    },
    removeNote,
    editNotes(track, { remove, write: notes }, pattern = 'a') {
      const count = Math.max(remove.length, notes.length)
      const change = (): void => {
        const written = new Set(notes.map(({ step, pitch }) => noteKey(step, pitch)))
        for (const { step, pitch } of remove) {
          if (!written.has(noteKey(step, pitch))) switchOff(track, step, pitch, pattern)
        }
        for (const note of notes) write(track, note, pattern)
      }
      const info: EditInfo = { kind: 'edit-notes', track, count }
      if (notes.length === 0) return edit(info, change, { makesSmaller: true })
      return editTrack(info, change, bytesOf(0, notes.length))
    },
    clearTrack(track, pattern = 'a') {
      const clear = (): void => {
        rewrite(track, (key) => !isNoteEntry(key, pattern))
      }
      return edit({ kind: 'clear', track }, clear, { makesSmaller: true })
    },
    setParam(track, param, value) {
      return editTrack({ kind: 'param', track, param }, () => {
        put(track, paramEntry(param), value)
      })
    },
    setSound(track, sound) {
      const values = Object.entries(sound).filter(
        ([param, value]) =>
          (writer.entryOf(track, paramEntry(param)) ?? initialOf(param)) !== value,
      )
      const writeAll = (): void => {
        for (const [param, value] of values) put(track, paramEntry(param), value)
      }
      return editTrack({ kind: 'sound', track }, writeAll, bytesOf(0, values.length))
    },
    writePart(track, part) {
      const entries = entriesOf(part)
      const writeAll = (): void => {
        rewrite(track, (key) => isNoteEntry(key), entries)
      }
      return editTrack({ kind: 'part', track }, writeAll, bytesOf(1, entries.size))
    },
  }
}
