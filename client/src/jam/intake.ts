import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { LiveSource } from '../lib/live.ts'
import type { Member, Mesh } from '../net/mesh.ts'
import type { Asking } from './asking.ts'
import { isChatOnly } from './chat-only.ts'
import { type Authors, createAuthors } from './client-id.ts'
import { createEarlyUpdates } from './early-updates.ts'
import type { Forwarding } from './forwarding.ts'
import { beyond } from './forwards.ts'
import type { Brought, DocFrame } from './gate.ts'
import { lackedBytes } from './lacked-bytes.ts'
import { FROM_PEER } from './own-updates.ts'
import type { Roles } from './roles.ts'
import { createSurplus } from './surplus.ts'
import { createUnsureAnswers, type UnsureAnswer } from './unsure-answers.ts'
import { firstMissing } from './update-shape.ts'
import { createVouching } from './vouching.ts'
import type { SongRoom } from './writable.ts'

/** What of the peers' updates gets into the document, and on to those who cannot have it otherwise. */
export interface Intake {
  /** @returns why the sender is to be cut off, if so */
  take(from: PeerId, frame: UpdateFrame, arrivedMs: number): string | undefined
  /** Somebody told what they have. */
  heardState(from: PeerId, stateVector: Uint8Array, arrivedMs: number): void
  /** Lets go of what has waited in vain, and asks anew. */
  expire(nowMs: number): void
  forget(peer: PeerId): void
}

/** Longer than it takes until an answer is believed in any case. */
const GIVE_UP_MS = 15_000

type UpdateFrame = Extract<DocFrame, { kind: 'update' | 'forward' }>

export interface IntakeOptions {
  readonly doc: Y.Doc
  readonly mesh: Mesh
  readonly asking: Asking
  readonly forwarding: Forwarding
  /** Set once an answer brought all that we lacked. */
  readonly synced: LiveSource<boolean>
  readonly room: SongRoom
  readonly roles: Roles
  /** All that a peer has, asked for by `askWhole`; ours has taken it in. */
  readonly onWhole: (from: PeerId, whole: Uint8Array) => void
  /** Others say of a peer that it wrote under this client up to here, and it has not said so itself. */
  readonly onDoubt: (author: PeerId, client: number, clock: number) => void
}

/**
 * An update is taken from its author, under a client id that follows from who that is; from somebody who passes it on
 * and names the author, while we do not reach the author; and as the answer to what we asked, unless it speaks
 * of those whom we reach and they do not own up to it. Of a listener only chat is taken, and nothing that it says of others.
 */
export function createIntake(options: IntakeOptions): Intake {
  const { doc, mesh, asking, forwarding, room, roles, synced, onWhole } = options
  const early = createEarlyUpdates(doc)
  const authors: Authors = createAuthors()
  const surplus = createSurplus(room.isFull)
  const unsure = createUnsureAnswers()
  const vouching = createVouching({ ...options, authors })
  /** Whose songs are too large to come together with ours. */
  const apart = new Set<PeerId>()

  function setApart(peer: PeerId, isApart: boolean): void {
    if (isApart) apart.add(peer)
    else apart.delete(peer)
    room.setApart(apart.size > 0)
  }

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

  /** Applies it and holds it against whoever brought it that it came into a full song. */
  function applyOf(bearer: PeerId, update: Uint8Array, nowMs: number): ReturnType<typeof apply> {
    // What only makes it full is no more than there was room for.
    const added = room.isFull() ? lackedBytes(doc, update) : 0
    const outcome = apply(update)
    if (outcome === 'changed') surplus.add(bearer, added, nowMs)
    return outcome
  }

  function takeFrom(
    from: PeerId,
    author: Member,
    brought: Brought,
    arrivedMs: number,
  ): string | undefined {
    const { brings } = brought.shape
    if (!authors.own(author, brings.keys())) return 'update-of-another'
    if (from === author.peer && vouching.wrote(from, brings)) retryAnswers(arrivedMs)
    // Who passes it on cannot know that it is too much.
    if (surplus.isSpent(author.peer, arrivedMs) || !fits(brought))
      return from === author.peer ? 'song-full' : undefined
    const outcome = early.take({
      from,
      brought,
      arrivedMs,
      apply() {
        if (!roles.mayEdit(author.peer) && !isChatOnly(doc, brought.update)) return
        const applied = applyOf(author.peer, brought.update, arrivedMs)
        if (applied === 'changed') forwarding.passOn(from, author, brought.update)
        // Who only passed it on may not have seen it break.
        else if (applied === 'broke' && author.peer === from) mesh.cutOff(from, 'update-breaks')
      },
    })
    if (outcome === 'too-much') asking.ask(from)
    return undefined
  }

  /** A listener may make anything up: it is believed of what was before us, while there is nobody else to ask. */
  const mayAnswer = (peer: PeerId): boolean =>
    roles.mayEdit(peer) ||
    (!synced.read() && roles.cameBefore(peer) && !mesh.peers().some(roles.mayEdit))

  /** What it tells of third parties is taken, for we asked, once it can be believed. */
  function takeAnswer(answer: UnsureAnswer, nowMs: number): void {
    const { from, asked, brought } = answer
    if (!vouching.believes(from, brought.shape, nowMs)) {
      for (const peer of unsure.hold(answer)) asking.askOnce(peer)
      return
    }
    // An honest answer stands on nothing that we did not say we have.
    if (firstMissing(doc, brought.shape) !== undefined) return
    if (!mayTakeAnswer(from, brought, nowMs)) return
    const applied = applyOf(from, brought.update, nowMs)
    early.retry()
    if (applied === 'broke') return
    synced.set(true)
    if (applied === 'changed') for (const peer of beyond(mesh, from)) asking.ask(peer)
    if (asked === 'whole') onWhole(from, brought.update)
  }

  function retryAnswers(nowMs: number): void {
    for (const answer of unsure.takeAll()) {
      if (nowMs - answer.arrivedMs < GIVE_UP_MS) takeAnswer(answer, nowMs)
    }
  }

  function heard(from: PeerId, clocks: Parameters<typeof vouching.heard>[1], nowMs: number): void {
    if (vouching.heard(from, clocks)) retryAnswers(nowMs)
  }

  /** What is here already, by another way, needs no room. */
  const fits = ({ update }: Brought): boolean =>
    room.hasRoomFor(update.length) || room.hasRoomFor(lackedBytes(doc, update))

  /** Two songs that each fit may be too much together: neither is lost, and nobody did anything wrong. */
  function mayTakeAnswer(from: PeerId, brought: Brought, nowMs: number): boolean {
    // Whoever has nothing takes whatever the others have.
    const isRoom = doc.store.clients.size === 0 || fits(brought)
    setApart(from, !isRoom)
    if (!isRoom) asking.rest(from)
    return isRoom && !surplus.isSpent(from, nowMs)
  }

  return {
    take(from, frame, arrivedMs) {
      if (frame.kind === 'forward') {
        const { author, brought } = frame
        if (!roles.mayEdit(from)) return undefined
        const isIntroduced = mesh.links.read().has(author.peer)
        // Whom we reach speaks to us without help; whom the server did not introduce is nobody.
        if (!isIntroduced || mesh.peers().includes(author.peer)) return undefined
        forwarding.took(from, brought.update)
        return takeFrom(from, author, brought, arrivedMs)
      }
      if (frame.answers) {
        const { brought } = frame
        const asked = asking.answered(from)
        if (asked === undefined || !mayAnswer(from)) return undefined
        heard(from, clocksOf(brought), arrivedMs)
        takeAnswer({ from, asked, brought, arrivedMs }, arrivedMs)
        return undefined
      }
      const page = mesh.pageOf(from)
      return page && takeFrom(from, { peer: from, page }, frame.brought, arrivedMs)
    },
    heardState(from, stateVector, arrivedMs) {
      heard(from, Y.decodeStateVector(stateVector), arrivedMs)
    },
    expire(nowMs) {
      for (const peer of early.expire(nowMs)) asking.ask(peer)
      vouching.expire(nowMs)
      retryAnswers(nowMs)
    },
    forget(peer) {
      early.forget(peer)
      vouching.forget(peer)
      unsure.forget(peer)
      setApart(peer, false)
    },
  }
}

const clocksOf = ({ shape }: Brought): readonly (readonly [number, number])[] =>
  [...shape.brings].map(([client, { to }]) => [client, to] as const)
