import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, createHandStage } from './hand-stage.ts'

let room: Awaited<ReturnType<typeof createHandStage>>
beforeEach(async () => {
  room = await createHandStage()
})
afterEach(() => {
  room.stage.close()
})

test('[HAND7] a bend is of the track that is played, at the others too', () => {
  const { ana, bo, stage } = room
  ana.hands.press(ana.track, 60, 100, ana.timers.now())
  ana.hands.bend(2)
  stage.pass(100)

  expect(ana.bends.at(-1)).toEqual({ hand: 'me', track: ana.track, semitones: 2, wheel: 0 })
  expect(bo.bends.at(-1)).toEqual({ hand: ANA, track: ana.track, semitones: 2, wheel: 0 })
  ana.hands.press(bo.track, 60, 100, ana.timers.now())
  stage.pass(100)
  expect(bo.bends.at(-1)).toEqual({ hand: ANA, track: ana.track, semitones: 0, wheel: 0 })
  expect(bo.hands.heldByOthers.read()).toEqual([{ peer: ANA, track: bo.track, pitch: 60 }])
})

test('[HAND12] the modulation wheel is heard by all as far as it is turned, on the next track too, and by whoever missed it', () => {
  const { ana, bo, stage } = room
  ana.hands.wheel(0.5)
  ana.hands.press(ana.track, 60, 100, ana.timers.now())
  stage.pass(50)
  expect(ana.bends.at(-1)).toEqual({ hand: 'me', track: ana.track, semitones: 0, wheel: 0.5 })
  const there = bo.bends.at(-1)
  expect(there).toMatchObject({ hand: ANA, track: ana.track, semitones: 0 })
  expect(there?.wheel).toBeCloseTo(0.5, 2)

  ana.hands.wheel(1)
  ana.hands.bend(1)
  stage.pass(100)
  expect(bo.bends.at(-1)).toEqual({ hand: ANA, track: ana.track, semitones: 1, wheel: 1 })
  ana.hands.letAllGo()
  ana.hands.press(bo.track, 60, 100, ana.timers.now())
  stage.pass(100)
  expect(bo.bends.at(-1)).toEqual({ hand: ANA, track: bo.track, semitones: 0, wheel: 1 })
  ana.hands.wheel(0)
  stage.pass(100)
  expect(bo.bends.at(-1)).toEqual({ hand: ANA, track: bo.track, semitones: 0, wheel: 0 })
})

test('[HAND11] what an arpeggiator is to play gets to it on the same beat here and there, and what is let go with it', () => {
  const { ana, bo, begin, stage } = room
  ana.jam.verbs.setParam(ana.track, 'arp', 'on')
  begin()
  stage.pass(300)
  const pressedMs = ana.sharedMs()
  ana.hands.press(ana.track, 60, 100, ana.timers.now())
  ana.jam.verbs.setParam(ana.track, 'arp', 'off')
  ana.hands.letGo(60, ana.timers.now())
  stage.pass(200)

  const { ms = 0 } = ana.hands.pocket() ?? {}
  expect(ana.notes.map(({ velocity }) => velocity)).toEqual([100, 0])
  for (const [at, note] of ana.notes.entries()) {
    expect(note.frame, 'not before the others').toBeCloseTo(pressedMs + ms, 0)
    expect(note.beat).toBeCloseTo((300 + ms) / 500, 2)
    expect(bo.notes[at]?.beat).toBeCloseTo(note.beat ?? NaN, 3)
  }
  ana.hands.press(ana.track, 62, 100, ana.timers.now())
  expect(ana.notes.at(-1)?.frame, 'else at once').toBe(-Infinity)
})

test('[HAND7] whoever is hidden is silent also when they play a track that is not theirs, and holds no key', () => {
  const { ana, bo, stage } = room
  ana.hands.press(bo.track, 60, 100, ana.timers.now())
  stage.pass(50)
  expect(bo.notes).toMatchObject([{ key: 60, velocity: 100 }])

  bo.hidden.set(new Set([ANA]))
  expect(bo.notes.at(-1), 'what sounds ends').toMatchObject({ hand: ANA, key: 60, velocity: 0 })
  expect(bo.hands.heldByOthers.read()).toEqual([])
  ana.hands.press(bo.track, 64, 100, ana.timers.now())
  stage.pass(50)
  expect(bo.notes.filter(({ key, velocity }) => key === 64 && velocity > 0)).toEqual([])

  bo.hidden.set(new Set())
  expect(bo.hands.heldByOthers.read()).toHaveLength(2)
  ana.hands.press(bo.track, 67, 100, ana.timers.now())
  stage.pass(50)
  expect(bo.notes.at(-1)).toMatchObject({ key: 67, velocity: 100 })
})
