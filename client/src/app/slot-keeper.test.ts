import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ANA, BO, CY } from '../jam/jam-stage.ts'
import { roomIdOf } from '../net/room-id.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import { createSlotStage, play, type SlotStage, stepsOf } from './slot-stage.ts'

let stage: SlotStage
beforeEach(() => {
  stage = createSlotStage()
})
afterEach(() => {
  stage.close()
})

test('[SLOT12] a change is written soon, further ones at most every ten seconds, and no change not at all', async () => {
  const ana = await stage.come(ANA)
  await stage.live(3)
  expect(stage.writes()).toBe(0)

  play(ana, 0)
  await stage.live(3)
  const first = stage.writes()
  for (let step = 1; step < 6; step++) {
    play(ana, step)
    await stage.live(1)
  }
  const soon = stage.writes()
  await stage.live(10)
  const later = stage.writes()
  await stage.live(60)

  expect([first, soon, later, stage.writes()]).toEqual([1, 1, 2, 2])
})

test('[SLOT12] one writes for all who may edit, and another when that one has gone', async () => {
  const ana = await stage.come(ANA)
  const bo = await stage.come(BO, [ANA])
  await stage.live(2)

  play(bo, 0)
  await stage.live(15)
  const together = stage.writes()
  stage.leave(ana)
  play(bo, 1)
  await stage.live(15)

  expect(together).toBe(1)
  expect(stage.versions().at(-1)).toBe(2)
})

test('[SLOT12] who only listens writes nothing, also when alone', async () => {
  const ana = await stage.come(ANA)
  const bo = await stage.come(BO, [ANA], { isListener: true })
  play(ana, 0)
  await stage.live(3)
  stage.leave(ana)
  const before = stage.writes()

  await stage.live(30)
  bo.keeper.flush()
  await stage.live(1)

  expect(stage.writes()).toBe(before)
})

test('[SLOT12] a page that goes writes at once what is not written yet', async () => {
  const ana = await stage.come(ANA)
  play(ana, 0)
  await stage.live(5)
  play(ana, 1)
  await stage.live(0.25)

  ana.keeper.flush()

  await vi.waitFor(() => {
    expect(stage.writes()).toBe(2)
  })
})

test('[SLOT14] who finds that somebody else wrote takes that in and writes both', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  const bo = await stage.come(BO, [ANA], { apart: true })
  play(bo, 5)
  await stage.live(20)
  await vi.waitFor(() => {
    expect(stepsOf(bo, ana.track)).toEqual([3])
    expect(stage.versions()).toEqual([1, 2])
  })

  const cy = await stage.come(CY)
  await stage.live(2)

  expect(stepsOf(cy, ana.track)).toEqual([3])
  expect(stepsOf(cy, bo.track)).toEqual([5])
})

test('[SLOT12] while the server is away it is tried ever more rarely, and caught up with when it is back', async () => {
  const ana = await stage.come(ANA)
  await stage.live(1)
  stage.slots.trouble = { outcome: 'away' }
  play(ana, 0)

  await stage.live(300)
  const tries = stage.writes()
  stage.slots.trouble = undefined
  await stage.live(310)

  expect(tries).toBeLessThan(8)
  expect(tries).toBeGreaterThan(2)
  expect(stage.versions()).toEqual([1])
})

test('[SLOT9] a room that moves is written anew, and a host deletes what it left before', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)
  const old = ana.room.read()

  const keys = await deriveRoomKeys(createRoomSecret())
  const next = await roomIdOf(keys.authKey)
  ana.room.set(next)
  ana.keyring.turn(keys)
  await stage.live(4)

  expect(old).not.toBe(next)
  expect([...stage.slots.rooms.keys()]).toEqual([next])
  expect([...(stage.slots.rooms.get(next)?.keys() ?? [])]).toEqual([1])
})

test('[SLOT5] who deletes it writes no more', async () => {
  const ana = await stage.come(ANA)
  play(ana, 3)
  await stage.live(3)

  const outcome = await ana.keeper.remove()
  play(ana, 4)
  await stage.live(30)
  ana.keeper.flush()
  await stage.live(1)

  expect(outcome).toBe('removed')
  expect(stage.slots.rooms.size).toBe(0)
})
