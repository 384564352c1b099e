import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Handy, createHandStage } from './hand-stage.ts'

let room: Awaited<ReturnType<typeof createHandStage>>
let ana: Handy
beforeEach(async () => {
  room = await createHandStage()
  ;({ ana } = room)
  ana.hands.steps.begin(ana.track, 'a')
})
afterEach(() => {
  room.stage.close()
})

const press = (...pitches: number[]): void => {
  for (const pitch of pitches) ana.hands.press(ana.track, pitch, 90, ana.timers.now())
}
const letGo = (...pitches: number[]): void => {
  for (const pitch of pitches) ana.hands.letGo(pitch, ana.timers.now())
}
const strike = (...pitches: number[]): void => {
  press(...pitches)
  letGo(...pitches)
}
const at = (): number | undefined => ana.hands.steps.place.read()?.step
const lengths = (): readonly string[] =>
  [...(ana.jam.song.read().tracks[0]?.patterns.a.values() ?? [])].map(
    ({ step, pitch, length, velocity }) => `${step}/${pitch} ${length} ${velocity}`,
  )

test('[HAND10] a chord goes to one step, as it was struck, and its place goes on when the last key is let go', () => {
  press(60)
  expect(ana.written(), 'seen at once').toEqual(['0/60'])
  press(64)
  letGo(60)
  expect(at()).toBe(0)
  press(67)
  letGo(64, 67)
  expect(at()).toBe(1)
  strike(62)

  expect(lengths()).toEqual(['0/60 1 90', '0/64 1 90', '0/67 1 90', '1/62 1 90'])
  room.stage.pass(100)
  expect(room.bo.written(ana.track), 'everybody has it').toEqual(ana.written())
  expect(
    ana.notes.filter(({ velocity }) => velocity > 0),
    'and heard it played',
  ).toHaveLength(4)
})

test('[HAND10] the pedal holds what sounds, and not the place', () => {
  ana.hands.sustain(true, ana.timers.now())
  strike(60)
  strike(62)
  expect(ana.written()).toEqual(['0/60', '1/62'])
  ana.hands.sustain(false, ana.timers.now())
  expect(at()).toBe(2)
})

test('[HAND10] rests are passed over, longer steps written longer, and the loop begins again at its end', () => {
  ana.hands.setSettings({ stepLength: 4 })
  strike(60)
  ana.hands.steps.rest()
  strike(62)
  ana.hands.steps.moveTo(14)
  strike(64)

  expect(lengths()).toEqual(['0/60 4 90', '8/62 4 90', '14/64 4 90'])
  expect(at()).toBe(2)
})

test('[HAND10] what was entered last becomes longer and shorter, what is held by a rest', () => {
  expect(ana.hands.steps.lengthen(1), 'nothing was').toBe(false)
  strike(60)
  ana.hands.steps.lengthen(1)
  ana.hands.steps.lengthen(1)
  ana.hands.steps.lengthen(-1)
  expect(at()).toBe(2)
  press(62)
  ana.hands.steps.rest()
  letGo(62)
  expect(lengths()).toEqual(['0/60 2 90', '2/62 2 90'])
  expect(at()).toBe(4)
  ana.hands.steps.rest()
  expect(ana.hands.steps.lengthen(1), 'a rest is none').toBe(false)
})

test('[HAND10] a step is taken back as one, and what comes next is written there', () => {
  strike(60, 64)
  strike(62)
  ana.hands.steps.lengthen(1)
  ana.jam.verbs.undo()
  expect(ana.written()).toEqual(['0/60', '0/64'])
  expect(at()).toBe(1)
  ana.jam.verbs.redo()
  expect(ana.written()).toEqual(['0/60', '0/64', '1/62'])
  expect(at()).toBe(3)

  ana.hands.steps.rest()
  for (const [step, left] of [
    [3, 3],
    [1, 2],
    [0, 0],
    [15, 0],
  ] as const) {
    ana.hands.steps.back()
    expect([at(), ana.written().length]).toEqual([step, left])
  }
})

test('[HAND10] going back where somebody has written since leaves what they wrote', () => {
  strike(60)
  room.stage.pass(100)
  room.bo.jam.verbs.writeNote(ana.track, { step: 0, pitch: 60, velocity: 5, length: 1 }, 'a')
  room.stage.pass(100)
  ana.hands.steps.back()
  expect(lengths()).toEqual(['0/60 1 5'])
  expect(at()).toBe(0)
})

test('[HAND10] it adds to what stands there, or takes its place, as recording does', () => {
  ana.jam.verbs.toggleNote(ana.track, 0, 72)
  strike(60)
  expect(ana.written()).toEqual(['0/60', '0/72'])
  ana.hands.setSettings({ mode: 'replace' })
  ana.hands.steps.moveTo(0)
  strike(62, 65)
  expect(ana.written()).toEqual(['0/62', '0/65'])
  ana.jam.verbs.undo()
  expect(ana.written()).toEqual(['0/60', '0/72'])
})

test('[HAND10] a loop that others made shorter is kept to', () => {
  ana.hands.steps.moveTo(15)
  ana.jam.verbs.toggleNote(ana.track, 0, 72)
  ana.jam.verbs.setParam(ana.track, 'steps', 6)
  strike(60)
  expect(ana.written()).toEqual(['0/72', '3/60'])
  expect(at()).toBe(4)
})

test('[HAND10] it and recording end each other, and on a track that is locked nothing is written', async () => {
  ana.hands.record(ana.track, 'a')
  expect(at()).toBeUndefined()
  ana.hands.steps.begin(ana.track, 'a')
  expect(ana.hands.recording.read()).toBeUndefined()
  ana.hands.steps.end()
  strike(60)
  expect(ana.written()).toEqual([])

  const locked = await createHandStage(new Set([ana.track]))
  locked.ana.hands.steps.begin(ana.track, 'a')
  locked.ana.strike(60, 10)
  expect(locked.ana.written()).toEqual([])
  expect(locked.ana.hands.steps.place.read()?.step).toBe(0)
  locked.stage.close()
})
