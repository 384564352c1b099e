import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, BO, createJamStage, type JamStage } from './jam-stage.ts'
import { LIVE_REACTION, liveFrame } from './live-kinds.ts'
import { encodeReaction } from './reaction-frame.ts'
import { createReactions } from './reactions.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const FRAME = liveFrame(LIVE_REACTION, encodeReaction({ number: 1, name: 'fire', sharedMs: 0 }))

test('[SYNC17] a frame that comes before its reader is passed over, and cuts nobody off', async () => {
  const ana = await stage.join(ANA)
  await stage.join(BO)
  stage.pass(200)

  ana.mesh.broadcast('live', FRAME)
  stage.pass(50)

  expect(stage.meshes.cuts()).toEqual([])
})

test('[SYNC17] who sends a frame of a wrong shape to its reader is cut off', async () => {
  const ana = await stage.join(ANA)
  const { jam, mesh, timers } = await stage.join(BO)
  stage.pass(200)
  const reactions = createReactions({ mesh, timers, sharedMs: timers.now, momentMs: timers.now })
  jam.lateFrames.take(LIVE_REACTION, reactions.hear)

  ana.mesh.broadcast('live', FRAME)
  stage.pass(50)
  expect(reactions.shown.read()).toHaveLength(1)
  ana.mesh.broadcast('live', FRAME.subarray(0, 4))
  stage.pass(50)

  expect(stage.meshes.cuts()).toEqual([{ by: BO, peer: ANA, code: 'reaction-shape' }])
  reactions.close()
})

test('a frame of a kind that nobody ever reads cuts its sender off', async () => {
  const ana = await stage.join(ANA)
  await stage.join(BO)
  stage.pass(200)

  ana.mesh.broadcast('live', liveFrame(200, new Uint8Array()))
  stage.pass(50)

  expect(stage.meshes.cuts()).toEqual([{ by: BO, peer: ANA, code: 'live-kind' }])
})
