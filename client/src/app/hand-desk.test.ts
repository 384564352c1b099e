import { afterEach, beforeEach, expect, test } from 'vitest'
import { NOBODY } from '../jam/nobody.ts'
import { createFork } from '../jam/offline-fork.ts'
import { ANA, createHandStage } from './hand-stage.ts'

let room: Awaited<ReturnType<typeof createHandStage>>
beforeEach(async () => {
  room = await createHandStage()
})
afterEach(() => {
  room.stage.close()
})

test('[HAND1] who plays hears it at once; the others, in the pocket, a part of a beat later', () => {
  const { ana, bo, stage } = room
  const pressedMs = ana.sharedMs()
  ana.hands.press(ana.track, 60, 100, ana.timers.now())
  stage.pass(100)

  expect(ana.notes).toMatchObject([{ hand: 'me', pitch: 60, velocity: 100, frame: -Infinity }])
  const { ms = 0, beats } = ana.hands.pocket() ?? {}
  expect([1 / 32, 1 / 16, 1 / 8, 1 / 4]).toContain(beats)
  expect(bo.notes).toMatchObject([{ hand: ANA, track: ana.track, pitch: 60, velocity: 100 }])
  expect(bo.notes[0]?.frame).toBeCloseTo(pressedMs + ms, 0)
  expect(bo.notes[0]?.seed, 'it is the same stroke').toBe(ana.notes[0]?.seed)
  expect(bo.hands.heldByOthers.read()).toEqual([{ peer: ANA, track: ana.track, pitch: 60 }])
})

test('[HAND1] in a scale what sounds is of the scale, and on a kit each piece is its own', () => {
  const { ana, stage } = room
  ana.jam.verbs.setScale(0, 'major')
  ana.strike(61, 50)
  ana.jam.verbs.setParam(ana.track, 'instrument', 'drums')
  ana.strike(37, 50)
  stage.pass(50)

  const begun = ana.notes.filter(({ velocity }) => velocity > 0)
  expect(begun.map(({ key, pitch }) => [key, pitch])).toEqual([
    [61, 60],
    [37, 37],
  ])
})

test('[HAND7] the pedal holds what is let go; a key that is struck again under it begins anew', () => {
  const { ana } = room
  const said = (): readonly (readonly number[])[] =>
    ana.notes.map(({ key, velocity }) => [key, velocity])
  ana.hands.sustain(true, ana.timers.now())
  ana.strike(60, 50)
  expect(said()).toEqual([[60, 100]])
  expect(ana.hands.pressed.read()).toEqual([60])

  ana.strike(60, 50)
  ana.hands.sustain(false, ana.timers.now())

  expect(said()).toEqual([
    [60, 100],
    [60, 0],
    [60, 100],
    [60, 0],
  ])
  expect(ana.hands.pressed.read()).toEqual([])
})

test('[HAND8] what is recorded is written where it was played, and heard in the next round first', () => {
  const { ana, bo, begin, stage } = room
  ana.hands.setSettings({ strength: 0 })
  begin()
  ana.hands.record(ana.track, 'a')
  stage.pass(1000)
  // Step 8 and a sixth: 20 ms of 125.
  stage.pass(20)
  const { beats } = { beats: ana.jam.transport.read().current.beat }
  ana.strike(60, 100)
  stage.pass(100)

  expect(beats).toBe(0)
  expect(ana.written()).toEqual(['8/60 8'])
  expect(bo.written(ana.track)).toEqual(['8/60 8'])
  expect(ana.jam.history.read().at(-1)).toMatchObject({ kind: 'play', count: 1 })
})

test('[HAND8] a short note that is pulled onto a step that is still to come is not struck twice', () => {
  const { ana, begin, stage } = room
  ana.hands.setSettings({ strength: 100 })
  begin()
  ana.hands.record(ana.track, 'a')
  // 40 ms before step 8, held for 10.
  stage.pass(960)
  ana.strike(60, 10)
  stage.pass(30)
  expect(ana.written()).toEqual([])
  stage.pass(60)
  expect(ana.written()).toEqual(['8/60'])
})

test('[HAND8] a whole take is taken back as one, and what others wrote meanwhile stays', () => {
  const { ana, bo, begin, stage } = room
  ana.hands.setSettings({ strength: 100 })
  begin()
  ana.hands.record(ana.track, 'a')
  for (let note = 0; note < 3; note++) {
    ana.strike(60, 100)
    stage.pass(400)
  }
  bo.jam.verbs.toggleNote(ana.track, 15, 72)
  stage.pass(100)
  expect(ana.written()).toEqual(['0/60', '4/60', '8/60', '15/72'])

  ana.jam.verbs.undo()

  expect(ana.written()).toEqual(['15/72'])
})

test('[HAND8] replacing clears each step as it comes by, and leaves what is played in this round', () => {
  const { ana, begin, stage } = room
  for (const step of [2, 6, 10, 14]) ana.jam.verbs.toggleNote(ana.track, step, 72)
  ana.hands.setSettings({ mode: 'replace', strength: 100 })
  begin()
  stage.pass(500)
  ana.hands.record(ana.track, 'a')
  stage.pass(250)
  ana.strike(60, 60)
  stage.pass(440)
  ana.hands.stopRecording()
  stage.pass(500)

  // From step 4 up to step 10 it was recorded.
  expect(ana.written()).toEqual(['2/72', '6/60', '14/72'])
})

test('[HAND8] where the song stands it begins, with a bar counted in, and what is early is the first step', () => {
  const { ana, stage } = room
  ana.hands.setSettings({ strength: 100 })
  ana.hands.record(ana.track, 'a')
  expect(ana.click.read().countIn).toBe(true)
  // 100 ms until it begins, and four beats.
  stage.pass(2090)
  ana.strike(60, 60)
  stage.pass(200)

  expect(ana.written()).toEqual(['0/60'])
  ana.hands.stopRecording()
  expect(ana.click.read().countIn, 'as it was').toBe(false)
})

test('[HAND9] what was played and not recorded can be kept: with the song its last round', () => {
  const { ana, begin, stage } = room
  ana.hands.setSettings({ strength: 100 })
  begin()
  ana.strike(60, 100)
  stage.pass(1900)
  ana.strike(62, 100)
  stage.pass(400)
  ana.strike(64, 100)
  stage.pass(3000)

  expect(ana.hands.keepPlayed(ana.track, 'a')).toBe(2)
  expect(ana.written()).toEqual(['0/62', '4/64'])
  ana.jam.verbs.undo()
  expect(ana.written()).toEqual([])
})

test('[HAND9] it is written into the copy that is played now, such as one of a person who is offline', () => {
  const { ana, bo, stage } = room
  ana.strike(60, 100)
  const { copies } = ana.jam
  const undo = copies.detach(createFork(copies.shared().doc, { changes: [], lines: [] }), NOBODY)

  expect(ana.hands.keepPlayed(ana.track, 'a')).toBe(1)
  stage.pass(100)

  expect([ana.written(), bo.written(ana.track)]).toEqual([['0/60'], []])
  undo()
  expect(ana.written()).toEqual([])
})

test('[HAND9] without the song what was played since the last pause is kept, from its first note on', () => {
  const { ana, stage } = room
  ana.hands.setSettings({ strength: 100 })
  ana.strike(50, 100)
  stage.pass(3000)
  ana.strike(60, 100)
  stage.pass(400)
  ana.strike(62, 100)
  stage.pass(1000)

  expect(ana.hands.keepPlayed(ana.track, 'a')).toBe(2)
  expect(ana.written()).toEqual(['0/60', '4/62'])
})

test('[HAND9] when nothing was played there, or too long ago, nothing is kept', () => {
  const { ana, bo, stage } = room
  expect(ana.hands.keepPlayed(ana.track, 'a')).toBe(0)
  ana.strike(60, 100)
  expect(ana.hands.keepPlayed(bo.track, 'a')).toBe(0)
  stage.pass(181_000)
  expect(ana.hands.keepPlayed(ana.track, 'a')).toBe(0)
})

test('[HAND7] a track that is locked against one sounds under nobody’s hand, and nothing of it is kept', async () => {
  const shut = await createHandStage(new Set([room.bo.track]))
  shut.ana.hands.press(shut.bo.track, 60, 100, shut.ana.timers.now())
  shut.ana.hands.record(shut.bo.track, 'a')
  shut.stage.pass(100)

  expect([shut.ana.notes, shut.bo.notes]).toEqual([[], []])
  expect(shut.ana.hands.recording.read()).toBeUndefined()
  expect(shut.ana.hands.keepPlayed(shut.bo.track, 'a')).toBe(0)
  shut.stage.close()
})

test('[HAND7] how one plays is remembered, and junk in its place is as usual', () => {
  const { ana } = room
  ana.hands.setSettings({ timing: 'now', strength: 130, octave: 0, stepLength: 99 })

  expect(ana.hands.settings.read()).toEqual({
    ...{ timing: 'now', layout: 'piano', mode: 'overdub', strength: 100, octave: 1 },
    stepLength: 16,
  })
  expect(ana.hands.pocket()).toBeUndefined()
})
