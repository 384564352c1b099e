import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { laneChanges, laneHand, laneY, strokedSteps, velocityAt } from './velocity-lane.ts'

const note = (step: number, pitch: number, velocity = 100) => ({ step, pitch, velocity, length: 1 })
const to = (changes: ReturnType<typeof laneChanges>) =>
  changes.map((change) => [change.to?.step, change.to?.velocity])

test('the upper edge is the hardest, the lower one still sounds', () => {
  expect([velocityAt(6, 68), velocityAt(-50, 68)]).toEqual([127, 127])
  expect([velocityAt(62, 68), velocityAt(500, 68)]).toEqual([1, 1])
  for (const velocity of [1, 64, 127]) expect(velocityAt(laneY(velocity, 68), 68)).toBe(velocity)
})

test('a quick hand draws a straight line over the steps it skipped', () => {
  const points = [
    { step: 2, velocity: 20 },
    { step: 6, velocity: 100 },
    { step: 5, velocity: 90 },
  ]

  expect([...strokedSteps(points)]).toEqual([
    [2, 20],
    [3, 40],
    [4, 60],
    [5, 90],
    [6, 100],
  ])
})

test('a hand that goes over bars sets each, and leaves those alone that it did not touch', () => {
  const shown = patternOf([note(0, 60), note(1, 60), note(1, 64), note(5, 60)])
  const hand = laneHand({ step: 0, velocity: 50 }, [])

  const changes = laneChanges(
    {
      ...hand,
      points: [
        { step: 0, velocity: 50 },
        { step: 1, velocity: 70 },
      ],
    },
    shown,
    [],
  )

  expect(to(changes)).toEqual([
    [0, 50],
    [1, 70],
    [1, 70],
  ])
})

test('a bar of the selection takes all of it along, by as much', () => {
  const notes = [note(0, 60, 40), note(4, 60, 90)]
  const shown = patternOf([...notes, note(4, 62, 20)])
  const hand = laneHand({ step: 4, velocity: 90 }, notes)

  const changes = laneChanges(
    {
      ...hand,
      points: [
        { step: 4, velocity: 90 },
        { step: 7, velocity: 110 },
      ],
    },
    shown,
    notes,
  )

  expect(to(changes)).toEqual([
    [0, 60],
    [4, 110],
  ])
})

test('with one note selected only that one of a chord is set', () => {
  const shown = patternOf([note(4, 60, 40), note(4, 64, 90)])
  const selected = [note(4, 60, 40)]
  const hand = laneHand({ step: 4, velocity: 70 }, selected)

  expect(laneChanges(hand, shown, selected)).toEqual([
    { from: note(4, 60, 40), to: note(4, 60, 70) },
  ])
})
