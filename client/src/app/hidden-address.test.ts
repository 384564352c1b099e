import { expect, test } from 'vitest'
import { createHiddenAddress } from './hidden-address.ts'
import { createDrawer } from './storage.ts'

function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage
}

test('an address is shown until one asks to hide it, and then stays hidden in the next jam', () => {
  const storage = memory()
  const first = createHiddenAddress(createDrawer(() => storage))
  expect(first.hides.read()).toBe(false)

  first.set(true)

  expect(first.hides.read()).toBe(true)
  expect(createHiddenAddress(createDrawer(() => storage)).hides.read()).toBe(true)
})

test('shown again, it is shown in the next jam too', () => {
  const storage = memory()
  const first = createHiddenAddress(createDrawer(() => storage))
  first.set(true)

  first.set(false)

  expect(createHiddenAddress(createDrawer(() => storage)).hides.read()).toBe(false)
})
