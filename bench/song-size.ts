import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import { clientIdOf } from '../client/src/jam/client-id.ts'
import { createCompactor } from '../client/src/jam/compactor.ts'
import { createSongReader } from '../client/src/jam/song-reader.ts'
import { createSongVerbs } from '../client/src/jam/song-verbs.ts'
import { createFakeTimers, type FakeTimers } from '../client/src/net/fake-timers.ts'
import type { Member } from '../client/src/net/mesh.ts'
import { DEFAULT_VELOCITY } from '../client/src/sequence/pattern.ts'
import type { TrackId } from '../client/src/sequence/song.ts'
import {
  NUMERIC_PARAMS,
  PARAM_RANGES,
  type NumericParam,
} from '../client/src/sequence/track-sound.ts'
import { figuresOf, type Row } from './rows.ts'

const WRITERS = 4
const TOGGLES = 28_800
const KNOB_MOVES = 3600
const JAM_MS = 30 * 60 * 1000
const STEPS = 16
const PITCHES = 32
const LOWEST = 48
/** The document is weighed every so many changes. */
const WEIGH_EVERY = 100
const JOINS = 20
const GOAL_DOWNLOAD_KB = 60
const GOAL_APPLIED_MS = 100
const GOAL_PEAK_KB = 200
const FIRST_LETTER = 97
const PEER_ID_CHARS = 26
const TRACKS = ['tracka', 'trackb', 'trackc', 'trackd'].map((name) => `${name}aa` as TrackId)

/** One change of the jam; who makes it, where and to what. */
interface Change {
  readonly writer: number
  readonly track: TrackId
  readonly step: number
  readonly pitch: number
  /** A knob is moved in place of a cell toggled. */
  readonly knob?: { readonly param: NumericParam; readonly value: number }
}

interface Writer {
  readonly doc: Y.Doc
  apply(change: Change): void
}

interface Weighed {
  readonly bytes: number
  readonly peakBytes: number
  readonly appliedMs: readonly number[]
}

/** What is left of a jam of thirty minutes, beside the same changes in the flat maps of schema 1. */
export function songModelRows(): readonly Row[] {
  const changes = jam()
  const timers = createFakeTimers()
  const ours = weigh(changes, timers, (number) => sheetWriter(number, timers), readSheets)
  const flat = weigh(changes, timers, flatWriter, () => undefined)
  const of30 = `a jam of 30 minutes (${TOGGLES} toggles, ${KNOB_MOVES} knob moves, ${WRITERS} writers)`
  const row = (
    name: string,
    unit: string,
    [mine, theirs]: readonly [Row['ours'], Row['ours']],
    goal: string,
    holds: boolean,
  ): Row => ({
    suite: 'mesh',
    row: `${of30}: ${name}`,
    unit,
    ours: mine,
    baseline: theirs,
    baselineIs: 'the same changes in the flat maps of schema 1',
    goal,
    holds,
  })
  const kB = (bytes: number): { readonly value: number } => ({
    value: Math.round(bytes / 100) / 10,
  })
  return [
    row(
      'a late joiner downloads',
      'kB',
      [kB(ours.bytes), kB(flat.bytes)],
      `at most ${GOAL_DOWNLOAD_KB} kB`,
      ours.bytes <= GOAL_DOWNLOAD_KB * 1000,
    ),
    row(
      'and has applied it after',
      'ms',
      [figuresOf(ours.appliedMs), figuresOf(flat.appliedMs)],
      `p95 at most ${GOAL_APPLIED_MS} ms`,
      figuresOf(ours.appliedMs).p95 <= GOAL_APPLIED_MS,
    ),
    row(
      'the document at its largest',
      'kB',
      [kB(ours.peakBytes), kB(flat.peakBytes)],
      `below ${GOAL_PEAK_KB} kB`,
      ours.peakBytes < GOAL_PEAK_KB * 1000,
    ),
  ]
}

/** The same changes each time, in a random order. */
function jam(): readonly Change[] {
  let seed = 20_261_120
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const below = (count: number): number => Math.floor(random() * count)
  return Array.from({ length: TOGGLES + KNOB_MOVES }, () => {
    const param = NUMERIC_PARAMS[below(NUMERIC_PARAMS.length)] ?? 'volume'
    const { min, max } = PARAM_RANGES[param]
    const isKnob = below(TOGGLES + KNOB_MOVES) < KNOB_MOVES
    return {
      writer: below(WRITERS),
      track: TRACKS[below(TRACKS.length)] ?? ('trackaaa' as TrackId),
      step: below(STEPS),
      pitch: LOWEST + below(PITCHES),
      ...(isKnob && { knob: { param, value: min + random() * (max - min) } }),
    }
  })
}

function weigh(
  changes: readonly Change[],
  timers: FakeTimers,
  open: (number: number) => Writer,
  read: (doc: Y.Doc) => void,
): Weighed {
  const writers = Array.from({ length: WRITERS }, (_, number) => open(number))
  for (const [number, { doc }] of writers.entries()) doc.clientID = clientIdOf(memberOf(number), 0)
  for (const { doc } of writers) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'peer') return
      for (const other of writers) if (other.doc !== doc) Y.applyUpdate(other.doc, update, 'peer')
    })
  }
  let peakBytes = 0
  for (const [number, change] of changes.entries()) {
    writers[change.writer]?.apply(change)
    timers.advance(JAM_MS / changes.length)
    if (number % WEIGH_EVERY === 0) peakBytes = Math.max(peakBytes, sizeOf(writers))
  }
  const [first] = writers
  const state = first === undefined ? new Uint8Array() : Y.encodeStateAsUpdate(first.doc)
  const appliedMs = Array.from({ length: JOINS }, () => {
    const doc = new Y.Doc()
    const startMs = performance.now()
    Y.applyUpdate(doc, state)
    read(doc)
    return performance.now() - startMs
  })
  return { bytes: state.length, peakBytes: Math.max(peakBytes, state.length), appliedMs }
}

/** Ids as long as in a jam. */
const memberOf = (number: number): Member => ({
  peer: String.fromCodePoint(FIRST_LETTER + number).repeat(PEER_ID_CHARS) as PeerId,
  page: `page ${number}`,
})

const sizeOf = (writers: readonly Writer[]): number =>
  writers[0] === undefined ? 0 : Y.encodeStateAsUpdate(writers[0].doc).length

const readSheets = (doc: Y.Doc): void => {
  createSongReader(doc).close()
}

function sheetWriter(number: number, timers: FakeTimers): Writer {
  const doc = new Y.Doc()
  const { song } = createSongReader(doc)
  const meta = { owner: 'o', home: 'h', name: 'n', colour: 0, bornMs: 1 }
  const own = { id: TRACKS[number] ?? ('trackaaa' as TrackId), meta }
  const verbs = createSongVerbs({
    doc,
    song: song.read,
    own: () => own,
    writable: () => 'yes',
  })
  createCompactor({
    doc,
    timers,
    mayCompact: () => number === 0,
    mayWrite: () => true,
    isForeignAuthor: () => false,
  })
  return {
    doc,
    apply({ track, step, pitch, knob }) {
      if (knob === undefined) verbs.toggleNote(track, step, pitch)
      else verbs.setParam(track, knob.param, knob.value)
    },
  }
}

function flatWriter(): Writer {
  const doc = new Y.Doc()
  const [notes, params] = [doc.getMap('notes'), doc.getMap('params')]
  return {
    doc,
    apply({ track, step, pitch, knob }) {
      const cell = `${track}/a/${step}/${pitch}`
      if (knob !== undefined) params.set(`${track}/${knob.param}`, knob.value)
      else if (notes.has(cell)) notes.delete(cell)
      else notes.set(cell, DEFAULT_VELOCITY + 128)
    },
  }
}
