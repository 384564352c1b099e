import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_SONG, STEP_COUNTS, SUBDIVISIONS } from '../sequence/song.ts'
import { SCALES, type PitchClass, type ScaleName } from '../sequence/scale.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { noteKey } from '../sequence/pattern.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'

const notesOf = (copy: SongCopy, track = ANAS_TRACK): readonly string[] => [
  ...(copy
    .song()
    .tracks.find(({ id }) => id === track)
    ?.patterns.a.keys() ?? []),
]

test('a song begins empty, and one’s own track is in it from the first note on', () => {
  const ana = createSongCopy()
  expect(ana.song()).toEqual({ ...EMPTY_SONG, schema: 0 })

  const note = ana.verbs.toggleNote(ANAS_TRACK, 3, 60)

  expect(note).toEqual({ step: 3, pitch: 60, velocity: 100, length: 1 })
  expect(ana.song().schema).toBe(4)
  expect(ana.song().tracks).toMatchObject([{ id: ANAS_TRACK, name: 'anas', colour: 1 }])
  expect(notesOf(ana)).toEqual(['3/60'])
})

test('a second toggle takes the note away', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 3, 60)

  expect(ana.verbs.toggleNote(ANAS_TRACK, 3, 60)).toBeUndefined()

  expect(notesOf(ana)).toEqual([])
})

test('a song in somebody’s hands does not change under them', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 3, 60)
  const before = ana.song()

  ana.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500)
  ana.verbs.writePart(ANAS_TRACK, { notes: [], sound: INITIAL_SOUND, subdivision: 2 })
  ana.verbs.toggleNote(ANAS_TRACK, 5, 62)

  expect([...(before.tracks[0]?.patterns.a.keys() ?? [])]).toEqual(['3/60'])
  expect(before.tracks[0]?.sound.cutoffHz).toBe(3000)
})

test('a change of one track leaves the other track the same object', () => {
  const ana = createSongCopy()
  const bo = createSongCopy(BOS_TRACK)
  bo.verbs.toggleNote(BOS_TRACK, 0, 40)
  bo.sent.forEach((update) => {
    receive(ana, update)
  })
  ana.verbs.toggleNote(ANAS_TRACK, 3, 60)
  const before = ana.song().tracks.find(({ id }) => id === BOS_TRACK)

  ana.verbs.toggleNote(ANAS_TRACK, 4, 60)

  expect(ana.song().tracks.find(({ id }) => id === BOS_TRACK)).toBe(before)
})

test('two people who toggle one cell at once have one note, and one more toggle takes it away for both', () => {
  const ana = createSongCopy()
  const bo = createSongCopy(BOS_TRACK)
  ana.verbs.setStepCount(16)
  ana.sent.splice(0).forEach((update) => {
    receive(bo, update)
  })
  ana.verbs.toggleNote(ANAS_TRACK, 3, 60)
  bo.verbs.writeNote(ANAS_TRACK, { step: 3, pitch: 60, velocity: 80, length: 2 })
  exchange(ana, bo)
  expect(notesOf(ana)).toEqual(['3/60'])
  expect(ana.song()).toEqual(bo.song())

  bo.verbs.toggleNote(ANAS_TRACK, 3, 60)
  exchange(ana, bo)

  expect(notesOf(ana)).toEqual([])
  expect(notesOf(bo)).toEqual([])
})

test('clearing can be taken back, and what was written since stays', () => {
  const ana = createSongCopy()
  ana.verbs.writeNote(ANAS_TRACK, { step: 0, pitch: 60, velocity: 90, length: 3 })
  ana.verbs.toggleNote(ANAS_TRACK, 1, 61)
  ana.verbs.clearTrack(ANAS_TRACK)
  expect(notesOf(ana)).toEqual([])
  const cleared = ana.verbs.history.read().at(-1)?.id
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)

  ana.verbs.undo(cleared)

  expect(notesOf(ana).toSorted()).toEqual(['0/60', '1/61'])
  expect(ana.song().tracks[0]?.patterns.a.get(noteKey(0, 60))?.velocity).toBe(100)
})

test('clearing takes the notes and leaves the sound', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 61)
  ana.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500)

  ana.verbs.clearTrack(ANAS_TRACK)

  expect(notesOf(ana)).toEqual([])
  expect(ana.song().tracks[0]?.sound.cutoffHz).toBe(500)
})

test('a removed track comes back with notes and sound', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 61)
  ana.verbs.setParam(ANAS_TRACK, 'waveform', 'square')
  const before = ana.song()
  ana.verbs.removeTrack(ANAS_TRACK)
  expect(ana.song().tracks).toEqual([])

  ana.verbs.undo()

  expect(ana.song()).toEqual(before)
})

test('changing the scale and back leaves every note as it was', () => {
  const ana = createSongCopy()
  for (let pitch = 60; pitch < 72; pitch++) ana.verbs.toggleNote(ANAS_TRACK, 0, pitch)
  const before = ana.song()

  ana.verbs.setScale(2, 'blues')
  ana.verbs.setScale(0, 'chromatic')

  expect(ana.song()).toEqual(before)
})

test('who may not edit changes nothing', () => {
  const reader = createSongCopy(ANAS_TRACK, 'newer-song')

  expect(reader.verbs.toggleNote(ANAS_TRACK, 0, 60)).toBeUndefined()
  reader.verbs.setStepCount(32)
  reader.verbs.setParam(ANAS_TRACK, 'volume', 0)

  expect(reader.sent).toEqual([])
})

function exchange(...copies: readonly SongCopy[]): void {
  const updates = copies.flatMap(({ sent }) => sent.splice(0))
  for (const copy of copies) for (const update of updates) receive(copy, update)
}

type Edit = (copy: SongCopy) => void

const track = fc.constantFrom(ANAS_TRACK, BOS_TRACK)
const step = fc.integer({ min: 0, max: 3 })
const pitch = fc.integer({ min: 60, max: 63 })
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(track, step, pitch).map(([t, s, p]): Edit => ({ verbs }) => {
    verbs.toggleNote(t, s, p)
  }),
  fc
    .tuple(track, step, pitch, fc.integer({ min: 1, max: 127 }))
    .map(([t, s, p, velocity]): Edit => ({ verbs }) => {
      verbs.writeNote(t, { step: s, pitch: p, velocity, length: 1 })
    }),
  track.map((t): Edit => ({ verbs }) => {
    verbs.clearTrack(t)
  }),
  track.map((t): Edit => ({ verbs }) => {
    verbs.removeTrack(t)
  }),
  fc.constant<Edit>(({ verbs }) => {
    verbs.undo()
  }),
  fc.constant<Edit>(({ verbs }) => {
    verbs.redo()
  }),
  fc.constantFrom(...SUBDIVISIONS).map((subdivision): Edit => ({ verbs }) => {
    verbs.setParam(ANAS_TRACK, 'subdivision', subdivision)
  }),
  fc.constantFrom(...STEP_COUNTS).map((count): Edit => ({ verbs }) => {
    verbs.setStepCount(count)
  }),
  fc.constantFrom(...(Object.keys(SCALES) as ScaleName[])).map((scale): Edit => ({ verbs }) => {
    verbs.setScale((scale.length % 12) as PitchClass, scale)
  }),
)

test('[SYNC1] the song converges in every delivery order, with duplicates and with delays', () => {
  const person = fc.integer({ min: 0, max: 2 })
  const action = fc.record({ person, edit, deliver: fc.array(fc.nat(), { maxLength: 4 }) })
  fc.assert(
    fc.property(
      fc.array(action, { minLength: 1, maxLength: 25 }),
      fc.array(fc.nat()),
      (actions, shuffle) => {
        const copies = [createSongCopy(), createSongCopy(BOS_TRACK), createSongCopy(BOS_TRACK)]
        const updates: Uint8Array[] = []
        const deliver = (choice: number): void => {
          const update = updates[choice % Math.max(1, updates.length)]
          const to = copies[choice % copies.length]
          if (update !== undefined && to !== undefined) receive(to, update)
        }
        for (const { person: who, edit: change, deliver: choices } of actions) {
          const copy = copies[who]
          if (copy === undefined) continue
          change(copy)
          updates.push(...copy.sent.splice(0))
          choices.forEach(deliver)
        }
        // At last everybody gets everything, some of it twice, each in an order of their own.
        for (const [index, copy] of copies.entries()) {
          const order = [...updates, ...updates.slice(0, 3)]
          for (const [from, to] of shuffle.entries()) swap(order, from + index, to)
          for (const update of order) receive(copy, update)
        }

        const [first, ...others] = copies
        for (const other of others) expect(other.song()).toEqual(first?.song())
      },
    ),
    { numRuns: 300 },
  )
})

function swap(list: Uint8Array[], from: number, to: number): void {
  if (list.length === 0) return
  const [a, b] = [from % list.length, to % list.length]
  const [first, second] = [list[a], list[b]]
  if (first === undefined || second === undefined) return
  list[a] = second
  list[b] = first
}
