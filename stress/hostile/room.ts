import { cpuUsage } from 'node:process'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { clientIdOf } from '../../client/src/jam/client-id.ts'
import { syncFrame } from '../../client/src/jam/doc-frames.ts'
import { UPDATE } from '../../client/src/jam/gate.ts'
import {
  ANA,
  BO,
  createJamStage,
  type Jammer,
  type JamStage,
} from '../../client/src/jam/jam-stage.ts'
import type { Mesh } from '../../client/src/net/mesh.ts'
import type { PeerId } from '../../shared/src/index.ts'
import { must } from '../scenario.ts'

export const MALLORY = 'm'.repeat(26) as PeerId
const AWARENESS = 1
const SETTLE_MS = 500

/** Two who jam, and a seat for a member who means harm and has a mesh but no manners. */
export interface HostileRoom {
  readonly stage: JamStage
  readonly ana: Jammer
  readonly bo: Jammer
  /** Takes the seat anew, as another page. */
  intrude(): Mesh
  /** The intruder goes. */
  leave(): void
  /** Ana edits, and bo must have it; then the other way round. @throws Error when not */
  mustPlayOn(): void
  /** Whether ana's browser cut the intruder off, and with which code. */
  cutCode(): string | undefined
  close(): void
}

async function openHostileRoom(): Promise<HostileRoom> {
  const stage = createJamStage()
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(SETTLE_MS)
  let intruder: Mesh | undefined
  let step = 0
  let seenCuts = 0

  function mustReach(from: Jammer, to: Jammer): void {
    const note = {
      step: (step += 1) % 32,
      pitch: 50 + Math.floor(step / 32),
      velocity: 1,
      length: 1,
    }
    from.jam.verbs.writeNote(from.track, note)
    stage.pass(SETTLE_MS)
    const track = to.jam.song.read().tracks.find(({ id }) => id === from.track)
    const notes = [...(track?.patterns.a.values() ?? [])]
    const isThere = notes.some(({ step: at, pitch }) => at === note.step && pitch === note.pitch)
    must(isThere, 'an edit between honest people must arrive, did not')
  }

  return {
    stage,
    ana,
    bo,
    intrude() {
      intruder?.close()
      // Whoever was cut off and takes the seat anew is let in again in memory; a real mesh would not.
      for (const id of [ANA, BO]) stage.meshes.heal(id, MALLORY)
      seenCuts = stage.meshes.cuts().length
      intruder = stage.meshes.join(MALLORY)
      return intruder
    },
    leave() {
      intruder?.close()
    },
    mustPlayOn() {
      mustReach(ana, bo)
      mustReach(bo, ana)
      must(ana.mesh.peers().includes(BO), 'honest people must stay linked, are not')
    },
    cutCode: () =>
      stage.meshes
        .cuts()
        .slice(seenCuts)
        .find(({ by, peer }) => by === ANA && peer === MALLORY)?.code,
    close() {
      intruder?.close()
      stage.close()
    },
  }
}

/** Opens a room, and closes it whatever happens in it. */
export async function inRoom<T>(play: (room: HostileRoom) => T | Promise<T>): Promise<T> {
  const room = await openHostileRoom()
  try {
    return await play(room)
  } finally {
    room.close()
  }
}

/** A document whose edits count as the intruder's own, and what it says of each. */
export interface OwnDocument {
  readonly doc: Y.Doc
  readonly updates: Uint8Array[]
}

export function ownDocument(mesh: Mesh): OwnDocument {
  const self = mesh.self()
  if (self === undefined) throw new Error('an intruder must have a seat')
  const doc = new Y.Doc()
  doc.clientID = clientIdOf(self, 0)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  return { doc, updates }
}

export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(UPDATE, update)

/** One frame of presence: states as they are claimed, whosever they are. */
export function awarenessFrame(
  states: readonly { readonly clientId: number; readonly clock: number; readonly state: unknown }[],
): Uint8Array {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, states.length)
  for (const { clientId, clock, state } of states) {
    encoding.writeVarUint(inner, clientId)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, JSON.stringify(state))
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, AWARENESS)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
  return encoding.toUint8Array(encoder)
}

/** How long it took, ms. */
export function timed(run: () => void): number {
  const startedMs = performance.now()
  run()
  return performance.now() - startedMs
}

/** All that stands in somebody's document; a root that was merely looked at, or that no song has, is empty. */
export const contentOf = ({ doc }: Jammer): unknown =>
  [...doc.share]
    .map(([name, root]) => [name, (root.toJSON() as object | undefined) ?? {}] as const)
    .filter(([, content]) => Object.keys(content).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))

const BREATH_MS = 250

/** Passes time in which the pages also finish what they compute beside, such as their marks of the song. */
export async function live(stage: JamStage, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += BREATH_MS) {
    stage.pass(BREATH_MS)
    for (let turn = 0; turn < 3; turn++) {
      await crypto.subtle.digest('SHA-256', Uint8Array.of(turn))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** The least processor time that any of several tries took, ms: the first one pays for what the engine does once. */
export function leastOf(tries: number, run: () => void): number {
  const tookMs = Array.from({ length: tries }, () => {
    const startedAt = cpuUsage()
    run()
    const { user, system } = cpuUsage(startedAt)
    return (user + system) / 1000
  })
  return Math.min(...tookMs)
}
