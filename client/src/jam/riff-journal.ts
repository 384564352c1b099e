import type { PeerId } from '@beatcord/shared'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from '../net/bucket.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { Riff } from '../sequence/riff.ts'
import type { LateFrames } from './late-frames.ts'
import { decodeRiffFrame, encodeRiffFrame, MOST_RIFFS, type RiffFrame } from './riff-frame.ts'
import type { Roles } from './roles.ts'

/** The riffs of a room: beside its document, the same at everybody who is linked. */
export interface RiffJournal {
  /** Latest first, at most `MOST_RIFFS`. */
  readonly riffs: Live<readonly Riff[]>
  /** Packed; undefined when it is not here. */
  bytesOf(id: string): Uint8Array<ArrayBuffer> | undefined
  /** Adds one, tells the others, and keeps it on the disk. */
  add(riff: Riff, bytes: Uint8Array<ArrayBuffer>): void
  /** Adds what a stranger says is a riff. @returns it; undefined when it is none */
  addPacked(bytes: Uint8Array<ArrayBuffer>): Promise<Riff | undefined>
  /** Takes one off this list, for good; the others keep it. */
  forget(id: string): void
  close: Undo
}

/** Where riffs are kept in this browser. What fails is not kept, and nobody is told. */
export interface RiffStore {
  read(): Promise<{
    readonly riffs: readonly Uint8Array<ArrayBuffer>[]
    readonly forgotten: readonly string[]
  }>
  put(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** @param isForgotten  whether it is never to be taken again */
  remove(id: string, isForgotten: boolean): void
}

export interface RiffJournalOptions {
  readonly mesh: Pick<Mesh, 'send' | 'broadcast' | 'peers' | 'onPeer' | 'cutOff'>
  readonly timers: Pick<Timers, 'now' | 'every'>
  readonly lateFrames: Pick<LateFrames, 'takeRiffs'>
  readonly roles: Pick<Roles, 'mayEdit'>
  readonly store: RiffStore
  /** Never rejects; undefined when the bytes are no riff. */
  readonly unpack: (bytes: Uint8Array<ArrayBuffer>) => Promise<Riff | undefined>
}

interface Kept {
  readonly riff: Riff
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** All of them together, packed. */
const MOST_BYTES = 4 * 1024 * 1024
const MOST_UNWANTED = 256
/** Far more than an honest page has to say. */
const HEARD_RATE = { burst: 200, perSecond: 5 }
/** As much as all riffs at once. */
const SENT_RATE = { burst: MOST_RIFFS, perSecond: 0.5 }
/** Somebody else is asked then. */
const ANSWER_WITHIN_MS = 15_000
const ASK_EVERY_MS = 5000

export function createRiffJournal(options: RiffJournalOptions): RiffJournal {
  const { mesh, timers, store, unpack } = options
  const scope = createScope()
  const riffs = createLive<readonly Riff[]>([])
  let kept: readonly Kept[] = []
  /** Those that this person took off the list, and those that have no room on it. */
  const unwanted = new Set<string>()
  const haves = new Map<PeerId, ReadonlySet<string>>()
  const asked = new Map<string, { readonly peer: PeerId; readonly atMs: number }>()
  const heard = createBuckets<PeerId>(HEARD_RATE)
  const sent = createBuckets<PeerId>(SENT_RATE)
  let closed = false

  const send = (peer: PeerId, frame: RiffFrame): void => {
    mesh.send(peer, 'doc', encodeRiffFrame(frame))
  }
  const isHere = (id: string): boolean => kept.some(({ riff }) => riff.id === id)
  const tellAll = (): void => {
    const ids = kept.map(({ riff }) => riff.id)
    mesh.broadcast('doc', encodeRiffFrame({ kind: 'have', asks: false, ids }))
  }
  const meet = (peer: PeerId): void => {
    send(peer, { kind: 'have', asks: true, ids: kept.map(({ riff }) => riff.id) })
  }

  const pass = (id: string): void => {
    unwanted.add(id)
    const [oldest] = unwanted
    if (unwanted.size > MOST_UNWANTED && oldest !== undefined) unwanted.delete(oldest)
  }
  /** @returns whether it is among those that are kept */
  const put = (one: Kept): boolean => {
    if (isHere(one.riff.id) || unwanted.has(one.riff.id)) return false
    const sorted = [...kept, one].sort(
      (a, b) => b.riff.atMs - a.riff.atMs || (a.riff.id < b.riff.id ? -1 : 1),
    )
    let bytes = 0
    const next = sorted.slice(0, MOST_RIFFS).filter((each) => {
      bytes += each.bytes.length
      return bytes <= MOST_BYTES
    })
    for (const { riff } of kept) {
      if (!next.some((each) => each.riff.id === riff.id)) store.remove(riff.id, false)
    }
    kept = next
    riffs.set(kept.map(({ riff }) => riff))
    if (kept.includes(one)) return true
    pass(one.riff.id)
    return false
  }
  const takeIn = (one: Kept): void => {
    if (!put(one)) return
    void store.put(one.riff.id, one.bytes)
    tellAll()
  }

  /** Asks for each riff that is not here one of those who have it. */
  const ask = (): void => {
    const nowMs = timers.now()
    const wanted = new Map<PeerId, string[]>()
    for (const id of new Set([...haves.values()].flatMap((ids) => [...ids]))) {
      const before = asked.get(id)
      const waits = before !== undefined && nowMs - before.atMs < ANSWER_WITHIN_MS
      if (waits || isHere(id) || unwanted.has(id)) continue
      const having = [...haves.keys()].filter((peer) => haves.get(peer)?.has(id))
      const peer = having.find((each) => each !== before?.peer) ?? having[0]
      if (peer === undefined) continue
      asked.set(id, { peer, atMs: nowMs })
      wanted.set(peer, [...(wanted.get(peer) ?? []), id])
    }
    for (const [peer, ids] of wanted) send(peer, { kind: 'want', ids })
  }
  const answer = (peer: PeerId, ids: readonly string[]): void => {
    for (const id of ids) {
      const one = kept.find(({ riff }) => riff.id === id)
      if (one !== undefined && sent.take(peer, timers.now())) {
        send(peer, { kind: 'riff', bytes: one.bytes })
      }
    }
  }
  const takeAnswer = async (from: PeerId, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const isAsked = [...asked.values()].some(({ peer }) => peer === from)
    const riff = isAsked ? await unpack(bytes) : undefined
    // It is taken from whoever was asked for this very one.
    if (closed || riff === undefined || asked.get(riff.id)?.peer !== from) return
    asked.delete(riff.id)
    takeIn({ riff, bytes })
  }
  const hear = (from: PeerId, body: Uint8Array): string | undefined => {
    if (!heard.take(from, timers.now())) return undefined
    const frame = decodeRiffFrame(body)
    if (frame === undefined) return 'riff-shape'
    if (frame.kind === 'want') answer(from, frame.ids)
    else if (frame.kind === 'have' && frame.asks) {
      send(from, { kind: 'have', asks: false, ids: kept.map(({ riff }) => riff.id) })
    }
    // Of a listener nothing is taken.
    if (frame.kind === 'want' || !options.roles.mayEdit(from)) return undefined
    if (frame.kind === 'riff') void takeAnswer(from, frame.bytes)
    else {
      haves.set(from, new Set(frame.ids))
      ask()
    }
    return undefined
  }

  scope.own(options.lateFrames.takeRiffs(hear))
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'open') meet(peer)
      if (change !== 'closed') return
      haves.delete(peer)
      for (const [id, each] of asked) if (each.peer === peer) asked.delete(id)
      heard.forget(peer)
      sent.forget(peer)
    }),
  )
  scope.own(timers.every(ASK_EVERY_MS, ask))
  scope.own(() => {
    closed = true
  })
  const readStore = async (): Promise<void> => {
    const stored = await store.read()
    stored.forgotten.forEach(pass)
    for (const bytes of stored.riffs) {
      const riff = await unpack(bytes)
      if (closed) return
      if (riff !== undefined) put({ riff, bytes })
    }
    for (const peer of mesh.peers()) meet(peer)
  }
  void readStore()

  return {
    riffs,
    bytesOf: (id) => kept.find(({ riff }) => riff.id === id)?.bytes,
    add(riff, bytes) {
      unwanted.delete(riff.id)
      takeIn({ riff, bytes })
    },
    async addPacked(bytes) {
      const riff = await unpack(bytes)
      if (riff !== undefined && !closed) takeIn({ riff, bytes })
      return riff
    },
    forget(id) {
      pass(id)
      kept = kept.filter(({ riff }) => riff.id !== id)
      riffs.set(kept.map(({ riff }) => riff))
      store.remove(id, true)
    },
    close: scope.close,
  }
}
