import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { decodeCopyMark, encodeCopyMark, type SentMark } from './copy-mark-frame.ts'
import { type CopyMark, createCopyMarks, markOf } from './copy-mark.ts'
import { type BetterCopy, copyToTake, type CopyView } from './copy-verdict.ts'
import { docShape } from './doc-shape.ts'
import { LIVE_COPY_MARK, liveFrame } from './live-kinds.ts'
import type { Roles } from './roles.ts'

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
  readonly roles: Roles
  /** Monotonic moment at which this page came into the room. */
  readonly sinceMs: number
  readonly askWhole: (peer: PeerId) => void
  /** Our copy is the odd one: the given document is to be taken in its place. */
  readonly onDiverged: (better: Y.Doc) => void
  /** Whether nobody who is linked writes under this Yjs client. */
  readonly isForeignAuthor: (client: number) => boolean
}

const MARK_EVERY_MS = 4000
/** Whoever hears of a copy unlike theirs says at once what theirs is: so all are compared at one moment. */
const MARK_AGAIN_MS = 500
/** A mark counts no longer than this. */
const FRESH_MS = 10_000
const ANSWER_WITHIN_MS = 10_000
/** What was under way when we became a listener has arrived, or was refused, by then. */
const YIELD_AFTER_MS = 2000

interface View extends CopyView {
  readonly atMs: number
}

export function createCopyKeeper(options: CopyKeeperOptions): CopyKeeper {
  const { doc, mesh, timers, roles } = options
  const scope = createScope()
  const marks = createCopyMarks(doc)
  const views = new Map<PeerId, View>()
  /** Without a mark: a player's copy, whatever it is. */
  let asked: (Partial<BetterCopy> & { readonly peer: PeerId; readonly atMs: number }) | undefined
  /** Whether a listener's copy may hold what was never in the players': edits of a disk, or that came too late. */
  let mayBeAhead = doc.store.clients.size > 0
  let undoYield: Undo | undefined
  /** The copy that was last seen to stay what it is when it is made anew. */
  let lasting: string | undefined
  let toldMs = -Infinity
  let closed = false
  const isOver = (): boolean => closed

  const ageMs = (): number => timers.now() - options.sinceMs

  async function tell(): Promise<void> {
    toldMs = timers.now()
    const mark = await marks.read()
    if (isOver()) return
    mesh.broadcast('live', liveFrame(LIVE_COPY_MARK, encodeCopyMark({ ...mark, ageMs: ageMs() })))
  }

  async function view(from: PeerId, { ageMs: theirAgeMs, ...mark }: SentMark): Promise<void> {
    const mine = await marks.read()
    if (isOver()) return
    views.set(from, { peer: from, mark, ageMs: theirAgeMs, atMs: timers.now() })
    if (mine.state !== mark.state || mine.content === mark.content) return
    if (await becameAnother(mine)) return
    if (isOver()) return
    if (timers.now() - toldMs >= MARK_AGAIN_MS) void tell()
    judge(mine)
  }

  /**
   * What no Yjs writes may land elsewhere by the order in which it comes: then nobody can be given our copy as it is,
   * and we take what others would make of it, as they do.
   */
  async function becameAnother(mine: CopyMark): Promise<boolean> {
    const name = `${mine.state} ${mine.content}`
    if (name === lasting) return false
    const again = docOf(Y.encodeStateAsUpdate(doc))
    const mark = again && (await markOf(again))
    if (isOver() || again === undefined || mark === undefined || marks.state() !== mine.state) {
      return false
    }
    if (mark.content === mine.content) {
      lasting = name
      return false
    }
    options.onDiverged(again)
    return true
  }

  function judge(mark: CopyMark): void {
    const nowMs = timers.now()
    const self = mesh.self()
    if (self === undefined || (asked !== undefined && nowMs - asked.atMs < ANSWER_WITHIN_MS)) return
    // Only those who may write can be right.
    const linked = mesh.peers().filter(roles.mayEdit)
    const fresh = [...views.values()]
      .filter(({ peer, atMs }) => linked.includes(peer) && nowMs - atMs < FRESH_MS)
      .map((each) => ({ ...each, ageMs: each.ageMs + nowMs - each.atMs }))
    const me = { peer: self.peer, mark, ageMs: ageMs() }
    const room = linked.length + (roles.own.read() === 'listener' ? 0 : 1)
    const better = copyToTake(me, room, fresh)
    if (better === undefined) return
    asked = { ...better, atMs: nowMs }
    options.askWhole(better.peer)
  }

  /** A listener has what the players have: nobody would take from it what they lack. */
  function yieldSoon(): void {
    undoYield?.()
    undoYield = timers.after(YIELD_AFTER_MS, () => {
      const player = mesh.peers().find(roles.mayEdit)
      if (roles.own.read() !== 'listener' || !mayBeAhead || player === undefined) return
      asked = { peer: player, atMs: timers.now() }
      options.askWhole(player)
    })
  }

  function yieldTo(theirs: Y.Doc): void {
    mayBeAhead = false
    const isAhead = [...Y.decodeStateVector(Y.encodeStateVector(doc))].some(
      ([client, clock]) =>
        clock > Y.getState(theirs.store, client) && options.isForeignAuthor(client),
    )
    if (isAhead && roles.own.read() === 'listener') options.onDiverged(theirs)
  }

  async function compare(from: PeerId, whole: Uint8Array): Promise<void> {
    const expected = asked
    if (expected?.peer !== from) return
    asked = undefined
    const theirs = docOf(whole)
    // It was no song: what comes next tells.
    if (theirs === undefined) return
    if (expected.mark === undefined) {
      yieldTo(theirs)
      return
    }
    const theirMark = await markOf(theirs)
    // It is another by now, or was never what it was said to be: what comes next tells.
    if (isOver() || theirMark.content !== expected.mark.content) return
    // Two copies that merely lag behind each other are equal once each has all of the other.
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
    const state = marks.state()
    const [better, mine] = await Promise.all([markOf(theirs), marks.read()])
    if (isOver() || better.content === mine.content) return
    if (marks.state() === state) options.onDiverged(theirs)
  }

  scope.own(marks.close)
  scope.own(timers.every(MARK_EVERY_MS, () => void tell()))
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'closed') views.delete(peer)
      else if (change === 'open') yieldSoon()
    }),
  )
  scope.own(
    roles.own.subscribe((role) => {
      if (role !== 'listener') return
      mayBeAhead = true
      yieldSoon()
    }),
  )
  yieldSoon()
  scope.own(() => undoYield?.())
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

/** A document of its own with all that a stranger says it has; undefined when Yjs cannot make one of it. */
function docOf(whole: Uint8Array): Y.Doc | undefined {
  const doc = new Y.Doc()
  docShape(doc)
  try {
    Y.applyUpdate(doc, whole)
    return doc
  } catch {
    // Yjs throws on what no Yjs writes.
    return undefined
  }
}
