import { beatAt, isPlayingAt, timeAt } from '../clock/tempo-map.ts'
import { createCatchVerbs } from '../jam/catch-verbs.ts'
import type { Jam } from '../jam/jam.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import { catchNote, type CatchGrid, catchRound } from '../sequence/catch-notes.ts'
import { stepInPattern } from '../sequence/onsets.ts'
import type { NoteEdits, PatternName } from '../sequence/pattern.ts'
import { patternOf, stepsOf, swingOf, type TrackId } from '../sequence/song.ts'
import { inSong, type HandMemory, type RememberedNote } from './hand-memory.ts'

/** Whether what stands in the pattern stays when something is recorded over it. */
export type RecordMode = 'overdub' | 'replace'

export interface Recording {
  readonly track: TrackId
  readonly pattern: PatternName
  readonly mode: RecordMode
}

/** Writes what a hand plays into patterns: while it plays, or afterwards. */
export interface HandRecorder {
  /** Undefined while nothing is recorded. */
  readonly recording: Live<Recording | undefined>
  begin(recording: Recording): void
  end(): void
  /** A note of this person's hand has ended. */
  take(note: RememberedNote): void
  /** Writes what was played last on a track. @returns how many notes; 0 when nothing was, or it may not be written */
  keepPlayed(track: TrackId, pattern: PatternName): number
  close: Undo
}

export interface HandRecorderOptions {
  readonly jam: Pick<Jam, 'song' | 'verbs' | 'transport'>
  readonly memory: Pick<HandMemory, 'phrase'>
  readonly ownTrack: () => OwnTrack
  /** Shared time now, ms. */
  readonly sharedMs: () => number
  /** How strongly what is caught is moved onto the steps, 0 to 1. */
  readonly strength: () => number
  /** A number that no other take of this page has. */
  readonly nextTake: () => number
  readonly timers: Pick<Timers, 'now' | 'after' | 'every'>
}

/** Until a stroke of the pattern that falls due now is past: what is written then is heard in the next round first. */
const PAST_MS = 40
/** So long before a step comes it is cleared: the audio thread has its notes already when it is due. */
const CLEAR_AHEAD_MS = 150
const CLEAR_EVERY_MS = 30

export function createHandRecorder(options: HandRecorderOptions): HandRecorder {
  const { jam, timers, sharedMs } = options
  const scope = createScope()
  const waits = createWaits(timers)
  scope.own(waits.close)
  const recording = createLive<Recording | undefined>(undefined)
  let take = 0
  /** Absolute step up to which what stood there is cleared. */
  let cleared: number | undefined

  const trackOf = (id: TrackId) => jam.song.read().tracks.find((track) => track.id === id)
  const gridOf = (id: TrackId): CatchGrid => {
    const song = jam.song.read()
    const track = trackOf(id)
    return {
      subdivision: track?.subdivision ?? 4,
      stepCount: track === undefined ? song.stepCount : stepsOf(track, song),
      swing: swingOf(track ?? {}, song),
    }
  }
  const write = ({ track, pattern }: Omit<Recording, 'mode'>, edits: NoteEdits): boolean =>
    // Of the copy that is played now.
    jam.verbs
      .late(createCatchVerbs)
      .writeTake({ track, pattern }, edits, options.ownTrack(), take) === undefined
  const clearAhead = (): void => {
    const now = recording.read()
    if (now?.mode !== 'replace') return
    const track = trackOf(now.track)
    const atMs = sharedMs() + CLEAR_AHEAD_MS
    const transport = jam.transport.read()
    if (track === undefined || !isPlayingAt(transport, atMs)) return
    const { subdivision, stepCount } = gridOf(now.track)
    const step = Math.floor(beatAt(transport, atMs) * subdivision)
    const from = Math.max(0, cleared === undefined ? step : cleared + 1, step + 1 - stepCount)
    cleared = Math.max(cleared ?? step, step)
    const places = new Set<number>()
    for (let each = from; each <= step; each++) places.add(stepInPattern(each, stepCount))
    const remove = [...patternOf(track, now.pattern).values()].filter((note) =>
      places.has(note.step),
    )
    if (remove.length > 0) write(now, { remove, write: [] })
  }
  scope.own(timers.every(CLEAR_EVERY_MS, clearAhead))

  return {
    recording,
    begin(next) {
      take = options.nextTake()
      cleared = undefined
      recording.set(next)
      clearAhead()
    },
    end() {
      recording.set(undefined)
    },
    take(played) {
      const now = recording.read()
      if (now === undefined || played.track !== now.track || played.beat === undefined) return
      const grid = gridOf(now.track)
      const { note, beat } = catchNote(inSong(played, sharedMs()), grid, options.strength())
      const dueMs = (timeAt(jam.transport.read(), beat) ?? 0) + PAST_MS
      waits.after(Math.max(0, dueMs - sharedMs()), () => {
        write(now, { remove: [], write: [note] })
      })
    },
    keepPlayed(track, pattern) {
      const phrase = options.memory.phrase(track, sharedMs())
      const notes = catchRound(phrase, gridOf(track), options.strength())
      if (notes.length === 0) return 0
      take = options.nextTake()
      return write({ track, pattern }, { remove: [], write: notes }) ? notes.length : 0
    },
    close: scope.close,
  }
}
