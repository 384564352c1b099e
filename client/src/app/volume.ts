import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Engine } from '../sound/engine-types.ts'
import type { Drawer } from './storage.ts'

const KEY = 'volume'
const INITIAL_VOLUME = 0.8

/** Loudness on this device alone, remembered; 0 to 1. */
export interface Volume {
  readonly volume: Live<number>
  set(volume: number): void
  readonly close: Undo
}

export function createVolume(drawer: Drawer, engine: Live<Engine | undefined>): Volume {
  const remembered = Number(drawer.read(KEY) ?? INITIAL_VOLUME)
  const volume = createLive(clamp(Number.isFinite(remembered) ? remembered : INITIAL_VOLUME))
  const apply = (): void => {
    engine.read()?.setVolume(volume.read())
  }
  apply()
  return {
    volume,
    set(next) {
      if (!Number.isFinite(next)) return
      volume.set(clamp(next))
      drawer.write(KEY, String(volume.read()))
      apply()
    },
    close: engine.subscribe(apply),
  }
}

const clamp = (volume: number): number => Math.max(0, Math.min(1, volume))
