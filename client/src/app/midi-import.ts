import { createChangeVerbs } from '../jam/change-verbs.ts'
import { noteEntry, paramEntry } from '../jam/doc-shape.ts'
import type { Change } from '../jam/edit-history.ts'
import type { Jam } from '../jam/jam.ts'
import { entriesOf } from '../jam/song-part.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import { refusalOf } from '../jam/writable.ts'
import type { ImportRoom, OpenTrack, PlannedPart } from '../midi/import-plan.ts'
import { packNote } from '../sequence/note-code.ts'
import { parseName } from '../sequence/parse-name.ts'
import { PATTERN_NAMES, type PatternName } from '../sequence/pattern.ts'
import {
  MIN_SWING,
  patternOf,
  stepsOf,
  swingOf,
  type Song,
  type Track,
  type TrackId,
} from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { FILE_WORDS } from '../words/files.ts'
import { MIDI_WORDS as WORDS } from '../words/midi.ts'
import { createTrackId } from './ids.ts'
import type { MidiDesk } from './midi-types.ts'
import type { StepDesk } from './step-desk.ts'
import type { TransportDesk } from './transport-desk.ts'

export interface MidiDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'verbs' | 'writable' | 'gestures'>
  readonly transport: Pick<TransportDesk, 'view' | 'setTempo'>
  readonly steps: Pick<StepDesk, 'plannedCount' | 'setStepCount'>
  readonly ownTrack: () => OwnTrack
  /** How many tracks this person may add. */
  readonly freeTracks: () => number
  readonly mayEdit: (track: TrackId) => boolean
  /** When the next track is born, milliseconds since 1970: later than the one before. */
  readonly nextMs: () => number
}

/** Brings what was read out of a MIDI file into the jam. */
export function createMidiImport(options: MidiDeskOptions): Pick<MidiDesk, 'room' | 'bring'> {
  const { jam, steps, transport, mayEdit } = options

  const blankTrack = (song: Song, stepCount: number): OpenTrack => ({
    id: options.ownTrack().id,
    instrument: 'synth',
    subdivision: 4,
    stepCount,
    swing: song.swing ?? MIN_SWING,
    noteCounts: {},
    isBlank: true,
  })
  const openTrack = (track: Track, song: Song): OpenTrack => {
    const counts = PATTERN_NAMES.map((name) => [name, patternOf(track, name).size] as const)
    const filled = counts.filter(([, size]) => size > 0)
    return {
      id: track.id,
      instrument: track.sound.instrument,
      subdivision: track.subdivision,
      stepCount: stepsOf(track, song),
      swing: swingOf(track, song),
      noteCounts: Object.fromEntries(filled),
      isBlank: filled.length === 0 && track.id === options.ownTrack().id,
    }
  }
  const room = (stepCount = jam.song.read().stepCount): ImportRoom => {
    const song = { ...jam.song.read(), stepCount }
    const own = options.ownTrack().id
    const isOwnThere = song.tracks.some(({ id }) => id === own)
    return {
      stepCount,
      swing: song.swing ?? MIN_SWING,
      root: song.root,
      scale: song.scale,
      tracks: [
        ...(isOwnThere ? [] : [blankTrack(song, stepCount)]),
        ...song.tracks.filter(({ id }) => mayEdit(id)).map((track) => openTrack(track, song)),
      ],
      freeTracks: options.freeTracks(),
    }
  }

  /** What stands in the patterns that are written goes. */
  const emptied = ({ target, patterns }: PlannedPart): readonly Change[] => {
    const track =
      target.kind === 'track'
        ? jam.song.read().tracks.find(({ id }) => id === target.id)
        : undefined
    if (track === undefined) return []
    return (Object.keys(patterns) as PatternName[]).flatMap((name) =>
      [...patternOf(track, name).values()].map((note) =>
        put(track.id, noteEntry(note.step, note.pitch, name), undefined, packNote(note)),
      ),
    )
  }
  const notesIn = (id: TrackId, { patterns }: PlannedPart): readonly Change[] =>
    PATTERN_NAMES.flatMap((name) =>
      (patterns[name] ?? []).map((note) =>
        put(id, noteEntry(note.step, note.pitch, name), packNote(note)),
      ),
    )
  const born = (id: TrackId, bornMs: number): Change => ({
    place: { in: 'tracks', key: id },
    before: undefined,
    after: { ...options.ownTrack().meta, bornMs },
  })

  const intoNew = (planned: PlannedPart): readonly Change[] => {
    const { instrument, shape, part } = planned
    const id = createTrackId()
    const entries = entriesOf({
      notes: [],
      sound: { ...INITIAL_SOUND, instrument },
      subdivision: shape?.subdivision ?? 4,
      traits: traitsOf(planned, parseName(part.name)),
    })
    return [
      born(id, options.nextMs()),
      ...[...entries].map(([key, value]) => put(id, key, value)),
      ...notesIn(id, planned),
    ]
  }
  const intoOld = (planned: PlannedPart, id: TrackId): readonly Change[] => {
    const track = jam.song.read().tracks.find((each) => each.id === id)
    const own = options.ownTrack()
    if (track === undefined && id !== own.id) throw new Error(WORDS.noTrackLeft)
    const { shape, part } = planned
    const title = track?.title === undefined ? parseName(part.name) : undefined
    const traits = shape === undefined ? {} : traitsOf(planned, title)
    // What it had of its own gives way to the room's.
    const params: Readonly<Record<string, number | string>> =
      shape === undefined ? {} : { subdivision: shape.subdivision, steps: '', swing: '', ...traits }
    return [
      ...(track === undefined ? [born(id, own.meta.bornMs)] : []),
      ...Object.entries(params).map(([param, value]) => put(id, paramEntry(param), value)),
      ...notesIn(id, planned),
    ]
  }

  return {
    room,
    bring(plan, change) {
      jam.gestures.flush()
      if (refusalOf(jam.writable.read(), true) !== undefined) {
        throw new Error(FILE_WORDS.unchangeable)
      }
      const wanted = plan.filter(({ target, taken }) => target.kind !== 'nowhere' && taken > 0)
      const fresh = wanted.filter(({ target }) => target.kind === 'new').length
      if (fresh > options.freeTracks()) throw new Error(WORDS.noTrackLeft)
      const count =
        change.stepCount === undefined ? undefined : steps.plannedCount(change.stepCount)
      const written = wanted.flatMap((planned) => {
        const { target } = planned
        if (target.kind !== 'track') return intoNew(planned)
        if (!mayEdit(target.id)) throw new Error(WORDS.noTrackLeft)
        return intoOld(planned, target.id)
      })
      const before = jam.song.read().stepCount
      const changes: readonly Change[] = [
        ...wanted.flatMap(emptied),
        ...written,
        ...(count === undefined
          ? []
          : [{ place: { in: 'room', key: 'stepCount' }, before, after: count } as const]),
      ]
      const info = { kind: 'midi', count: wanted.length } as const
      const refusal = jam.verbs.late(createChangeVerbs).writeChanges(info, latest(changes))
      if (refusal !== undefined) throw new Error(WORDS.full)
      if (change.bpm !== undefined) transport.setTempo(change.bpm)
      // Another change is too near to be written along with this one: it comes after that.
      if (change.stepCount !== undefined && count === undefined)
        steps.setStepCount(change.stepCount)
    },
  }
}

const put = (
  track: TrackId,
  key: string,
  after: number | string | undefined,
  before?: number,
): Change => ({ place: { in: 'sheet', track, key }, before, after })

const traitsOf = (
  { shape }: PlannedPart,
  title: string | undefined,
): Readonly<Record<string, number | string>> => ({
  ...(title === undefined ? {} : { title }),
  ...(shape?.steps === undefined ? {} : { steps: shape.steps }),
  ...(shape?.swing === undefined ? {} : { swing: shape.swing }),
})

/** Of several changes of a place the last. */
const latest = (changes: readonly Change[]): readonly Change[] => [
  ...new Map(changes.map((change) => [JSON.stringify(change.place), change])).values(),
]
