import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Song } from '../sequence/song.ts'
import { createChangeVerbs } from './change-verbs.ts'
import { docShape } from './doc-shape.ts'
import { type OfflinePlan, planOf } from './offline-plan.ts'
import { FROM_PEER } from './own-updates.ts'
import { createSongReader } from './song-reader.ts'
import { createSongWriter } from './song-writer.ts'

/** In the document itself, so that the two can never be of different days. It is in no song that others get. */
const forkMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('offline')
const BASE = 'base'

/** A song of one's own that begins with the room's as it is now, and what was written out of reach before. */
export function createFork(room: Y.Doc, plan: OfflinePlan): Y.Doc {
  const doc = withPlan(room, plan)
  forkMap(doc).set(BASE, Y.encodeStateAsUpdate(room))
  return doc
}

/** The room's song as it was when the fork began. Nothing at all for what is no fork. */
export function baseOf(fork: Y.Doc): Y.Doc {
  const base = forkMap(fork).get(BASE)
  const doc = new Y.Doc()
  if (base instanceof Uint8Array) Y.applyUpdate(doc, base)
  return doc
}

export const isFork = (doc: Y.Doc): boolean => forkMap(doc).get(BASE) instanceof Uint8Array

/** What the fork has and the room's song lacks. */
export const forkPlan = (fork: Y.Doc, room: Y.Doc): OfflinePlan => planOf(baseOf(fork), fork, room)

/** The room's song with the plan in it, as it goes on: to be heard, not to be shared. */
export function previewOf(
  room: Y.Doc,
  plan: OfflinePlan,
): { readonly song: Live<Song>; readonly close: Undo } {
  const scope = createScope()
  const doc = withPlan(room, plan)
  const reader = createSongReader(doc)
  scope.own(reader.close)
  const song = createLive(reader.song.read())
  scope.own(reader.song.subscribe(song.set))
  const onUpdate = (update: Uint8Array): void => {
    Y.applyUpdate(doc, update, FROM_PEER)
  }
  room.on('update', onUpdate)
  scope.own(() => {
    room.off('update', onUpdate)
  })
  return { song, close: scope.close }
}

function withPlan(room: Y.Doc, { changes, lines }: OfflinePlan): Y.Doc {
  const doc = new Y.Doc()
  docShape(doc)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room))
  const writer = createSongWriter(
    doc,
    () => 'yes',
    () => true,
  )
  if (changes.length > 0) createChangeVerbs(writer).writeChanges({ kind: 'offline' }, changes)
  if (lines.length > 0) docShape(doc).chat.push([...lines])
  return doc
}
