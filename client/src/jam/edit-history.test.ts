import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive, type WatchedCopy } from './testing.ts'

type Copy = ReturnType<typeof createSongCopy>

function createPair(): readonly [Copy, Copy] {
  const [ana, bo] = [createSongCopy(), createSongCopy(BOS_TRACK)]
  ana.verbs.setScale(0, 'major')
  exchange(ana, bo)
  return [ana, bo]
}

function exchange(...copies: readonly WatchedCopy[]): void {
  const updates = copies.flatMap(({ sent }) => sent.splice(0))
  for (const copy of copies) for (const update of updates) receive(copy, update)
}

const notesOf = (copy: Copy, track = ANAS_TRACK): readonly string[] =>
  [
    ...(copy
      .song()
      .tracks.find(({ id }) => id === track)
      ?.patterns.a.keys() ?? []),
  ].toSorted()

test('undo takes back one edit after the other, and redo does them again', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  ana.verbs.toggleNote(ANAS_TRACK, 1, 61)
  ana.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500)

  ana.verbs.undo()
  ana.verbs.undo()
  expect(notesOf(ana)).toEqual(['0/60'])
  expect(ana.song().tracks[0]?.sound.cutoffHz).toBe(INITIAL_SOUND.cutoffHz)

  ana.verbs.redo()
  ana.verbs.redo()
  expect(notesOf(ana)).toEqual(['0/60', '1/61'])
  expect(ana.song().tracks[0]?.sound.cutoffHz).toBe(500)
})

test('[SYNC16] each of two people takes back only what is theirs, in one bar of one track', () => {
  const [ana, bo] = createPair()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  exchange(ana, bo)
  bo.verbs.toggleNote(ANAS_TRACK, 1, 60)
  exchange(ana, bo)
  ana.verbs.toggleNote(ANAS_TRACK, 2, 60)
  exchange(ana, bo)

  bo.verbs.undo()
  exchange(ana, bo)
  expect(notesOf(ana)).toEqual(['0/60', '2/60'])

  ana.verbs.undo()
  ana.verbs.undo()
  exchange(ana, bo)
  expect(notesOf(bo)).toEqual([])
  expect(bo.song()).toEqual(ana.song())
})

test('[SYNC16] what somebody else has written over stays, and is told', () => {
  const [ana, bo] = createPair()
  ana.verbs.writeNote(ANAS_TRACK, { step: 0, pitch: 60, velocity: 50, length: 1 })
  ana.verbs.editNotes(ANAS_TRACK, {
    remove: [],
    write: [0, 1].map((step) => ({ step, pitch: 60, velocity: 70, length: 1 })),
  })
  exchange(ana, bo)
  bo.verbs.writeNote(ANAS_TRACK, { step: 0, pitch: 60, velocity: 120, length: 2 })
  exchange(ana, bo)

  const outcome = ana.verbs.undo()

  expect(outcome).toMatchObject({ changed: 1, overtaken: 1 })
  expect([...(ana.song().tracks[0]?.patterns.a.values() ?? [])]).toEqual([
    { step: 0, pitch: 60, velocity: 120, length: 2 },
  ])
})

test('an earlier edit can be taken back by itself', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  const [first] = ana.verbs.history.read()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 61)

  ana.verbs.undo(first?.id)

  expect(notesOf(ana)).toEqual(['1/61'])
  expect(ana.verbs.history.read()).toMatchObject([
    { kind: 'write-note', isUndone: false },
    { kind: 'write-note', id: first?.id, isUndone: true },
  ])
})

test('a new edit forgets what could have been done again', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  ana.verbs.undo()
  ana.verbs.toggleNote(ANAS_TRACK, 5, 65)

  expect(ana.verbs.redo()).toBeUndefined()
  expect(notesOf(ana)).toEqual(['5/65'])
})

test('an edit that changed nothing is none', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)

  ana.verbs.removeNote(ANAS_TRACK, 3, 63)
  ana.verbs.setParam(ANAS_TRACK, 'volume', INITIAL_SOUND.volume)
  ana.verbs.setScale(0, 'chromatic')

  expect(ana.verbs.history.read()).toHaveLength(1)
})

test('in a song that cannot be changed nothing is taken back, and the edit is still there to be', () => {
  let writable: 'yes' | 'full' | 'listening' = 'yes'
  const ana = createSongCopy(ANAS_TRACK, () => writable)
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  ana.verbs.clearTrack(ANAS_TRACK)
  writable = 'listening'
  expect(ana.verbs.undo()).toBeUndefined()
  writable = 'full'
  // It would bring a note back.
  expect(ana.verbs.undo()).toBeUndefined()
  writable = 'yes'

  ana.verbs.undo()
  expect(notesOf(ana)).toEqual(['0/60'])
  // To take the note away again makes the song smaller.
  writable = 'full'
  expect(ana.verbs.undo()).toMatchObject({ changed: 1 })
  expect(notesOf(ana)).toEqual([])
})

test('notes on a track that somebody else removed do not come back by themselves', () => {
  const [ana, bo] = createPair()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  ana.verbs.clearTrack(ANAS_TRACK)
  exchange(ana, bo)
  bo.verbs.removeTrack(ANAS_TRACK)
  exchange(ana, bo)

  expect(ana.verbs.undo()).toMatchObject({ changed: 0, overtaken: 1 })
  expect(ana.song().tracks).toEqual([])
})

test('a change of the step count can be taken back once its moment has passed and it is plain', () => {
  const ana = createSongCopy()
  ana.verbs.setStepCount(16)
  ana.verbs.setStepCount(32, { before: 16, epoch: 'e', sharedMs: 5 })
  ana.doc.getMap('room').set('stepCount', 32)

  ana.verbs.undo()

  expect(ana.song()).toMatchObject({ stepCount: 16 })
  expect(ana.song().stepChange).toBeUndefined()
})

test('a large part that is taken back leaves all that was there, and all that others wrote since', () => {
  const [ana, bo] = createPair()
  const notes = Array.from({ length: 60 }, (_, step) => ({
    step,
    pitch: 40,
    velocity: 90,
    length: 1,
  }))
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  ana.verbs.writePart(ANAS_TRACK, { notes, sound: INITIAL_SOUND, subdivision: 2 })
  exchange(ana, bo)
  bo.verbs.toggleNote(ANAS_TRACK, 9, 99)
  exchange(ana, bo)

  ana.verbs.undo()
  exchange(ana, bo)

  expect(notesOf(ana)).toEqual(['0/60', '9/99'])
  expect(bo.song()).toEqual(ana.song())
  expect(ana.song().tracks[0]?.subdivision).toBe(4)
})

const step = fc.integer({ min: 0, max: 2 })
const act = fc.oneof(
  step.map((at) => (copy: Copy) => void copy.verbs.toggleNote(ANAS_TRACK, at, 60)),
  step.map((at) => (copy: Copy) => void copy.verbs.toggleNote(ANAS_TRACK, at, 60, 'c')),
  step.map(
    (at) => (copy: Copy) =>
      void copy.verbs.editNotes(ANAS_TRACK, {
        remove: [{ step: at, pitch: 60 }],
        write: [{ step: 2, pitch: 60, velocity: 1 + at, length: 1 }],
      }),
  ),
  fc.constant((copy: Copy) => void copy.verbs.clearTrack(ANAS_TRACK)),
  fc.constant((copy: Copy) => void copy.verbs.removeTrack(ANAS_TRACK)),
  fc.constant((copy: Copy) => void copy.verbs.setParam(ANAS_TRACK, 'title', 'Bass')),
  step.map((at) => (copy: Copy) => void copy.verbs.setScale(at === 1 ? 1 : 0, 'major')),
)

test('alone, whatever was done, undo leads all the way back and redo all the way on', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const ana = createSongCopy()
      ana.verbs.toggleNote(ANAS_TRACK, 7, 70)
      const before = ana.song()
      const steps = ana.verbs.history.read().length
      for (const each of acts) each(ana)
      const after = ana.song()
      while (ana.verbs.history.read().filter(({ isUndone }) => !isUndone).length > steps) {
        ana.verbs.undo()
      }
      expect(ana.song()).toEqual(before)
      while (ana.verbs.redo() !== undefined);
      expect(ana.song()).toEqual(after)
    }),
    { numRuns: 60 },
  )
})
