import type * as Y from 'yjs'
import { packNote } from '../sequence/note-code.ts'
import {
  DEFAULT_VELOCITY,
  noteKey,
  type Note,
  type NoteEdits,
  type Pitch,
} from '../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../sequence/scale.ts'
import {
  isTrackId,
  type Song,
  type StepChange,
  type StepCount,
  type TrackId,
} from '../sequence/song.ts'
import type { TrackParam, TrackSound } from '../sequence/track-sound.ts'
import { docShape, MY_EDIT, noteEntry, OFF, paramEntry } from './doc-shape.ts'
import { migrate } from './schema.ts'
import { type EntryValue, isOff } from './sheet-base.ts'
import { createSheets } from './sheets.ts'
import { entriesOf, initialOf, type Part } from './song-part.ts'
import { parseTrackMeta, type TrackMeta } from './track-meta.ts'
import { type Refusal, refusalOf, type Writable } from './writable.ts'

/** A track of this person that gets into the song with its first note or change. */
export interface OwnTrack {
  readonly id: TrackId
  readonly meta: TrackMeta
}

/** Everything that can be done to a song; one transaction each. A verb that is refused says why, and has written nothing. */
export interface SongVerbs {
  setScale(root: PitchClass, scale: ScaleName): Refusal | undefined
  /** @param change when it begins, and what holds until then; without it at once, for everybody who hears of it */
  setStepCount(count: StepCount, change?: StepChange): Refusal | undefined
  /** @returns the note that is there afterwards */
  toggleNote(track: TrackId, step: number, pitch: Pitch): Note | undefined
  /** Writes one note, in place of the one that stood there. */
  writeNote(track: TrackId, note: Note): Refusal | undefined
  removeNote(track: TrackId, step: number, pitch: Pitch): Refusal | undefined
  /** Takes away and writes many notes at once. */
  editNotes(track: TrackId, edits: NoteEdits): Refusal | undefined
  /** Takes away all notes of a track; `restore` brings them back. */
  clearTrack(track: TrackId): Refusal | undefined
  /** Takes away a track with all it has; `restore` brings it back. */
  removeTrack(track: TrackId): Refusal | undefined
  /** Brings back what the last `clearTrack` or `removeTrack` took, but for what has been written there since. */
  restore(): Refusal | undefined
  setParam(
    track: TrackId,
    param: TrackParam | 'subdivision',
    value: number | string,
  ): Refusal | undefined
  /** Writes some of a track's sound at once, as a preset does. */
  setSound(track: TrackId, sound: Partial<TrackSound>): Refusal | undefined
  /** Writes a whole part: notes, sound and subdivision. */
  writePart(track: TrackId, part: Part): Refusal | undefined
  /** Puts another song in place of this one; `restore` brings back what it took. */
  replaceSong(song: WholeSong): Refusal | undefined
  /** Renames or recolours the person's own track, if it is in the song. */
  showOwnTrack(): Refusal | undefined
}

export interface WholeSong extends Pick<Song, 'root' | 'scale' | 'stepCount'> {
  readonly tracks: readonly (OwnTrack & { readonly part: Part })[]
}

/** What was taken from one track. */
interface Taken {
  readonly track: TrackId
  /** As it was shown, when the track went whole. */
  readonly meta: unknown
  readonly entries: ReadonlyMap<string, EntryValue>
}

/** Most that a new sheet takes besides what stands on it: it names everybody who ever changed the track. */
const SHEET_BYTES = 8 * 1024
/** Most that one thing takes that stands on it. */
const ENTRY_BYTES = 16
const bytesOf = (sheets: number, entries: number): number =>
  sheets * SHEET_BYTES + entries * ENTRY_BYTES

const isNoteEntry = (entry: string): boolean => entry.startsWith(noteEntry(0, 0).slice(0, 2))

/**
 * @param song  reads the song as it now is
 * @param own   this person's track, as it now should be shown
 * @param writable  asked before each verb: a newer song is left alone, a full one only made smaller
 * @param mayAdd  whether the song has room for so many bytes more; asked before much is written at once
 */
export function createSongVerbs(
  doc: Y.Doc,
  song: () => Song,
  own: () => OwnTrack | undefined,
  writable: () => Writable,
  mayAdd: (bytes: number) => boolean = () => true,
): SongVerbs {
  const { room, tracks, sheets: root } = docShape(doc)
  const sheets = createSheets(doc)
  let taken: readonly Taken[] = []

  const edit = (change: () => void, makesSmaller = false, addedBytes = 0): Refusal | undefined => {
    const refusal = refusalOf(writable(), makesSmaller)
    if (refusal !== undefined) return refusal
    if (addedBytes > 0 && !mayAdd(addedBytes)) return 'full'
    doc.transact(() => {
      migrate(doc)
      change()
    }, MY_EDIT)
    return undefined
  }
  const editTrack = (track: TrackId, change: () => void, addedBytes = 0): Refusal | undefined =>
    edit(
      () => {
        const mine = own()
        if (mine?.id === track && !tracks.has(track)) tracks.set(track, mine.meta)
        change()
      },
      false,
      addedBytes,
    )
  const noteAt = (track: TrackId, step: number, pitch: Pitch): Note | undefined =>
    song()
      .tracks.find(({ id }) => id === track)
      ?.patterns.a.get(noteKey(step, pitch))
  const paramAt = (track: TrackId, param: string): EntryValue | undefined =>
    sheets.entry(track, paramEntry(param))?.value
  const standing = (track: TrackId, takes: (key: string) => boolean): Taken['entries'] => {
    const entries = [...sheets.state(track).entries].map(
      ([key, { value }]) => [key, value] as const,
    )
    return new Map(entries.filter(([key, value]) => takes(key) && !isOff(key, value)))
  }
  const write = (track: TrackId, note: Note): void => {
    sheets.write(track, noteEntry(note.step, note.pitch), packNote(note))
  }
  const switchOff = (track: TrackId, step: number, pitch: Pitch): void => {
    const entry = noteEntry(step, pitch)
    if (!isOff(entry, sheets.entry(track, entry)?.value)) sheets.write(track, entry, OFF)
  }
  const takeTrack = (track: TrackId): Taken => {
    const whole = { track, meta: tracks.get(track), entries: standing(track, () => true) }
    tracks.delete(track)
    sheets.rewrite(track, () => false)
    return whole
  }
  const putBack = ({ track, meta, entries }: Taken): void => {
    if (meta !== undefined && !tracks.has(track)) tracks.set(track, meta)
    const missing = [...entries].filter(([key]) => isOff(key, sheets.entry(track, key)?.value))
    if (missing.length > 0) sheets.rewrite(track, () => true, new Map(missing))
  }

  return {
    setScale(rootNote, scale) {
      return edit(() => {
        if (song().root !== rootNote) room.set('root', rootNote)
        if (song().scale !== scale) room.set('scale', scale)
      })
    },
    setStepCount(count, change) {
      return edit(() => room.set('stepCount', change === undefined ? count : { count, ...change }))
    },
    toggleNote(track, step, pitch) {
      if (noteAt(track, step, pitch) !== undefined) {
        edit(() => switchOff(track, step, pitch), true)
        return undefined
      }
      const note = { step, pitch, velocity: DEFAULT_VELOCITY, length: 1 }
      const refusal = editTrack(track, () => write(track, note))
      return refusal === undefined ? note : undefined
    },
    writeNote(track, note) {
      return editTrack(track, () => write(track, note))
    },
    removeNote(track, step, pitch) {
      return edit(() => switchOff(track, step, pitch), true)
    },
    editNotes(track, edits) {
      const change = (): void => {
        for (const { step, pitch } of edits.remove) switchOff(track, step, pitch)
        for (const note of edits.write) write(track, note)
      }
      if (edits.write.length === 0) return edit(change, true)
      return editTrack(track, change, bytesOf(0, edits.write.length))
    },
    clearTrack(track) {
      return edit(() => {
        taken = [{ track, meta: undefined, entries: standing(track, isNoteEntry) }]
        sheets.rewrite(track, (key) => !isNoteEntry(key))
      }, true)
    },
    removeTrack(track) {
      return edit(() => {
        taken = [takeTrack(track)]
      }, true)
    },
    restore() {
      const entries = taken.reduce((sum, each) => sum + each.entries.size, 0)
      const back = (): void => {
        taken.forEach(putBack)
        taken = []
      }
      return edit(back, false, bytesOf(taken.length, entries))
    },
    setParam(track, param, value) {
      return editTrack(track, () => {
        const entry = paramEntry(param)
        if (sheets.entry(track, entry)?.value !== value) sheets.write(track, entry, value)
      })
    },
    setSound(track, sound) {
      const values = Object.entries(sound).filter(
        ([param, value]) => (paramAt(track, param) ?? initialOf(param)) !== value,
      )
      const writeAll = (): void => {
        for (const [param, value] of values) sheets.write(track, paramEntry(param), value)
      }
      return editTrack(track, writeAll, bytesOf(0, values.length))
    },
    writePart(track, part) {
      const entries = entriesOf(part)
      const rewrite = (): void => {
        sheets.rewrite(track, isNoteEntry, entries)
      }
      return editTrack(track, rewrite, bytesOf(1, entries.size))
    },
    replaceSong(whole) {
      const entries = whole.tracks.reduce((sum, { part }) => sum + entriesOf(part).size, 0)
      const replace = (): void => {
        taken = [...new Set([...tracks.keys(), ...root.keys()])].filter(isTrackId).map(takeTrack)
        room.set('root', whole.root)
        room.set('scale', whole.scale)
        room.set('stepCount', whole.stepCount)
        for (const { id, meta, part } of whole.tracks) {
          tracks.set(id, meta)
          sheets.rewrite(id, () => false, entriesOf(part))
        }
      }
      return edit(replace, false, bytesOf(whole.tracks.length, entries))
    },
    showOwnTrack() {
      const mine = own()
      if (mine === undefined || !tracks.has(mine.id)) return undefined
      const { bornMs } = parseTrackMeta(tracks.get(mine.id)) ?? mine.meta
      return edit(() => tracks.set(mine.id, { ...mine.meta, bornMs }))
    },
  }
}
