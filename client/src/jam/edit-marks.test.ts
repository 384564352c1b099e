import { afterEach, beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createEditMarks, type EditMark } from './edit-marks.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

function marksOf({ jam, timers }: Jammer) {
  const shown: (readonly EditMark[])[] = []
  const { marks, close } = createEditMarks({ ...jam, timers })
  marks.subscribe((next) => shown.push(next))
  return { marks, close, shown }
}

const words = (marks: readonly EditMark[]): readonly string[] =>
  marks.map(({ peer, pattern, step, pitch }) => `${peer[0] ?? ''} ${pattern}/${step}/${pitch}`)

test('what another writes and takes away is marked as theirs for a second, one’s own is not', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const { marks } = marksOf(bo)

  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  bo.jam.verbs.toggleNote(ana.track, 5, 64, 'b')
  stage.pass(100)
  expect(words(marks.read())).toEqual(['a a/3/60'])
  stage.pass(950)
  expect(marks.read()).toEqual([])
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.pass(100)

  expect(words(marks.read())).toEqual(['a a/3/60'])
  expect(marks.read()[0]?.track).toBe(ana.track)
})

test('however fast others write, marks begin at most twice a second', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  const { shown } = marksOf(cy)
  let flashes = 0
  let lastId = 0

  for (let step = 0; step < 40; step++) {
    const { jam } = step % 2 === 0 ? ana : bo
    jam.verbs.toggleNote(ana.track, step, 60)
    stage.pass(50)
  }
  for (const marks of shown) {
    const newest = Math.max(0, ...marks.map(({ id }) => id))
    if (newest > lastId) flashes += 1
    lastId = Math.max(lastId, newest)
  }

  expect(flashes).toBeGreaterThanOrEqual(3)
  expect(flashes).toBeLessThanOrEqual(5)
})

test('a note that is written again while it is marked has one mark, of whoever wrote last', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  stage.pass(200)
  const { marks } = marksOf(cy)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.pass(100)

  bo.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.pass(600)

  expect(words(marks.read())).toEqual(['b a/3/60'])
})

test('the song that a newcomer gets, and one that is opened, is nobody’s edit of now', async () => {
  const ana = await stage.join(ANA)
  await stage.join(CY)
  for (let step = 0; step < 20; step++) ana.jam.verbs.toggleNote(ana.track, step, 60)
  const bo = await stage.join(BO)
  const { shown } = marksOf(bo)
  stage.pass(300)
  const write = Array.from({ length: 65 }, (_, index) => ({
    step: index % 64,
    pitch: 40 + Math.floor(index / 64),
    velocity: 100,
    length: 1,
  }))

  ana.jam.verbs.editNotes(ana.track, { remove: [], write })
  stage.pass(300)

  expect(bo.jam.song.read().tracks[0]?.patterns.a.size).toBe(85)
  expect(shown).toEqual([])
})

test('what this page brings over to a new sheet for somebody else is no edit of theirs now', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.pass(2000)
  const { shown } = marksOf(bo)

  const sheet = bo.doc.getMap('sheets').get(ana.track) as Y.Map<unknown>
  sheet.set('a/5/60', [228, ana.doc.clientID, 0])

  expect(shown).toEqual([])
})

test('what is closed leaves no timer', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)
  const before = bo.timers.waiting()
  const { close, marks } = marksOf(bo)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.meshes.deliverAll()
  expect(marks.read()).toHaveLength(1)

  close()

  expect(bo.timers.waiting()).toBeLessThanOrEqual(before)
})

test('what somebody brings over in another’s name is marked as nobody’s', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  stage.pass(200)
  const { marks } = marksOf(bo)
  const { doc, sheets } = cy.jam.copy.read()
  const anas = ana.jam.copy.read().doc.clientID

  doc.transact(() => sheets.of(ana.track)?.set('a/7/64', [228, anas, 1_000_000]))
  stage.pass(300)

  expect(bo.jam.copy.read().sheets.entry(ana.track, 'a/7/64')).toBeDefined()
  expect(words(marks.read())).toEqual([])
})
