import type { PeerId } from '@beatcord/shared'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import type { TrackId } from '../sequence/song.ts'
import type { HandStroke } from './hand-hearing.ts'
import { createHands, type Hands, type HandsOptions } from './hands.ts'
import { LIVE_HAND } from './live-kinds.ts'

export const [ANA, BO, CY] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
]
export const TRACK = 'anasanasanas' as TrackId

/** One who plays, and hears the others play. */
export interface HandPlayer {
  readonly id: PeerId
  readonly hands: Hands
  /** What came of the others' hands, oldest first, with when it came. */
  readonly heard: readonly (HandStroke & { readonly atMs: number })[]
  /** Presses or lets go a key now. */
  press(pitch: number, velocity?: number): void
  letGo(pitch: number): void
}

/** A room whose time and deliveries are the test's; everybody's time is the shared one. */
export interface HandsStage {
  readonly meshes: MemoryMeshes
  readonly timers: FakeTimers
  /** Why somebody was to be cut off. */
  readonly offences: readonly string[]
  join(id: PeerId, options?: Partial<HandsOptions>): HandPlayer
  /** Time passes, in steps of 2 ms; what was sent `delayMs` ago or earlier arrives. */
  pass(ms: number, delayMs?: number): void
}

export function createHandsStage(): HandsStage {
  const meshes = createMemoryMeshes()
  const timers = createFakeTimers(100_000)
  const offences: string[] = []
  const sentMs = new WeakMap<object, number>()

  function join(id: PeerId, options: Partial<HandsOptions> = {}): HandPlayer {
    const mesh = meshes.join(id)
    const hands = createHands({
      ...{ mesh, timers, sharedMs: timers.now, reachMs: () => 10, delayMs: () => 0 },
      mayPlay: () => true,
      ...options,
    })
    const heard: (HandStroke & { atMs: number })[] = []
    hands.onStroke((_peer, stroke) => void heard.push({ ...stroke, atMs: timers.now() }))
    mesh.onBytes('live', (from, bytes) => {
      const body = bytes.subarray(1)
      const offence = bytes[0] === LIVE_HAND ? hands.hear(from, body) : hands.hearNeed(from, body)
      if (offence !== undefined) offences.push(offence)
    })
    return {
      ...{ id, hands, heard },
      press(pitch, velocity = 100) {
        hands.play(TRACK, { pitch, velocity, sharedMs: timers.now() })
      },
      letGo(pitch) {
        hands.play(TRACK, { pitch, velocity: 0, sharedMs: timers.now() })
      },
    }
  }

  return {
    ...{ meshes, timers, offences, join },
    pass(ms, delayMs = 0) {
      for (let passed = 0; passed < ms; passed += 2) {
        timers.advance(2)
        for (const packet of meshes.packets()) {
          if (!sentMs.has(packet)) sentMs.set(packet, timers.now())
        }
        const isDue = (): boolean => {
          const [first] = meshes.packets()
          return (
            first !== undefined && (sentMs.get(first) ?? timers.now()) <= timers.now() - delayMs
          )
        }
        while (isDue()) meshes.deliver()
      }
    },
  }
}
