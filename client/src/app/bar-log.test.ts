import { expect, test } from 'vitest'
import type { FrameTempo } from '../sound/engine-types.ts'
import { createBarLog } from './bar-log.ts'

const BEAT = 24_000
const BAR = 4 * BEAT
const BEGIN = 10_000

const playing = (frame = BEGIN, beat = 0, framesPerBeat = BEAT): FrameTempo => [
  { frame, beat, framesPerBeat, playing: true },
]
const still = (frame: number): FrameTempo => [
  { frame, beat: 0, framesPerBeat: BEAT, playing: false },
]

test('the last whole bars end at the last bar line that was played', () => {
  const log = createBarLog()
  log.follow(playing(), 5000)

  const bars = log.bars(2, BEGIN + 3.7 * BAR, 0)

  expect(bars).toEqual({ count: 2, from: BEGIN + BAR, to: BEGIN + 3 * BAR })
})

test('fewer are given where fewer were played, or are left on the tape', () => {
  const log = createBarLog()
  log.follow(playing(), 0)

  expect(log.bars(4, BEGIN + 0.9 * BAR, 0)).toBeUndefined()
  expect(log.bars(4, BEGIN + 2.5 * BAR, 0)).toEqual({ count: 2, from: BEGIN, to: BEGIN + 2 * BAR })
  expect(log.bars(4, BEGIN + 2.5 * BAR, BEGIN + 1)).toMatchObject({ count: 1, from: BEGIN + BAR })
})

test('a song that was entered in mid-bar has no bar before its next line', () => {
  const log = createBarLog()
  log.follow(playing(), BEGIN + 0.5 * BAR)

  expect(log.bars(8, BEGIN + 2.5 * BAR, 0)).toMatchObject({ count: 1, from: BEGIN + BAR })
})

test('the beats that are counted in belong to no bar', () => {
  const log = createBarLog()
  log.follow(playing(BEGIN, -4), 0)

  expect(log.bars(8, BEGIN + 3.1 * BAR, 0)).toMatchObject({ count: 2, from: BEGIN + BAR })
})

test('after a stop the bars before it are still there, and a new start does not join them', () => {
  const log = createBarLog()
  log.follow(playing(), 0)
  log.follow(still(BEGIN + 2.25 * BAR), BEGIN + 2.25 * BAR)
  expect(log.bars(8, BEGIN + 5 * BAR, 0)).toMatchObject({ count: 2, to: BEGIN + 2 * BAR })

  const again = BEGIN + 5.5 * BAR
  log.follow(playing(again), again - 100)

  expect(log.bars(8, again + 0.5 * BAR, 0)).toMatchObject({ count: 2, to: BEGIN + 2 * BAR })
  expect(log.bars(8, again + 1.5 * BAR, 0)).toMatchObject({ count: 1, from: again })
})

test('a map that is corrected by a little moves a line, and repeats or skips none', () => {
  const log = createBarLog()
  log.follow(playing(), 0)
  // The line of bar 1 has just passed, and would come again; then bar 2 would be jumped over.
  log.follow(playing(BEGIN + 30), BEGIN + BAR + 10)
  log.follow(playing(BEGIN - 40), BEGIN + 2 * BAR - 10)

  expect(log.bars(8, BEGIN + 4.5 * BAR, 0)).toEqual({
    count: 4,
    from: BEGIN,
    to: BEGIN - 40 + 4 * BAR,
  })
})

test('bars go on over a change of tempo on its beat', () => {
  const log = createBarLog()
  const change = { frame: BEGIN + 6 * BEAT, beat: 6, framesPerBeat: 12_000, playing: true }
  log.follow([{ frame: BEGIN, beat: 0, framesPerBeat: BEAT, playing: true }, change], 0)

  expect(log.bars(8, BEGIN + 6 * BEAT + 7 * 12_000, 0)).toEqual({
    count: 3,
    from: BEGIN,
    to: BEGIN + 6 * BEAT + 6 * 12_000,
  })
})

test('a song that leaps elsewhere begins bars of its own', () => {
  const log = createBarLog()
  log.follow(playing(), 0)
  log.follow(playing(BEGIN + BEAT), BEGIN + 2.5 * BAR)

  expect(log.bars(8, BEGIN + 2.5 * BAR, 0)).toMatchObject({ count: 2 })
  expect(log.bars(8, BEGIN + 4.5 * BAR, 0)).toMatchObject({
    count: 1,
    from: BEGIN + BEAT + 3 * BAR,
  })
})

test('it remembers no more than a minute has', () => {
  const log = createBarLog()
  log.follow(playing(), 0)

  expect(log.bars(1000, BEGIN + 1000.5 * BAR, 0)?.count).toBeLessThan(101)
})
