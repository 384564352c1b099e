import type { PeerId } from '@beatcord/shared'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createLatestSender } from './latest-sender.ts'
import { liveFrame } from './live-kinds.ts'

/** A word as it goes over the live lane. */
export interface WordFrame<Word> {
  /** Later frames of one page have higher numbers. */
  readonly number: number
  /** Undefined when there is nothing to say any more. */
  readonly word: Word | undefined
}

/** What everybody says of themselves just now, of which only the latest counts. */
export interface LastWords<Word> {
  /** The others', in no particular order. */
  readonly others: Live<readonly (Word & { readonly peer: PeerId })[]>
  /** @param word  undefined when there is nothing to say any more */
  say(word: Word | undefined): void
  /** A frame of the live lane. @returns false when it is none: its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): boolean
  close: Undo
}

export interface LastWordsOptions<Word> {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'after' | 'every'>
  /** The frame's first byte. */
  readonly kind: number
  /** Nothing is said more often than once in so long. */
  readonly periodMs: number
  readonly encode: (frame: WordFrame<Word>) => Uint8Array
  /** Undefined when it is none. Never throws. */
  readonly decode: (body: Uint8Array) => WordFrame<Word> | undefined
}

/** A word that holds is said again: the one before may be lost. */
const REPEAT_MS = 2000
const GONE_AFTER_MS = 5000
const MINE = 'word'

export function createLastWords<Word extends object>(
  options: LastWordsOptions<Word>,
): LastWords<Word> {
  const { mesh, timers, kind } = options
  const scope = createScope()
  const words = createLive<readonly (Word & { readonly peer: PeerId })[]>([])
  const numbers = new Map<PeerId, number>()
  const ends = new Map<PeerId, Undo>()
  let mine: Word | undefined

  const sender = createLatestSender({
    mesh,
    timers,
    periodMs: options.periodMs,
    maxThings: 1,
    encode: (_things, number) => liveFrame(kind, options.encode({ number, word: mine })),
  })
  const show = (peer: PeerId, word: Word | undefined): void => {
    ends.get(peer)?.()
    ends.delete(peer)
    const others = words.read().filter((each) => each.peer !== peer)
    if (word === undefined) {
      if (others.length < words.read().length) words.set(others)
      return
    }
    ends.set(
      peer,
      timers.after(GONE_AFTER_MS, () => {
        show(peer, undefined)
      }),
    )
    words.set([...others, { ...word, peer }])
  }
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'open' && mine !== undefined) sender.changed(MINE)
      if (change !== 'closed') return
      numbers.delete(peer)
      show(peer, undefined)
    }),
  )
  scope.own(
    timers.every(REPEAT_MS, () => {
      if (mine !== undefined) sender.changed(MINE)
    }),
  )
  scope.own(sender.close)
  scope.own(() => {
    for (const undo of ends.values()) undo()
  })

  return {
    others: words,
    say(word) {
      mine = word
      sender.changed(MINE)
    },
    hear(from, body) {
      const frame = options.decode(body)
      if (frame === undefined) return false
      if (frame.number <= (numbers.get(from) ?? 0)) return true
      numbers.set(from, frame.number)
      show(from, frame.word)
      return true
    },
    close: scope.close,
  }
}
