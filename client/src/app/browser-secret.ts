import { randomHex } from './ids.ts'
import type { Drawer } from './storage.ts'

const HOME_BYTES = 16

/** A secret of this browser, so that it knows its own tracks again; others see a hash of it that differs by room. */
export function browserSecret(drawer: Drawer): string {
  const secret = drawer.read('home') ?? randomHex(HOME_BYTES)
  drawer.write('home', secret)
  return secret
}
