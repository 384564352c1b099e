import type { PeerId, Role } from '@beatcord/shared'
import * as Y from 'yjs'
import { createLive, type LiveSource } from '../lib/live.ts'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes, type MemoryMeshes } from '../net/memory-mesh.ts'
import type { Mesh } from '../net/mesh.ts'
import type { TrackId } from '../sequence/song.ts'
import { type Jam, joinJam } from './jam.ts'
import { openSong } from './open-song.ts'

/** One person's tab in a jam in memory. */
export interface Jammer {
  readonly id: PeerId
  readonly jam: Jam
  /** The one that is played just now. */
  readonly doc: Y.Doc
  readonly mesh: Mesh
  readonly timers: FakeTimers
  readonly track: TrackId
}

/** A room in memory whose time and deliveries are the test's. */
export interface JamStage {
  readonly meshes: MemoryMeshes
  /**
   * @param aheadMs  how far this peer's own clock is ahead of the first one's
   * @param seed     what the dice show, from 0 (inclusive) to 1 (exclusive): always this, or what it throws
   * @param kept     the song as this peer's browser had kept it, an update
   */
  join(
    id: PeerId,
    aheadMs?: number,
    seed?: number | (() => number),
    kept?: Uint8Array,
  ): Promise<Jammer>
  /** What everybody knows of somebody's role from now on; until then all are players. */
  appoint(id: PeerId, role: Role): void
  /** Everybody's time passes, and everything on its way arrives. */
  pass(ms: number): void
  close(): void
}

export const [ANA, BO, CY] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
]
const TICK_MS = 10

export function createJamStage(): JamStage {
  const meshes = createMemoryMeshes()
  const jammers: Jammer[] = []
  const roles = new Map<PeerId, LiveSource<Role>>()
  let nowMs = 0

  function roleOf(id: PeerId): LiveSource<Role> {
    const role = roles.get(id) ?? createLive<Role>('player')
    roles.set(id, role)
    return role
  }

  async function join(
    id: PeerId,
    aheadMs = 0,
    seed: number | (() => number) = 0.5,
    kept?: Uint8Array,
  ): Promise<Jammer> {
    const earlier = new Set(jammers.map((other) => other.id))
    const timers = createFakeTimers(1000 + aheadMs + nowMs)
    const track = id.slice(0, 12) as TrackId
    const opened = await openSong()
    let { doc } = opened
    const song = {
      ...opened,
      replace(better: Y.Doc, aside: boolean) {
        opened.replace(better, aside)
        doc = better
      },
    }
    if (kept !== undefined) Y.applyUpdate(doc, kept)
    const mesh = meshes.join(id, timers.now)
    const jam = joinJam({
      song,
      mesh,
      timers,
      random: typeof seed === 'number' ? () => seed : seed,
      newSessionId: id.charCodeAt(0).toString(16).padStart(16, '0'),
      // Their wall clocks disagree by more than their monotonic ones.
      wallOffsetMs: 1_700_000_000_000 + aheadMs * 3,
      company: () => ({ self: id, others: jammers.filter((other) => other.id !== id).length }),
      roles: {
        own: roleOf(id),
        mayEdit: (peer) => roleOf(peer).read() !== 'listener',
        cameBefore: (peer) => earlier.has(peer),
      },
      ownTrack: () => ({
        id: track,
        meta: { owner: id, home: 'h', name: id.slice(0, 3), colour: 0, bornMs: 1 },
      }),
    })
    const jammer = {
      id,
      jam,
      get doc() {
        return doc
      },
      mesh,
      timers,
      track,
    }
    jammers.push(jammer)
    await settled()
    return jammer
  }

  return {
    meshes,
    appoint(id, role) {
      roleOf(id).set(role)
    },
    join,
    pass(ms) {
      for (let passed = 0; passed < ms; passed += TICK_MS) {
        nowMs += TICK_MS
        for (const { timers } of jammers) timers.advance(TICK_MS)
        meshes.deliverAll()
      }
    },
    close() {
      for (const { jam, mesh } of jammers) {
        jam.leave()
        mesh.close()
      }
    },
  }
}

/** The provider attaches itself in a later task. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
