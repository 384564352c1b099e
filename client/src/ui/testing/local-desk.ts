import type { Session } from '../../app/session-types.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import { noteKey } from '../../sequence/pattern.ts'
import { launchOf, patternOf, type Song, type Track, type TrackId } from '../../sequence/song.ts'
import { emptyTrack, withNote, withoutNote, withToggled } from './local-song.ts'

type Edit = (id: TrackId, change: (track: Track) => Track) => void

/** What the desk does to tracks and patterns, without anybody to agree with: launches are at once. */
export type LocalDesk = Pick<
  Session,
  | 'toggleNote'
  | 'setNote'
  | 'removeNote'
  | 'editNotes'
  | 'layGroove'
  | 'setSwing'
  | 'setChords'
  | 'nameScene'
  | 'mayAddTrack'
  | 'addTrack'
  | 'duplicateTrack'
  | 'adoptTrack'
  | 'moveTrack'
  | 'nameTrack'
  | 'tintTrack'
  | 'lockTrack'
  | 'setTrackSteps'
  | 'setTrackSwing'
  | 'followChords'
  | 'redo'
  | 'launch'
  | 'launchScene'
  | 'launchOff'
  | 'launchSolo'
  | 'drop'
  | 'beatsUntil'
> & {
  readonly history: LiveSource<ReturnType<Session['history']['read']>>
  /** How often a drop was asked for. */
  dropped(): number
}

export function createLocalDesk(song: LiveSource<Song>, edit: Edit): LocalDesk {
  let made = 0
  let drops = 0
  const setTracks = (tracks: readonly Track[]): void => {
    song.set({ ...song.read(), tracks })
  }
  /** Without the key where the value is undefined. */
  const setTrait = <Key extends 'title' | 'tint' | 'isLocked' | 'steps' | 'swing' | 'follow'>(
    id: TrackId,
    key: Key,
    value: Track[Key] | undefined,
  ): void => {
    edit(
      id,
      ({ [key]: _old, ...track }) =>
        (value === undefined ? track : { ...track, [key]: value }) as Track,
    )
  }
  const addBehind = (track: Track, after?: TrackId): TrackId => {
    const { tracks } = song.read()
    const at = after === undefined ? tracks.length : tracks.findIndex(({ id }) => id === after) + 1
    setTracks(tracks.toSpliced(at, 0, track))
    return track.id
  }
  const newId = (): TrackId => `new-track-${(made += 1)}` as TrackId

  return {
    history: createLive<ReturnType<Session['history']['read']>>([]),
    redo: () => undefined,
    toggleNote: (id, ...place) => {
      edit(id, (track) => withToggled(track, ...place))
    },
    setNote: (id, ...change) => {
      edit(id, (track) => withNote(track, ...change))
    },
    removeNote: (id, ...place) => {
      edit(id, (track) => withoutNote(track, ...place))
    },
    editNotes(id, { remove, write }, pattern = 'a') {
      edit(id, (track) => {
        const notes = new Map(patternOf(track, pattern))
        for (const { step, pitch } of remove) notes.delete(noteKey(step, pitch))
        for (const note of write) notes.set(noteKey(note.step, note.pitch), note)
        return { ...track, patterns: { ...track.patterns, [pattern]: notes } }
      })
    },
    layGroove(id, notes, swing, pattern = 'a') {
      edit(id, (track) => {
        const laid = notes.map((note) => [noteKey(note.step, note.pitch), note] as const)
        const whole = new Map([...patternOf(track, pattern), ...laid])
        const patterns = { ...track.patterns, [pattern]: whole }
        return { ...track, patterns, ...(swing === undefined ? {} : { swing }) }
      })
    },
    setSwing: (swing) => {
      song.set({ ...song.read(), swing })
    },
    setChords: (chords) => {
      const without = ({ chords: _old, ...rest }: Song): Song => rest
      song.set({ ...without(song.read()), ...(chords.length === 0 ? {} : { chords }) })
    },
    nameScene: (pattern, name) => {
      song.set({ ...song.read(), sceneNames: { ...song.read().sceneNames, [pattern]: name } })
    },
    mayAddTrack: () => true,
    addTrack(instrument, title) {
      const track = emptyTrack(newId(), 'me', 'me', 0)
      return addBehind({ ...track, title, sound: { ...track.sound, instrument } })
    },
    duplicateTrack(id) {
      const track = song.read().tracks.find((each) => each.id === id)
      return track && addBehind({ ...track, id: newId(), owner: 'me' }, id)
    },
    adoptTrack: (id) => {
      edit(id, (track) => ({ ...track, owner: 'me' }))
    },
    moveTrack(id, index) {
      const { tracks } = song.read()
      const others = tracks.filter((track) => track.id !== id)
      setTracks(others.toSpliced(index, 0, ...tracks.filter((track) => track.id === id)))
    },
    nameTrack: (id, title) => {
      setTrait(id, 'title', title === '' ? undefined : title)
    },
    tintTrack: (id, tint) => {
      setTrait(id, 'tint', tint)
    },
    lockTrack: (id, isLocked) => {
      setTrait(id, 'isLocked', isLocked ? true : undefined)
    },
    setTrackSteps: (id, steps) => {
      setTrait(id, 'steps', steps)
    },
    setTrackSwing: (id, percent) => {
      setTrait(id, 'swing', percent)
    },
    followChords: (id, follow) => {
      setTrait(id, 'follow', follow)
    },
    launch: (id, pattern) => {
      edit(id, (track) => ({ ...track, launch: { pattern, isOff: false } }))
    },
    launchScene(pattern) {
      setTracks(
        song
          .read()
          .tracks.map((track) =>
            patternOf(track, pattern).size === 0
              ? track
              : { ...track, launch: { pattern, isOff: false } },
          ),
      )
    },
    launchOff: (id, isOff) => {
      edit(id, (track) => ({ ...track, launch: { ...launchOf(track), isOff } }))
    },
    launchSolo(id) {
      const { tracks } = song.read()
      const isAlone = tracks.every((track) => track.id === id || launchOf(track).isOff)
      setTracks(
        tracks.map((track) => ({
          ...track,
          launch: { ...launchOf(track), isOff: track.id !== id && !isAlone },
        })),
      )
    },
    drop: () => {
      drops += 1
    },
    dropped: () => drops,
    beatsUntil: () => undefined,
  }
}
