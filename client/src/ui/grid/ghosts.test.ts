import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { ghostOf } from './ghosts.ts'

const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 100, length })
const own = ({ pitch }: { pitch: number }) => pitch
const ghost = (subdivision: number, stepCount: number, notes: ReturnType<typeof note>[]) =>
  ghostOf(
    { subdivision, stepCount, pattern: patternOf(notes), colour: 'theirs' },
    { subdivision: 4, stepCount: 16 },
    own,
  ).notes.map(({ start, length }) => [start, length])

test('steps of another length stand where they sound along these', () => {
  expect(ghost(2, 8, [note(1, 60), note(3, 60, 2)])).toEqual([
    [2, 2],
    [6, 4],
  ])
})

test('a shorter loop comes again, a longer one is cut', () => {
  expect(ghost(4, 8, [note(1, 60)])).toEqual([
    [1, 1],
    [9, 1],
  ])
  expect(ghost(1, 16, [note(3, 60), note(4, 60)])).toEqual([[12, 4]])
})

test('a note that is not heard there casts no ghost', () => {
  const loop = { subdivision: 4, stepCount: 16 }
  const pattern = patternOf([note(0, 60), note(17, 62), note(15, 62, 9)])

  const { notes } = ghostOf({ ...loop, pattern, colour: 'theirs' }, loop, ({ pitch }) =>
    pitch === 60 ? undefined : pitch,
  )

  expect(notes).toEqual([{ start: 15, length: 1, pitch: 62 }])
})
