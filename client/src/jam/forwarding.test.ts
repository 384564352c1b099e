import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PeerId } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import type { LinkState } from '../net/mesh.ts'
import { type ForwardTarget, forwardTargets } from './forwards.ts'
import { createJamStage, type Jammer, type JamStage } from './jam-stage.ts'
import { LIVE_HAVE, liveFrame } from './live-kinds.ts'

const [LOW, ANA, BO, CY, DEE] = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
  PeerId,
  PeerId,
]

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const writeAt = (jammer: Jammer, step: number): void => {
  jammer.jam.verbs.writeNote(jammer.track, { step, pitch: 60, velocity: 90, length: 1 })
}
const steps = ({ jam }: Jammer): readonly number[] =>
  jam.song.read().tracks.flatMap(({ patterns }) => [...patterns.a.values()].map(({ step }) => step))

/** Everything arrives and time passes; counts what goes over the reliable lane to somebody. */
function countTo(to: PeerId, ms: number, jammers: readonly Jammer[]): number {
  let count = 0
  for (let passed = 0; passed < ms; passed += 10) {
    for (;;) {
      const [packet] = stage.meshes.packets()
      if (packet === undefined) break
      if (packet.to === to && packet.lane === 'doc') count += 1
      stage.meshes.deliver()
    }
    for (const { timers } of jammers) timers.advance(10)
  }
  return count
}

test('[SYNC9] a member that should pass edits on and does not holds them up for a quarter of a second', async () => {
  const ana = await stage.join(ANA)
  await stage.join(BO)
  const cy = await stage.join(CY)
  stage.meshes.partition(ANA, CY)
  stage.meshes.join(LOW)
  stage.pass(1000)

  for (const step of [1, 2, 3]) {
    writeAt(ana, step)
    stage.pass(300)
    expect(steps(cy)).toContain(step)
  }
})

test('[SYNC9] where all is well nobody is told twice, in a partial mesh as in a full one', async () => {
  const ana = await stage.join(ANA)
  const others = [await stage.join(BO), await stage.join(CY)]
  const dee = await stage.join(DEE)
  stage.meshes.partition(ANA, DEE)
  stage.pass(20)

  writeAt(ana, 1)

  expect(countTo(DEE, 1000, [ana, dee, ...others])).toBe(1)
  expect(steps(dee)).toEqual([1])
})

test('[SYNC9] a word of having something that is of the wrong size cuts its sender off', async () => {
  await stage.join(ANA)
  const mallory = stage.meshes.join(LOW)
  stage.pass(100)

  mallory.send(ANA, 'live', liveFrame(LIVE_HAVE, Uint8Array.of(1, 2, 3, 4)))
  mallory.send(ANA, 'live', liveFrame(LIVE_HAVE, Uint8Array.of(1, 2, 3)))
  stage.meshes.deliverAll()

  expect(stage.meshes.cuts().map(({ code }) => code)).toEqual(['live-have'])
})

test('[SYNC9] who comes first but is hardly to be heard is not waited for', () => {
  const targets = (status: LinkState['status']): readonly ForwardTarget[] => {
    const reach = {
      peers: () => [LOW, ANA, CY],
      reachOf: (peer: PeerId) => new Set(peer === CY ? [LOW, BO] : [LOW, BO, ANA]),
      links: createLive<ReadonlyMap<PeerId, LinkState>>(new Map([[LOW, { status } as LinkState]])),
    }
    return forwardTargets(reach, BO, ANA, ANA, () => true)
  }

  expect(targets('open')).toEqual([{ peer: CY, before: 1 }])
  expect(targets('unsteady')).toEqual([{ peer: CY, before: 0 }])
})
