import type * as Y from 'yjs'
import { packNote } from '../sequence/note-code.ts'
import { DEFAULT_VELOCITY, noteKey, type Note, type Pitch } from '../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../sequence/scale.ts'
import type { Song, StepCount, Subdivision, TrackId } from '../sequence/song.ts'
import type { SynthParam, SynthSound } from '../sequence/synth-sound.ts'
import { docShape, MY_EDIT, noteEntry, paramEntry } from './doc-shape.ts'
import { migrate } from './schema.ts'
import { parseTrackMeta, type TrackMeta } from './track-meta.ts'
import type { Writable } from './writable.ts'

/** A track of this person that gets into the song with its first note or change. */
export interface OwnTrack {
  readonly id: TrackId
  readonly meta: TrackMeta
}

/** Everything that can be done to a song; one transaction each. */
export interface SongVerbs {
  setScale(root: PitchClass, scale: ScaleName): void
  setStepCount(count: StepCount): void
  /** @returns the note that is there afterwards */
  toggleNote(track: TrackId, step: number, pitch: Pitch): Note | undefined
  /** Writes one note, in place of the one that stood there. */
  writeNote(track: TrackId, note: Note): void
  removeNote(track: TrackId, step: number, pitch: Pitch): void
  /** Takes away all notes of a track; `restore` brings them back. */
  clearTrack(track: TrackId): void
  /** Takes away a track with all it has; `restore` brings it back. */
  removeTrack(track: TrackId): void
  /** Brings back what the last `clearTrack` or `removeTrack` took, but for what has been written there since. */
  restore(): void
  setParam(track: TrackId, param: SynthParam | 'subdivision', value: number | string): void
  /** Writes a whole part: notes, sound and subdivision. */
  writePart(track: TrackId, part: Part): void
  /** Puts another song in place of this one; `restore` brings back what it took. */
  replaceSong(song: WholeSong): void
  /** Renames or recolours the person's own track, if it is in the song. */
  showOwnTrack(): void
}

export interface Part {
  readonly notes: readonly Note[]
  readonly sound: SynthSound
  readonly subdivision: Subdivision
}

export interface WholeSong extends Pick<Song, 'root' | 'scale' | 'stepCount'> {
  readonly tracks: readonly (OwnTrack & { readonly part: Part })[]
}

interface Taken {
  readonly map: Y.Map<unknown>
  readonly key: string
  readonly value: unknown
}

/**
 * @param song  reads the song as it now is
 * @param own   this person's track, as it now should be shown
 * @param writable  asked before each verb: a newer song is left alone, a full one only made smaller
 */
export function createSongVerbs(
  doc: Y.Doc,
  song: () => Song,
  own: () => OwnTrack | undefined,
  writable: () => Writable,
): SongVerbs {
  const { room, tracks, params, notes } = docShape(doc)
  let taken: readonly Taken[] = []

  const mayEdit = (): boolean => writable() === 'yes'
  const edit = (change: () => void, makesSmaller = false): void => {
    if (!mayEdit() && !(makesSmaller && writable() === 'full')) return
    doc.transact(() => {
      migrate(doc)
      change()
    }, MY_EDIT)
  }
  const editTrack = (track: TrackId, change: () => void): void => {
    edit(() => {
      const mine = own()
      if (mine?.id === track && !tracks.has(track)) tracks.set(track, mine.meta)
      change()
    })
  }
  const noteAt = (track: TrackId, step: number, pitch: Pitch): Note | undefined =>
    song()
      .tracks.find(({ id }) => id === track)
      ?.patterns.a.get(noteKey(step, pitch))
  const write = (track: TrackId, note: Note): void => {
    notes.set(noteEntry(track, note.step, note.pitch), packNote(note))
  }
  const takeAway = (entries: readonly Taken[]): void => {
    taken = entries
    for (const { map, key } of entries) map.delete(key)
  }
  const entriesOf = (map: Y.Map<unknown>, prefix: string): readonly Taken[] =>
    [...map].flatMap(([key, value]) => (key.startsWith(prefix) ? [{ map, key, value }] : []))
  const writePart = (track: TrackId, part: Part): void => {
    for (const note of part.notes) write(track, note)
    params.set(paramEntry(track, 'subdivision'), part.subdivision)
    for (const [param, value] of Object.entries(part.sound)) {
      params.set(paramEntry(track, param), value)
    }
  }

  return {
    setScale(root, scale) {
      edit(() => {
        if (song().root !== root) room.set('root', root)
        if (song().scale !== scale) room.set('scale', scale)
      })
    },
    setStepCount(count) {
      edit(() => room.set('stepCount', count))
    },
    toggleNote(track, step, pitch) {
      if (!mayEdit()) return undefined
      const there = noteAt(track, step, pitch)
      const note = { step, pitch, velocity: DEFAULT_VELOCITY, length: 1 }
      editTrack(track, () => {
        if (there === undefined) write(track, note)
        else notes.delete(noteEntry(track, step, pitch))
      })
      return there === undefined ? note : undefined
    },
    writeNote(track, note) {
      editTrack(track, () => {
        write(track, note)
      })
    },
    removeNote(track, step, pitch) {
      edit(() => {
        notes.delete(noteEntry(track, step, pitch))
      }, true)
    },
    clearTrack(track) {
      edit(() => {
        takeAway(entriesOf(notes, `${track}/`))
      }, true)
    },
    removeTrack(track) {
      edit(() => {
        const meta = { map: tracks, key: track, value: tracks.get(track) }
        takeAway([meta, ...entriesOf(notes, `${track}/`), ...entriesOf(params, `${track}/`)])
      }, true)
    },
    restore() {
      edit(() => {
        for (const { map, key, value } of taken) if (!map.has(key)) map.set(key, value)
        taken = []
      })
    },
    setParam(track, param, value) {
      editTrack(track, () => {
        if (params.get(paramEntry(track, param)) !== value)
          params.set(paramEntry(track, param), value)
      })
    },
    writePart(track, part) {
      editTrack(track, () => {
        writePart(track, part)
      })
    },
    replaceSong(whole) {
      edit(() => {
        takeAway([tracks, notes, params].flatMap((map) => entriesOf(map, '')))
        room.set('root', whole.root)
        room.set('scale', whole.scale)
        room.set('stepCount', whole.stepCount)
        for (const { id, meta, part } of whole.tracks) {
          tracks.set(id, meta)
          writePart(id, part)
        }
      })
    },
    showOwnTrack() {
      const mine = own()
      if (mine === undefined || !tracks.has(mine.id)) return
      const { bornMs } = parseTrackMeta(tracks.get(mine.id)) ?? mine.meta
      edit(() => tracks.set(mine.id, { ...mine.meta, bornMs }))
    },
  }
}
