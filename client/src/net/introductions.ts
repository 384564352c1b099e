import type { PeerId } from '@beatcord/shared'
import { createBuckets } from './bucket.ts'
import { SECRET_BYTES } from './control-message.ts'
import type { ControlMessage } from './control-message.ts'
import { open, seal } from './seal.ts'
import { createTaskQueue } from './task-queue.ts'
import type { Timers } from './timers.ts'

/** Signals of one peer that we hand on: a few connections at once with all their candidates. */
const PASSES = { burst: 60, perSecond: 20 }
/** How long one member passes on all that we say to a peer, so that it comes in order. */
const SPELL_MS = 4000

export interface IntroductionsOptions {
  readonly timers: Timers
  readonly self: () => PeerId | undefined
  readonly isLinked: (peer: PeerId) => boolean
  /** Linked peers that say they reach this one. */
  readonly reaching: (peer: PeerId) => readonly PeerId[]
  readonly send: (to: PeerId, message: ControlMessage) => void
  /** A signal that one of the linked peers handed on; sealed by the one it is from. */
  readonly onSignal: (from: PeerId, text: string) => void
}

/**
 * Signals that members pass on where the server does not. They are sealed under a key that only the two ends have: each
 * told the other its half when they were linked. So only peers that have been linked before can be introduced anew, and
 * whoever passes a signal on can neither read nor forge it.
 */
export interface Introductions {
  /** To be called when a link opens or moves. */
  onLink(peer: PeerId): void
  hear(from: PeerId, message: Extract<ControlMessage, { kind: 'pass' | 'passed' | 'secret' }>): void
  canPass(to: PeerId): boolean
  send(to: PeerId, text: string): Promise<void>
}

export function createIntroductions(options: IntroductionsOptions): Introductions {
  const { timers, self, reaching } = options
  const secrets = new Map<PeerId, Uint8Array>()
  const theirSecrets = new Map<PeerId, Uint8Array>()
  const keys = new Map<PeerId, Promise<CryptoKey>>()
  const buckets = createBuckets<PeerId>(PASSES)
  const opening = createTaskQueue()

  function secretFor(peer: PeerId): Uint8Array {
    const known = secrets.get(peer)
    if (known !== undefined) return known
    const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
    secrets.set(peer, secret)
    return secret
  }

  function keep(peer: PeerId, theirs: Uint8Array): void {
    theirSecrets.set(peer, theirs)
    keys.delete(peer)
  }

  /** Derived when it is first needed, which for most pairs is never. */
  async function keyFor(own: PeerId, peer: PeerId): Promise<CryptoKey | undefined> {
    const theirs = theirSecrets.get(peer)
    if (theirs === undefined) return undefined
    const ours = secretFor(peer)
    const key = keys.get(peer) ?? deriveKey(own < peer ? [ours, theirs] : [theirs, ours])
    keys.set(peer, key)
    return key
  }

  function pass(from: PeerId, to: PeerId, sealed: string): void {
    if (!options.isLinked(to) || !buckets.take(from, timers.now())) return
    options.send(to, { kind: 'passed', peer: from, sealed })
  }

  async function take(from: PeerId, sealed: string): Promise<void> {
    const own = self()
    const key = own && (await keyFor(own, from))
    if (key === undefined || own === undefined) return
    const text = await open(key, sealed, context(from, own))
    if (text !== undefined) options.onSignal(from, text)
  }

  return {
    onLink(peer) {
      options.send(peer, { kind: 'secret', bytes: secretFor(peer) })
    },
    hear(from, message) {
      if (message.kind === 'secret') keep(from, message.bytes)
      else if (message.kind === 'pass') pass(from, message.peer, message.sealed)
      else opening.add(() => take(message.peer, message.sealed))
    },
    canPass: (to) => theirSecrets.has(to) && reaching(to).length > 0,
    async send(to, text) {
      const own = self()
      const key = own && (await keyFor(own, to))
      if (key === undefined || own === undefined) return
      const sealed = await seal(key, text, context(own, to))
      const members = reaching(to)
      const member = members[Math.floor(timers.now() / SPELL_MS) % members.length]
      if (member !== undefined) options.send(member, { kind: 'pass', peer: to, sealed })
    },
  }
}

const context = (from: PeerId, to: PeerId): string => `passed signal|${from}|${to}`

/** @param halves  of the lower id first */
async function deriveKey(halves: readonly [Uint8Array, Uint8Array]): Promise<CryptoKey> {
  const secret = new Uint8Array(2 * SECRET_BYTES)
  secret.set(halves[0])
  secret.set(halves[1], SECRET_BYTES)
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('beatcord 1 pass')
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  const kind = { name: 'AES-GCM', length: 256 }
  return crypto.subtle.deriveKey(how, root, kind, false, ['encrypt', 'decrypt'])
}
