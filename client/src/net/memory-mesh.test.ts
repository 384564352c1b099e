import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createMemoryMeshes } from './memory-mesh.ts'
import { meshContract } from './mesh-contract.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]

meshContract('a memory mesh', () => {
  const meshes = createMemoryMeshes(() => 5)
  let joined = 0
  return Promise.resolve({
    join() {
      const id = String.fromCharCode(97 + joined++).repeat(26) as PeerId
      return Promise.resolve({ id, mesh: meshes.join(id), now: () => 5 })
    },
    until(condition) {
      meshes.deliverAll()
      if (!condition()) throw new Error('what was waited for never came')
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  })
})

test('the test decides in which order packets arrive', () => {
  const meshes = createMemoryMeshes()
  const ana = meshes.join(ANA)
  const bo = meshes.join(BO)
  const heard: number[] = []
  bo.onBytes('doc', (_, bytes) => heard.push(bytes[0] ?? 0))

  for (const byte of [1, 2, 3]) ana.send(BO, 'doc', Uint8Array.of(byte))
  meshes.deliverAll((count) => count - 1)

  expect(heard).toEqual([3, 2, 1])
})

test('live packets can be lost and repeated, document packets cannot', () => {
  const meshes = createMemoryMeshes()
  const ana = meshes.join(ANA)
  const heard: number[] = []
  meshes.join(BO).onBytes('live', (_, bytes) => heard.push(bytes[0] ?? 0))
  ana.send(BO, 'live', Uint8Array.of(1))
  ana.send(BO, 'live', Uint8Array.of(2))
  ana.send(BO, 'doc', Uint8Array.of(3))

  meshes.repeat(1)
  meshes.drop(0)
  expect(() => {
    meshes.drop(1)
  }).toThrow(RangeError)
  meshes.deliverAll()

  expect(heard).toEqual([2, 2])
})

test('a partition loses what is under way and lasts until it heals', () => {
  const meshes = createMemoryMeshes()
  const ana = meshes.join(ANA)
  const bo = meshes.join(BO)
  const told: string[] = []
  bo.onPeer((_, change) => told.push(change))
  ana.send(BO, 'doc', Uint8Array.of(1))

  meshes.partition(ANA, BO)
  const sentMeanwhile = ana.send(BO, 'doc', Uint8Array.of(2))
  meshes.heal(ANA, BO)

  expect(sentMeanwhile).toBe(false)
  expect(meshes.packets()).toEqual([])
  expect(told).toEqual(['closed', 'open'])
})

test('who is apart before joining is not linked', () => {
  const meshes = createMemoryMeshes()
  meshes.partition(ANA, BO)
  const ana = meshes.join(ANA)
  const bo = meshes.join(BO)

  expect([ana.peers(), bo.peers()]).toEqual([[], []])
  meshes.heal(ANA, BO)
  expect([ana.peers(), bo.peers()]).toEqual([[BO], [ANA]])
})
