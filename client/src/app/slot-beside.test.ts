import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, BO } from '../jam/jam-stage.ts'
import { createSlotStage, play, type SlotStage } from './slot-stage.ts'

let stage: SlotStage
beforeEach(() => {
  stage = createSlotStage()
})
afterEach(() => {
  stage.close()
})

const RIFF = Uint8Array.of(1, 2, 3)

test('[SLOT13] riffs go with the song, and come back with it to whoever revives the room', async () => {
  const ana = await stage.come(ANA)
  play(ana, 0)
  await stage.live(15)
  ana.beside.set([RIFF])
  await stage.live(15)
  expect(stage.writes()).toBe(2)
  stage.leave(ana)

  const bo = await stage.come(BO)
  await stage.live(30)

  expect(bo.beside.read()).toEqual([RIFF])
  // What is as it was left is not written again.
  expect(stage.writes()).toBe(2)
})

test('[SLOT14] who finds that somebody else wrote takes their riffs in, and writes both', async () => {
  const ana = await stage.come(ANA)
  const bo = await stage.come(BO, [], { apart: true })
  await stage.live(2)
  play(ana, 0)
  ana.beside.set([RIFF])
  await stage.live(15)
  play(bo, 1)
  bo.beside.set([Uint8Array.of(9)])
  await stage.live(20)

  expect(bo.beside.read()).toEqual([Uint8Array.of(9), RIFF])
  stage.leave(ana)
  stage.leave(bo)
  const cy = await stage.come(ANA)
  await stage.live(5)
  expect(cy.beside.read().map(([first]) => first)).toEqual(expect.arrayContaining([1, 9]))
})
