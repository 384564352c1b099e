import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ChordLane, LaneChord } from '../sequence/chord-lane.ts'
import { createChordVerbs } from './chord-verbs.ts'
import { docShape } from './doc-shape.ts'
import { hasBecomeAnother, planOf } from './offline-plan.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'

const C: LaneChord = { root: 0, quality: 'major', halfBars: 2 }
const AM: LaneChord = { root: 9, quality: 'minor', halfBars: 2 }
const F: LaneChord = { root: 5, quality: 'major', halfBars: 4 }
const G7: LaneChord = { root: 7, quality: '7', halfBars: 1 }

/** Two who have the same four chords, and hear of nothing more until it is passed on. */
function apart(): readonly [SongCopy, SongCopy] {
  const [ana, bo] = [createSongCopy(), createSongCopy(BOS_TRACK)]
  setChords(ana, [C, AM, F, G7])
  for (const update of ana.sent.splice(0)) receive(bo, update)
  return [ana, bo]
}
const meet = (ana: SongCopy, bo: SongCopy): void => {
  const [anas, bos] = [ana.sent.splice(0), bo.sent.splice(0)]
  for (const update of anas) receive(bo, update)
  for (const update of bos) receive(ana, update)
}
const setChords = ({ verbs }: SongCopy, chords: ChordLane): unknown =>
  verbs.late(createChordVerbs).setChords(chords)
const placesOf = ({ doc }: SongCopy): readonly string[] =>
  [...docShape(doc).room.keys()].filter((key) => key.startsWith('chord/'))

test('[CHORD1] two who change different chords at once both have their way', () => {
  const [ana, bo] = apart()

  setChords(ana, [C, AM, F, { ...G7, quality: 'sus4' }])
  setChords(bo, [{ ...C, halfBars: 8 }, AM, F, G7])
  meet(ana, bo)

  expect(ana.song().chords).toEqual([{ ...C, halfBars: 8 }, AM, F, { ...G7, quality: 'sus4' }])
  expect(bo.song().chords).toEqual(ana.song().chords)
})

test('[CHORD1] what stands already is not written, and what is taken away leaves nothing', () => {
  const [ana] = apart()

  setChords(ana, [C, AM, F, G7])
  expect(ana.sent).toEqual([])
  setChords(ana, [C])

  expect(placesOf(ana)).toEqual(['chord/0'])
  setChords(ana, [])
  expect(placesOf(ana)).toEqual([])
  expect(ana.song()).not.toHaveProperty('chords')
})

test('[CHORD1] a chord that a stranger wrote badly is left out, and goes with the next change', () => {
  const [ana] = apart()
  docShape(ana.doc).room.set('chord/1', { root: 'A', quality: 'minor', halfBars: 2 })
  expect(ana.song().chords).toEqual([C, F, G7])

  setChords(ana, [C, F])

  expect(placesOf(ana)).toEqual(['chord/0', 'chord/1'])
  expect(ana.song().chords).toEqual([C, F])
})

test('[SYNC1] however the changes of two meet, both have the same chords', () => {
  const chord = fc.constantFrom(C, AM, F, G7)
  const lanes = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.array(chord, { maxLength: 16 })))
  fc.assert(
    fc.property(lanes, (changes) => {
      const [ana, bo] = apart()
      for (const [isAnas, meets, lane] of changes) {
        setChords(isAnas ? ana : bo, lane)
        if (meets) meet(ana, bo)
      }
      meet(ana, bo)

      expect(ana.song().chords).toEqual(bo.song().chords)
    }),
    { numRuns: 30 },
  )
})

test('[SYNC16] taking it back leaves what somebody else has written since', () => {
  const [ana, bo] = apart()
  setChords(ana, [AM, AM, AM, AM])
  meet(ana, bo)
  setChords(bo, [AM, AM, AM, { ...AM, halfBars: 1 }])
  meet(ana, bo)

  const outcome = ana.verbs.undo()

  expect(outcome).toMatchObject({ step: { kind: 'chords' }, changed: 2, overtaken: 1 })
  expect(ana.song().chords).toEqual([C, AM, F, { ...AM, halfBars: 1 }])
})

test('who only listens writes no chords; a full song can be rid of them', () => {
  const [ana] = apart()
  const update = Y.encodeStateAsUpdate(ana.doc)
  const copyThat = (is: 'listening' | 'full'): SongCopy => {
    const copy = createSongCopy(BOS_TRACK, is)
    receive(copy, update)
    return copy
  }

  expect(setChords(copyThat('listening'), [])).toBe('listening')
  expect(setChords(copyThat('full'), [C])).toBe('full')
  const full = copyThat('full')
  expect(setChords(full, [])).toBeUndefined()
  expect(full.song()).not.toHaveProperty('chords')
})

test('a track follows chords by a word on its sheet; any other is none', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)
  const followOf = (word: string): unknown => {
    ana.verbs.setParam(ANAS_TRACK, 'follow', word)
    return ana.song().tracks[0]?.follow
  }

  expect(['root', 'chord', 'elsewhere', ''].map(followOf)).toEqual([
    'root',
    'chord',
    undefined,
    undefined,
  ])
})

test('[SYNC25] chords that were changed out of reach are part of what is brought in', () => {
  const [base, mine] = apart()
  const lane: ChordLane = [C, AM, F, { ...G7, halfBars: 2 }]
  setChords(mine, lane)

  expect(hasBecomeAnother(base.doc, mine.doc)).toBe(true)
  expect(planOf(base.doc, mine.doc, base.doc).changes).toEqual([
    {
      place: { in: 'room', key: 'chord/3' },
      before: { root: 7, quality: '7', halfBars: 1 },
      after: { root: 7, quality: '7', halfBars: 2 },
    },
  ])
})
