import { renameSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { setDiskStage } from './disk-stage.ts'
import { GARAGE } from './slot-store-contract.ts'

const MEGABYTE = 1024 * 1024

test('[SLOT7] a disk that filled up amid a write is read on while it is full, and deletes nothing unsaid', async () => {
  let free: () => Promise<number> = () => Promise.resolve(100 * MEGABYTE)
  const stage = setDiskStage({ freeBytes: () => free() })
  onTestFinished(stage.close)
  await stage.store.write(GARAGE, 0, Buffer.from('one'))
  free = () => Promise.reject(new Error('no space left on device'))
  expect(await stage.store.write(GARAGE, 1, Buffer.from('two'))).toEqual({ outcome: 'no-room' })
  free = () => Promise.resolve(MEGABYTE)
  // Whoever opened it anew now would find nothing.
  renameSync(stage.folder, `${stage.folder}-elsewhere`)

  const full = await stage.store.write(GARAGE, 1, Buffer.from('two'))
  const kept = await stage.store.read(GARAGE)
  await expect(stage.store.remove(GARAGE)).rejects.toMatchObject({ name: 'SlotsAwayError' })

  expect(full).toEqual({ outcome: 'no-room' })
  expect(kept?.body.toString()).toBe('one')
  renameSync(`${stage.folder}-elsewhere`, stage.folder)
  free = () => Promise.resolve(100 * MEGABYTE)
  expect(await stage.store.write(GARAGE, 1, Buffer.from('two'))).toMatchObject({ version: 2 })
  await stage.store.remove(GARAGE)
  expect(await stage.store.read(GARAGE)).toBeUndefined()
})
