import * as Y from 'yjs'
import { expect, onTestFinished, test } from 'vitest'
import { noteKey } from '../sequence/pattern.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import { ANA, BO, createJamStage, type Jammer } from './jam-stage.ts'
import { travel } from './offline-stage.ts'

const C4 = 60
const LONG_MS = 15_000
const SETTLED_MS = 10_000

/** Steps, from 0, on which a track has a C4. */
const stepsOf = (song: Song, track: TrackId): readonly number[] => {
  const found = song.tracks.find(({ id }) => id === track)
  return Array.from({ length: 16 }, (_, step) => step).filter(
    (step) => found?.patterns.a.has(noteKey(step, C4)) === true,
  )
}
const heardBy = ({ jam }: Jammer, { track }: Jammer): readonly number[] =>
  stepsOf(jam.song.read(), track)
const write = (by: Jammer, step: number, { track }: Jammer = by): void => {
  by.jam.verbs.toggleNote(track, step, C4)
}

/** Ana and bo with a note each; ana goes offline and is so for long. */
async function apart() {
  const stage = createJamStage()
  onTestFinished(stage.close)
  const [first, bo] = [await stage.join(ANA), await stage.join(BO)]
  const ana = await travel(stage, first)
  onTestFinished(ana.keeper.close)
  stage.pass(6000)
  write(ana, 0)
  write(bo, 1)
  stage.pass(1000)
  ana.goOffline()
  stage.pass(LONG_MS)
  return { stage, ana, bo }
}

test('[SYNC25] what is written offline is heard at once, and is nobody else’s until it is added', async () => {
  const { stage, ana, bo } = await apart()
  write(ana, 4)
  write(ana, 0)
  write(bo, 9)
  expect(heardBy(ana, ana)).toEqual([4])

  ana.comeBack()
  stage.pass(SETTLED_MS)

  expect(heardBy(bo, ana), 'the room has what it had').toEqual([0])
  expect(heardBy(ana, ana), 'and ana hears the room').toEqual([0])
  expect(heardBy(ana, bo)).toEqual([1, 9])
  expect(ana.keeper.offer.read()).toMatchObject({ notes: 1, removedNotes: 1, tracks: 0 })

  expect(ana.keeper.add()).toBeUndefined()
  stage.pass(1000)

  for (const jammer of [ana, bo]) {
    expect(heardBy(jammer, ana)).toEqual([4])
    expect(heardBy(jammer, bo)).toEqual([1, 9])
  }
  expect(ana.keeper.offer.read()).toBeUndefined()
  expect(ana.disk.kept).toBeUndefined()
})

test('adding it is one edit, and undo takes it back for everybody', async () => {
  const { stage, ana, bo } = await apart()
  for (const step of [4, 5, 6]) write(ana, step)
  write(bo, 9)
  ana.comeBack()
  stage.pass(SETTLED_MS)
  ana.keeper.add()
  stage.pass(1000)
  expect(heardBy(bo, ana)).toEqual([0, 4, 5, 6])
  expect(ana.jam.history.read().at(-1)).toMatchObject({ kind: 'offline' })

  ana.jam.verbs.undo()
  stage.pass(1000)

  for (const jammer of [ana, bo]) expect(heardBy(jammer, ana)).toEqual([0])
  expect(heardBy(ana, bo)).toEqual([1, 9])
})

test('it is listened to within the room’s song as that goes on, and nobody else hears it', async () => {
  const { stage, ana, bo } = await apart()
  write(ana, 4)
  write(bo, 9)
  ana.comeBack()
  stage.pass(SETTLED_MS)

  ana.keeper.hear(true)
  write(bo, 10)
  stage.pass(1000)

  const heard = ana.keeper.heard.read()
  if (heard === undefined) throw new Error('ana must hear something')
  expect(stepsOf(heard, ana.track)).toEqual([0, 4])
  expect(stepsOf(heard, bo.track)).toEqual([1, 9, 10])
  expect(heardBy(bo, ana)).toEqual([0])
  ana.keeper.hear(false)
  expect(ana.keeper.heard.read()).toBeUndefined()
})

test('[SYNC25] where nobody went on meanwhile it goes in by itself', async () => {
  const { stage, ana, bo } = await apart()
  const merged: unknown[] = []
  ana.keeper.onMerged(() => merged.push('merged'))
  write(ana, 4)

  ana.comeBack()
  stage.pass(SETTLED_MS)

  expect(heardBy(bo, ana)).toEqual([0, 4])
  expect(merged).toHaveLength(1)
  expect(ana.keeper.offer.read()).toBeUndefined()
})

test('[SYNC25] a short outage merges as ever, whatever the others did', async () => {
  const stage = createJamStage()
  onTestFinished(stage.close)
  const [first, bo] = [await stage.join(ANA), await stage.join(BO)]
  const ana = await travel(stage, first)
  onTestFinished(ana.keeper.close)
  stage.pass(6000)

  ana.goOffline()
  stage.pass(5000)
  write(ana, 4)
  write(bo, 9)
  ana.comeBack()
  stage.pass(SETTLED_MS)

  expect(heardBy(bo, ana)).toEqual([4])
  expect(heardBy(ana, bo)).toEqual([9])
  expect(ana.keeper.offer.read()).toBeUndefined()
})

test('[SYNC25] a page that starts out of reach for a moment merges as ever, too', async () => {
  const stage = createJamStage()
  onTestFinished(stage.close)
  const bo = await stage.join(BO)
  stage.meshes.partition(ANA, BO)
  const ana = await travel(stage, await stage.join(ANA), { reached: 'nobody' })
  onTestFinished(ana.keeper.close)
  stage.pass(4000)
  write(ana, 4)
  expect(stepsOf(ana.jam.copies.shared().song.read(), ana.track)).toEqual([])
  write(bo, 9)

  ana.comeBack()
  stage.pass(SETTLED_MS)

  expect(heardBy(bo, ana)).toEqual([4])
  expect(ana.keeper.offer.read()).toBeUndefined()
})

test('in a room of one’s own nothing is held', async () => {
  const stage = createJamStage()
  onTestFinished(stage.close)
  const ana = await travel(stage, await stage.join(ANA), { hasMet: false })
  onTestFinished(ana.keeper.close)
  ana.goOffline()
  stage.pass(LONG_MS)

  write(ana, 4)

  expect(stepsOf(ana.jam.song.read(), ana.track)).toEqual([4])
  expect(ana.jam.copies.shared().song.read()).toBe(ana.jam.song.read())
  expect(ana.disk.kept).toBeUndefined()
})

test('what was dropped comes back by its undo, and what is kept aside stays on the disk', async () => {
  const { stage, ana, bo } = await apart()
  write(ana, 4)
  write(bo, 9)
  ana.comeBack()
  stage.pass(SETTLED_MS)

  const undo = ana.keeper.drop()
  expect(ana.keeper.offer.read()).toBeUndefined()
  expect(ana.disk.kept).toBeUndefined()
  undo()
  expect(ana.keeper.offer.read()).toMatchObject({ notes: 1 })

  ana.keeper.keepAside()
  expect(ana.keeper.offer.read()).toBeUndefined()
  expect(ana.disk.kept).toBeDefined()
})

test('a page that was closed offline offers it when it comes back, and goes on with it while nobody is there', async () => {
  const { stage, ana, bo } = await apart()
  write(ana, 4)
  const { disk } = ana
  const song = Y.encodeStateAsUpdate(ana.jam.copies.shared().doc)
  ana.keeper.close()
  ana.jam.leave()
  ana.mesh.close()

  stage.meshes.partition(ANA, BO)
  const again = await travel(stage, await stage.join(ANA, 0, 0.5, song), {
    disk,
    reached: 'nobody',
  })
  onTestFinished(again.keeper.close)
  stage.pass(3000)
  expect(heardBy(again, again), 'it plays on').toEqual([0, 4])
  write(again, 5)
  write(bo, 9)
  again.comeBack()
  stage.pass(20_000)

  expect(again.keeper.offer.read()).toMatchObject({ notes: 2 })
  expect(heardBy(again, again)).toEqual([0])
})

test('a track that the others took away comes back with what was written on it', async () => {
  const { stage, ana, bo } = await apart()
  write(ana, 4)
  bo.jam.verbs.removeTrack(ana.track)
  ana.comeBack()
  stage.pass(SETTLED_MS)
  expect(ana.keeper.offer.read()).toMatchObject({ tracks: 1, notes: 2 })

  ana.keeper.add()
  stage.pass(1000)

  expect(heardBy(bo, ana)).toEqual([0, 4])
})

test('a track taken away offline stays where the others went on with it', async () => {
  const { stage, ana, bo } = await apart()
  ana.jam.verbs.removeTrack(bo.track)
  write(bo, 9)
  ana.comeBack()
  stage.pass(SETTLED_MS)

  expect(ana.keeper.offer.read()).toBeUndefined()
  expect(heardBy(ana, bo)).toEqual([1, 9])
})

test('what was written before is taken back offline as well', async () => {
  const { ana } = await apart()

  ana.jam.verbs.undo()

  expect(heardBy(ana, ana)).toEqual([])
  expect(ana.jam.copies.shared().song.read()).not.toBe(ana.jam.song.read())
})
