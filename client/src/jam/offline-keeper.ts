import type * as Y from 'yjs'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Song } from '../sequence/song.ts'
import { createChangeVerbs } from './change-verbs.ts'
import { docShape } from './doc-shape.ts'
import type { Jam } from './jam.ts'
import { NOBODY } from './nobody.ts'
import type { OfflineDisk } from './offline-disk.ts'
import { baseOf, createFork, forkPlan, previewOf } from './offline-fork.ts'
import {
  countsOf,
  hasBecomeAnother,
  isNoPlan,
  type OfflineCounts,
  type OfflinePlan,
} from './offline-plan.ts'
import type { Settling } from './offline-settling.ts'
import type { Refusal } from './writable.ts'

/** Whether the room can be reached: by the server or by a link; by neither; or it has no place for us. */
export type Reach = 'room' | 'nobody' | 'out'

/** Holds what is written while nobody is in reach, until this person says what is to become of it. */
export interface OfflineKeeper {
  /** What was written out of reach, once the others are back and went on meanwhile; undefined when nothing is to be said. */
  readonly offer: Live<OfflineCounts | undefined>
  /** The room's song with it, while this person listens to that. */
  readonly heard: Live<Song | undefined>
  hear(on: boolean): void
  /** Writes it into the room's song, as one edit of this person's. */
  add(): Refusal | undefined
  /** Says no more of it on this page; it stays on this device. */
  keepAside(): void
  /** Forgets it. @returns what brings it back */
  drop(): Undo
  /** It was written into the room's song by itself, for nobody had gone on. */
  onMerged(listener: Undo): Undo
  close: Undo
}

export interface OfflineKeeperOptions {
  readonly jam: Pick<Jam, 'copies' | 'copy' | 'gestures'>
  readonly reach: Live<Reach>
  /** Whether somebody else was ever in this room; a song of nobody else's is written as ever. */
  readonly hasMet: () => boolean
  readonly disk: OfflineDisk
  /** Begins to wait until the room's song is here. */
  readonly settle: (onSettled: Undo) => Settling
  readonly timers: Pick<Timers, 'now' | 'after'>
}

/** Who is away no longer than that was not offline: what they wrote goes in as ever. */
const SHORT_MS = 10_000
/** A page that has found nobody by then starts out of reach. */
const START_MS = 2000

interface Fork {
  readonly doc: Y.Doc
  /** Since when nobody was in reach; undefined for an earlier page's. */
  readonly sinceMs: number | undefined
  /** While it is played in the place of the room's song. */
  readonly undoPlay?: Undo
}

export function createOfflineKeeper(options: OfflineKeeperOptions): OfflineKeeper {
  const { jam, reach, disk, timers } = options
  const scope = createScope()
  const offer = createLive<OfflineCounts | undefined>(undefined)
  const heard = createLive<Song | undefined>(undefined)
  const events = createEvents<{ merged: [] }>()
  let fork: Fork | undefined
  let isAside = false
  let hasReached = false
  let sinceMs: number | undefined
  let undoLeave: Undo | undefined
  let settling: Settling | undefined
  let undoHear: Undo | undefined
  let closed = false

  const room = (): Y.Doc => jam.copies.shared().doc
  const planNow = (): OfflinePlan =>
    fork === undefined ? { changes: [], lines: [] } : forkPlan(fork.doc, room())

  function look(): void {
    const now = reach.read()
    if (now === 'nobody') {
      settling?.close()
      settling = undefined
      sinceMs ??= timers.now()
      if (fork?.undoPlay !== undefined) return
      undoLeave ??= timers.after(hasReached ? SHORT_MS : START_MS, leave)
      return
    }
    undoLeave?.()
    undoLeave = undefined
    if (now === 'out') return
    hasReached = true
    if (fork === undefined) sinceMs = undefined
    else if (offer.read() === undefined && !isAside) settling ??= options.settle(arrive)
  }

  /** From now on this person's edits go into a song of their own. */
  function leave(): void {
    undoLeave = undefined
    if (fork === undefined && !options.hasMet()) return
    jam.gestures.flush()
    hear(false)
    offer.set(undefined)
    isAside = false
    const doc = createFork(room(), planNow())
    const isEarlier = fork !== undefined
    fork = {
      doc,
      sinceMs: isEarlier ? undefined : sinceMs,
      undoPlay: jam.copies.detach(doc, NOBODY),
    }
    disk.keep(doc)
  }

  /** The room's song is here: it is what is played, and what was written meanwhile is offered. */
  function arrive(): void {
    settling = undefined
    if (fork === undefined) return
    jam.gestures.flush()
    fork.undoPlay?.()
    disk.rest()
    const { doc, sinceMs: leftMs } = fork
    fork = { doc, sinceMs: leftMs }
    const wasShort = leftMs !== undefined && timers.now() - leftMs < SHORT_MS
    sinceMs = undefined
    const plan = planNow()
    if (isNoPlan(plan)) {
      forget()
      return
    }
    const mayMerge = wasShort || !hasBecomeAnother(baseOf(doc), room())
    if (mayMerge && add() === undefined) events.emit('merged')
    else offer.set(countsOf(plan))
  }

  function add(): Refusal | undefined {
    const { changes, lines } = planNow()
    const { verbs, doc } = jam.copies.shared()
    const along = (): void => {
      if (lines.length > 0) docShape(doc).chat.push([...lines])
    }
    const refusal = verbs.late(createChangeVerbs).writeChanges({ kind: 'offline' }, changes, along)
    if (refusal === undefined) forget()
    return refusal
  }

  function forget(): void {
    hear(false)
    fork = undefined
    offer.set(undefined)
    disk.forget()
  }

  function hear(on: boolean): void {
    undoHear?.()
    undoHear = undefined
    heard.set(undefined)
    if (!on || fork === undefined || fork.undoPlay !== undefined) return
    const preview = previewOf(room(), planNow())
    const undoSong = preview.song.subscribe(heard.set)
    undoHear = () => {
      undoSong()
      preview.close()
    }
    heard.set(preview.song.read())
  }

  scope.own(reach.subscribe(look))
  // Another copy took the place of the one that the preview goes by.
  scope.own(
    jam.copy.subscribe(() => {
      if (heard.read() !== undefined) hear(true)
    }),
  )
  scope.own(() => {
    closed = true
    undoLeave?.()
    settling?.close()
    undoHear?.()
    fork?.undoPlay?.()
    disk.rest()
  })
  // A disk that does not answer has nothing.
  const kept = disk.read().catch(() => undefined)
  void kept.then((doc) => {
    if (closed) return
    if (doc !== undefined && fork === undefined) fork = { doc, sinceMs: undefined }
    look()
  })

  return {
    offer,
    heard,
    hear,
    add,
    keepAside() {
      hear(false)
      isAside = true
      offer.set(undefined)
    },
    drop() {
      const dropped = fork
      forget()
      return () => {
        if (dropped === undefined || fork !== undefined || closed) return
        fork = dropped
        disk.keep(dropped.doc)
        offer.set(countsOf(planNow()))
      }
    },
    onMerged: (listener) => events.on('merged', listener),
    close: scope.close,
  }
}
