import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, BO } from '../jam/jam-stage.ts'
import { createSlotStage, play, type SlotStage, stepsOf } from './slot-stage.ts'

let stage: SlotStage
beforeEach(() => {
  stage = createSlotStage()
})
afterEach(() => {
  stage.close()
})

test('[SLOT13] who comes first gets the room back as it was left, and is told', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  stage.leave(ana)

  const bo = await stage.come(BO)
  await stage.live(1)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(bo.told).toEqual([expect.stringMatching(/^This jam is back as it was left on \w+, /)])
  await stage.live(30)
  expect(stage.writes()).toBe(1)
})

test('[SLOT13] who comes to people asks them, and not the server', async () => {
  await stage.come(ANA)

  const bo = await stage.come(BO, [ANA])
  await stage.live(5)

  expect(await bo.read).toBeUndefined()
  expect(stage.slots.asked.filter((name) => name === 'read')).toHaveLength(1)
})

test('[SLOT13] people who are here and bring nothing are not waited for for ever', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  stage.leave(ana)

  const bo = await stage.come(BO, [ANA])
  await stage.live(10)
  const before = stepsOf(bo, ana.track)
  await stage.live(8)

  expect([before, stepsOf(bo, ana.track)]).toEqual([[], [3]])
})

test('[SLOT13] with its newest version spoilt the one before comes back, and people are told', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  play(ana, 5)
  await stage.live(12)
  stage.leave(ana)
  const kept = [...stage.slots.rooms.values()][0]
  kept?.set(2, (kept.get(1) ?? new Uint8Array(0)).slice())

  const bo = await stage.come(BO)
  await stage.live(1)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(bo.told).toEqual([expect.stringMatching(/^What was left last could not be read\./)])
  play(bo, 1)
  await stage.live(3)
  expect(stage.versions()).toEqual([1, 2, 3])
})

test('[SLOT13] when nothing of it can be read people are told, and the jam begins anew', async () => {
  const roomId = await stage.roomId()
  stage.slots.rooms.set(roomId, new Map([[7, new Uint8Array(500)]]))

  const ana = await stage.come(ANA)
  await stage.live(1)
  play(ana, 0)
  await stage.live(3)

  expect(ana.told).toEqual([expect.stringMatching(/cannot be read/)])
  expect(stage.versions()).toEqual([7, 8])
})

test('[SLOT13] while the server cannot be reached it is asked again, and the jam goes on', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  stage.leave(ana)
  stage.slots.trouble = { outcome: 'away' }

  const bo = await stage.come(BO)
  await stage.live(1)
  play(bo, 1)
  expect(stepsOf(bo)).toEqual([1])
  stage.slots.trouble = undefined
  await stage.live(8)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(stepsOf(bo)).toEqual([1])
})
