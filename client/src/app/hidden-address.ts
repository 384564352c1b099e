import { createLive, type Live } from '../lib/live.ts'
import type { Drawer } from './storage.ts'

const KEY = 'hide-address'
const YES = 'yes'

/** Whether this browser keeps its network address from the others; remembered for every jam. */
export interface HiddenAddress {
  readonly hides: Live<boolean>
  set(hides: boolean): void
}

export function createHiddenAddress(drawer: Drawer): HiddenAddress {
  const hides = createLive(drawer.read(KEY) === YES)
  return {
    hides,
    set(next) {
      hides.set(next)
      drawer.write(KEY, next ? YES : '')
    },
  }
}
