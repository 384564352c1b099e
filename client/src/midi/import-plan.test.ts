import { expect, test } from 'vitest'
import { PATTERN_NAMES } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import type { FilePart, FileSong } from './file-song.ts'
import {
  firstBar,
  firstTargets,
  freePattern,
  importPlan,
  type ImportChoices,
  type ImportRoom,
  type OpenTrack,
} from './import-plan.ts'

const TICKS = 96
/** A part with notes on these beats. */
const part = (beats: readonly number[], change: Partial<FilePart> = {}): FilePart => ({
  name: 'Bass',
  channel: 0,
  isDrums: false,
  notes: beats.map((beat) => ({
    tick: Math.round(beat * TICKS),
    endTick: Math.round(beat * TICKS) + 24,
    pitch: 60,
    velocity: 100,
    channel: 0,
  })),
  ...change,
})
const songOf = (...parts: readonly FilePart[]): FileSong => ({
  ticksPerBeat: TICKS,
  parts,
  bpm: 100,
  tempoChanges: 0,
  barBeats: 4,
  oddities: [],
})
const id = (name: string): TrackId => name as TrackId
const mine: OpenTrack = {
  id: id('mine'),
  instrument: 'synth',
  subdivision: 4,
  stepCount: 16,
  swing: 50,
  noteCounts: {},
  isBlank: true,
}
const theirs: OpenTrack = {
  ...mine,
  id: id('theirs'),
  subdivision: 2,
  stepCount: 8,
  noteCounts: { a: 5, b: 3, d: 1 },
  isBlank: false,
}
const ROOM: ImportRoom = {
  stepCount: 16,
  swing: 50,
  root: 0,
  scale: 'chromatic',
  tracks: [mine, theirs],
  freeTracks: 2,
}
const CHOICES: ImportChoices = { fromBar: 0, length: 'own', isTight: false, targets: [] }
const plan = (
  song: FileSong,
  choices: Partial<ImportChoices> = {},
  room: Partial<ImportRoom> = {},
) => importPlan(song, { ...ROOM, ...room }, { ...CHOICES, ...choices })
const NEW = { kind: 'new' } as const

test('the first part that suits it goes to the track that one has, the others to new ones as long as there are any', () => {
  const drums = part([0], { isDrums: true })

  expect(firstTargets([drums, part([0]), part([0]), part([0])], ROOM)).toEqual([
    NEW,
    { kind: 'track', id: 'mine', pattern: 'a' },
    NEW,
    { kind: 'nowhere' },
  ])
  expect(firstTargets([part([0])], { ...ROOM, tracks: [theirs] })).toEqual([NEW])
})

test('a fresh track gets steps and a length that hold what is played, and its own time', () => {
  const [triplets, long] = plan(
    songOf(part([0, 1 / 3, 2 / 3, 1]), part([0, 4, 8])),
    { targets: [NEW, NEW] },
    { swing: 60 },
  )

  expect(triplets?.shape).toEqual({ subdivision: 6, steps: 24, swing: 50 })
  expect(long?.shape).toEqual({ subdivision: 4, steps: 48, swing: 50 })
  expect(Object.keys(long?.patterns ?? {})).toEqual(['a'])
})

test('as long as the room: what comes later goes into the patterns behind, up to the last', () => {
  const beats = Array.from({ length: 10 }, (_, bar) => 4 * bar)
  const [planned] = plan(songOf(part(beats)), { targets: [NEW], length: 'room' })

  expect(planned?.shape).toEqual({ subdivision: 4 })
  expect(Object.keys(planned?.patterns ?? {}).join('')).toBe('abcdefgh')
  expect(planned?.leftOut.late).toBe(2)
  expect(planned?.taken).toBe(8)
})

test('on the grid a fresh track swings as the room does', () => {
  const [planned] = plan(songOf(part([0, 0.26])), { targets: [NEW], isTight: true }, { swing: 60 })

  expect(planned?.shape).toEqual({ subdivision: 4 })
  expect(planned?.patterns.a?.map(({ nudge }) => nudge)).toEqual([undefined, undefined])
})

test('a track with notes stays as it is: its steps, its length, and the patterns that are taken', () => {
  const song = songOf(part([0, 0.5, 4, 8]))
  const into = (pattern: 'b' | 'e') =>
    plan(song, { targets: [{ kind: 'track', id: id('theirs'), pattern }] })[0]

  expect(into('b')).toMatchObject({
    shape: undefined,
    patterns: { b: [{ step: 0 }, { step: 1 }], c: [{ step: 0 }] },
    replaced: 3,
    leftOut: { late: 1 },
  })
  expect(into('e')).toMatchObject({
    patterns: { e: [{ step: 0 }, { step: 1 }], f: [{ step: 0 }], g: [{ step: 0 }] },
    replaced: 0,
  })
})

test('a kit takes strokes, whatever the channel says', () => {
  const kit: OpenTrack = { ...theirs, id: id('kit'), instrument: 'drums' }
  const targets = [{ kind: 'track', id: id('kit'), pattern: 'c' }] as const
  const strokes = part([0], { isDrums: false })

  const [planned] = plan(songOf(strokes), { targets }, { tracks: [kit] })

  // C4 is a high bongo.
  expect(planned).toMatchObject({ instrument: 'drums', patterns: { c: [{ pitch: 50 }] } })
})

test('a part that is left out is planned all the same, as for a new track', () => {
  const [planned] = plan(songOf(part([0])), { targets: [{ kind: 'nowhere' }] })

  expect(planned).toMatchObject({ target: { kind: 'nowhere' }, taken: 1 })
})

test('it begins with the bar that is chosen', () => {
  const song = songOf(part([9, 12]), part([8.5]))

  expect(firstBar(song)).toBe(2)
  const [planned] = plan(song, { fromBar: 2, targets: [NEW, NEW] })
  expect(planned?.patterns.a).toMatchObject([{ step: 4 }, { step: 16 }])
})

test('notes outside of the scale are counted: they will sound as their neighbours', () => {
  const black = part([0]).notes.map((note) => ({ ...note, pitch: 61 }))
  const song = songOf(part([], { notes: black }))

  expect(plan(song, { targets: [NEW] }, { scale: 'major' })[0]?.outOfScale).toBe(1)
  expect(plan(song, { targets: [NEW] })[0]?.outOfScale).toBe(0)
})

test('an open pattern is the first with nothing in it', () => {
  expect(freePattern(mine)).toBe('a')
  expect(freePattern(theirs)).toBe('c')
  const full = Object.fromEntries(PATTERN_NAMES.map((name) => [name, 1]))
  expect(freePattern({ ...theirs, noteCounts: full })).toBe('a')
})

test('a file without notes has no first bar and no plan', () => {
  expect(firstBar(songOf())).toBe(0)
  expect(plan(songOf())).toEqual([])
})
