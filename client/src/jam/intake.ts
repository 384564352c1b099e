import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { LiveSource } from '../lib/live.ts'
import type { Member, Mesh } from '../net/mesh.ts'
import type { Asking } from './asking.ts'
import { createAuthors } from './client-id.ts'
import { forwardFrame } from './doc-frames.ts'
import { createEarlyUpdates } from './early-updates.ts'
import { beyond, forwardTargets } from './forwards.ts'
import type { Brought, DocFrame } from './gate.ts'
import { FROM_PEER } from './own-updates.ts'
import { createSurplus } from './surplus.ts'
import { firstMissing } from './update-shape.ts'

/** What of the peers' updates gets into the document, and on to those who cannot have it otherwise. */
export interface Intake {
  /** @returns why the sender is to be cut off, if so */
  take(from: PeerId, frame: UpdateFrame, arrivedMs: number): string | undefined
  /** Lets go of what has waited in vain, and asks anew. */
  expire(nowMs: number): void
  forget(peer: PeerId): void
}

type UpdateFrame = Extract<DocFrame, { kind: 'update' | 'forward' }>

export interface IntakeOptions {
  readonly doc: Y.Doc
  readonly mesh: Mesh
  readonly asking: Asking
  /** Set once an answer brought all that we lacked. */
  readonly synced: LiveSource<boolean>
  /** Whether the song is as large as it may get: honest peers then only make it smaller. */
  readonly isFull: () => boolean
  /** All that a peer has, asked for by `askWhole`; ours has taken it in. */
  readonly onWhole: (from: PeerId, whole: Uint8Array) => void
}

/**
 * An update is taken from its author, under a client id that follows from who that is; from somebody who passes it on
 * and names the author, while we do not reach the author; and as the answer to what we asked.
 */
export function createIntake(options: IntakeOptions): Intake {
  const { doc, mesh, asking, synced, onWhole } = options
  const early = createEarlyUpdates(doc)
  const authors = createAuthors()
  const surplus = createSurplus(options.isFull)

  function apply(update: Uint8Array): 'changed' | 'same' | 'broke' {
    let outcome: 'changed' | 'same' = 'same'
    const onUpdate = (): void => {
      outcome = 'changed'
    }
    doc.on('update', onUpdate)
    try {
      // Whoever listens to the document is told after the inner part, so that their mistakes are not the author's.
      const broke = Y.transact(doc, () => breaks(update), FROM_PEER, false)
      return broke ? 'broke' : outcome
    } finally {
      doc.off('update', onUpdate)
    }
  }

  /** Yjs throws on what no Yjs writes, such as a line in the middle of what was forgotten, before it is in the song. */
  function breaks(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(doc, update, FROM_PEER)
      return false
    } catch {
      return true
    }
  }

  function takeFrom(
    from: PeerId,
    author: Member,
    brought: Brought,
    arrivedMs: number,
  ): string | undefined {
    if (!authors.own(author, brought.shape.brings.keys())) return 'update-of-another'
    // Who passes it on cannot know that it is too much.
    if (surplus.isSpent(author.peer, arrivedMs))
      return from === author.peer ? 'song-full' : undefined
    const outcome = early.take({
      from,
      brought,
      arrivedMs,
      apply() {
        const applied = apply(brought.update)
        if (applied === 'changed') {
          surplus.add(author.peer, brought.update.length, arrivedMs)
          passOn(from, author, brought.update)
        }
        // Who only passed it on may not have seen it break.
        else if (applied === 'broke' && author.peer === from) mesh.cutOff(from, 'update-breaks')
      },
    })
    if (outcome === 'too-much') asking.ask(from)
    return undefined
  }

  function passOn(from: PeerId, author: Member, update: Uint8Array): void {
    const self = mesh.self()
    const targets = self && forwardTargets(mesh, self.peer, author.peer, from)
    if (targets === undefined || targets.length === 0) return
    const frame = forwardFrame(author, update)
    for (const target of targets) mesh.send(target, 'doc', frame)
  }

  /** What it tells of third parties is taken, for we asked. */
  function takeAnswer(from: PeerId, { update, shape }: Brought): void {
    const asked = asking.answered(from)
    // An honest answer stands on nothing that we did not say we have.
    if (asked === undefined || firstMissing(doc, shape) !== undefined) return
    const applied = apply(update)
    early.retry()
    if (applied === 'broke') return
    synced.set(true)
    if (applied === 'changed') for (const peer of beyond(mesh, from)) asking.ask(peer)
    if (asked === 'whole') onWhole(from, update)
  }

  return {
    take(from, frame, arrivedMs) {
      if (frame.kind === 'forward') {
        const { author, brought } = frame
        const isIntroduced = mesh.links.read().has(author.peer)
        // Whom we reach speaks to us without help; whom the server did not introduce is nobody.
        if (!isIntroduced || mesh.peers().includes(author.peer)) return undefined
        return takeFrom(from, author, brought, arrivedMs)
      }
      if (frame.answers) {
        takeAnswer(from, frame.brought)
        return undefined
      }
      const page = mesh.pageOf(from)
      return page && takeFrom(from, { peer: from, page }, frame.brought, arrivedMs)
    },
    expire(nowMs) {
      for (const peer of early.expire(nowMs)) asking.ask(peer)
    },
    forget(peer) {
      early.forget(peer)
      surplus.forget(peer)
    },
  }
}
