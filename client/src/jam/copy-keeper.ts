import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { decodeCopyMark, encodeCopyMark } from './copy-mark-frame.ts'
import { type CopyMark, createCopyMarks, markOf } from './copy-mark.ts'
import { copyToTake } from './copy-verdict.ts'
import { docShape } from './doc-shape.ts'
import { LIVE_COPY_MARK, liveFrame } from './live-kinds.ts'

/** Finds out when our copy of the song is another than the others' though all have heard of the same updates. */
export interface CopyKeeper {
  /** A frame of the live lane. @returns false when it is none: its sender broke a rule */
  hear(from: PeerId, body: Uint8Array): boolean
  /** The whole document of somebody whom we asked for it; what it brings is in ours already. */
  compare(from: PeerId, whole: Uint8Array): Promise<void>
  close: Undo
}

export interface CopyKeeperOptions {
  readonly doc: Y.Doc
  readonly mesh: Mesh
  readonly timers: Timers
  /** Monotonic moment at which this page came into the room. */
  readonly sinceMs: number
  readonly askWhole: (peer: PeerId) => void
  /** Our copy is the odd one: the given document is to be taken in its place. */
  readonly onDiverged: (better: Y.Doc) => void
}

const MARK_EVERY_MS = 4000
/** A comparison counts no longer than this. */
const FRESH_MS = 30_000
/** An edit that only takes away changes the content before it changes any state: one mark that differs says little. */
const ENOUGH_MARKS = 2
const ANSWER_WITHIN_MS = 10_000

interface View {
  readonly atMs: number
  readonly ageMs: number
  /** Marks in a row that differed from ours. */
  readonly streak: number
}

export function createCopyKeeper(options: CopyKeeperOptions): CopyKeeper {
  const { doc, mesh, timers } = options
  const scope = createScope()
  const marks = createCopyMarks(doc)
  const views = new Map<PeerId, View>()
  let asked: { readonly peer: PeerId; readonly atMs: number } | undefined
  let closed = false

  async function tell(): Promise<void> {
    const mark = await marks.read()
    if (closed) return
    const frame = encodeCopyMark({ ...mark, ageMs: timers.now() - options.sinceMs })
    mesh.broadcast('live', liveFrame(LIVE_COPY_MARK, frame))
  }

  async function view(from: PeerId, mark: CopyMark & { readonly ageMs: number }): Promise<void> {
    if (marks.state() !== mark.state) return
    const mine = await marks.read()
    if (closed || mine.state !== mark.state) return
    const differs = mine.content !== mark.content
    const streak = differs ? (views.get(from)?.streak ?? 0) + 1 : 0
    views.set(from, { atMs: timers.now(), ageMs: mark.ageMs, streak })
    if (differs) judge()
  }

  function judge(): void {
    const nowMs = timers.now()
    const self = mesh.self()
    const linked = mesh.peers()
    if (self === undefined || (asked !== undefined && nowMs - asked.atMs < ANSWER_WITHIN_MS)) return
    const fresh = [...views].flatMap(([peer, { atMs, ageMs, streak }]) =>
      linked.includes(peer) && nowMs - atMs < FRESH_MS && (streak === 0 || streak >= ENOUGH_MARKS)
        ? [{ peer, ageMs: ageMs + nowMs - atMs, differs: streak > 0 }]
        : [],
    )
    const me = { peer: self.peer, ageMs: nowMs - options.sinceMs }
    const peer = copyToTake(me, linked.length + 1, fresh)
    if (peer === undefined) return
    asked = { peer, atMs: nowMs }
    options.askWhole(peer)
  }

  async function compare(from: PeerId, whole: Uint8Array): Promise<void> {
    if (asked?.peer !== from) return
    asked = undefined
    // Two copies that merely lag behind each other are equal once each has all of the other.
    const theirs = new Y.Doc()
    docShape(theirs)
    Y.applyUpdate(theirs, whole)
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
    const state = marks.state()
    const [better, mine] = await Promise.all([markOf(theirs), marks.read()])
    if (closed || better.content === mine.content) return
    if (marks.state() === state) options.onDiverged(theirs)
  }

  scope.own(marks.close)
  scope.own(timers.every(MARK_EVERY_MS, () => void tell()))
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'closed') views.delete(peer)
    }),
  )
  scope.own(() => {
    closed = true
  })

  return {
    hear(from, body) {
      const mark = decodeCopyMark(body)
      if (mark !== undefined) void view(from, mark)
      return mark !== undefined
    },
    compare,
    close: scope.close,
  }
}
