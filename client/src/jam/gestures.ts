import type { PeerId } from '@beatcord/shared'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from '../net/bucket.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { TrackId } from '../sequence/song.ts'
import { decodeGestures, encodeGestures, type Gesture, MAX_GESTURES } from './gesture-frame.ts'
import { createLatestSender } from './latest-sender.ts'
import { LIVE_GESTURE, liveFrame } from './live-kinds.ts'
import type { Overlay, Place } from './song-reader.ts'

/** Drags of a knob or of a note: heard by all while they last, and written into the song once, when they rest. */
export interface Gestures {
  /** @param commit writes the gesture's last value into the song; not called for those before */
  put(gesture: Gesture, commit: () => void): void
  /** Writes at once what still moves. */
  flush(): void
  /** For whoever reads the song: values that are not in it yet. */
  readonly overlay: Overlay
  /** A frame of the live lane. @returns why its sender is to be cut off */
  hear(from: PeerId, body: Uint8Array): 'gesture-shape' | undefined
  /** Flushes. */
  close: Undo
}

export interface GesturesOptions {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'after' | 'now'>
}

/** Some thirty a second: more is not heard. */
const PERIOD_MS = 33
/** A hand that has not moved for so long rests. */
const REST_MS = 250
/** Whoever fell silent amid a gesture is believed no longer. */
const BELIEVED_MS = 1500
/** Frames of one peer that are looked at; a hand makes thirty a second, which may come late and all at once. */
const HEARD_RATE = { burst: 40, perSecond: 40 }
/** A frame that comes so soon after the song's own value was sent before it. */
const OVERTAKEN_MS = 250
/** Values of others at once; far more than people have hands. */
const MAX_HEARD = 512

interface Own {
  readonly gesture: Gesture
  readonly commit: () => void
  readonly undoRest: Undo
}

export function createGestures({ mesh, timers }: GesturesOptions): Gestures {
  const scope = createScope()
  const own = new Map<string, Own>()
  const heard = new Map<string, { readonly value: number; readonly undo: Undo }>()
  const numbers = new Map<PeerId, number>()
  const buckets = createBuckets<PeerId>(HEARD_RATE)
  /** Moments at which the song got a value of its own for what we had heard; oldest first. */
  const writtenMs = new Map<string, number>()
  const listeners = new Set<(places: readonly Place[]) => void>()

  const sender = createLatestSender({
    mesh,
    timers,
    periodMs: PERIOD_MS,
    maxThings: MAX_GESTURES,
    encode(things, number) {
      const gestures = things.flatMap((thing) => own.get(thing)?.gesture ?? [])
      return liveFrame(LIVE_GESTURE, encodeGestures({ number, gestures }))
    },
  })
  const tell = (places: readonly Place[]): void => {
    for (const listener of [...listeners]) listener(places)
  }
  const settle = (thing: string): void => {
    const moved = own.get(thing)
    if (moved === undefined) return
    moved.undoRest()
    own.delete(thing)
    sender.forget(thing)
    moved.commit()
    tell([moved.gesture])
  }
  const flush = (): void => {
    for (const thing of [...own.keys()]) settle(thing)
  }
  const drop = (thing: string): void => {
    heard.get(thing)?.undo()
    heard.delete(thing)
  }
  /** @returns whether the value is another now */
  const take = ({ track, entry, value }: Gesture): boolean => {
    const thing = thingOf(track, entry)
    if (heard.size >= MAX_HEARD && !heard.has(thing)) return false
    if (timers.now() - (writtenMs.get(thing) ?? -Infinity) < OVERTAKEN_MS) return false
    const isNew = heard.get(thing)?.value !== value
    drop(thing)
    const undo = timers.after(BELIEVED_MS, () => {
      heard.delete(thing)
      tell([{ track, entry }])
    })
    heard.set(thing, { value, undo })
    return isNew
  }
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change !== 'closed') return
      numbers.delete(peer)
      buckets.forget(peer)
    }),
  )
  scope.own(sender.close)
  scope.own(() => {
    for (const thing of [...heard.keys()]) drop(thing)
  })
  scope.own(flush)

  return {
    put(gesture, commit) {
      const { track, entry } = gesture
      const thing = thingOf(track, entry)
      own.get(thing)?.undoRest()
      const undoRest = timers.after(REST_MS, () => {
        settle(thing)
      })
      own.set(thing, { gesture, commit, undoRest })
      sender.changed(thing)
      tell([gesture])
    },
    flush,
    overlay: {
      read(track, entry) {
        const thing = thingOf(track, entry)
        return own.get(thing)?.gesture.value ?? heard.get(thing)?.value
      },
      written(track, entry) {
        const thing = thingOf(track, entry)
        if (!heard.has(thing)) return
        drop(thing)
        writtenMs.delete(thing)
        writtenMs.set(thing, timers.now())
        for (const oldest of writtenMs.keys()) {
          if (writtenMs.size <= MAX_HEARD) break
          writtenMs.delete(oldest)
        }
      },
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    hear(from, body) {
      if (!buckets.take(from, timers.now())) return undefined
      const frame = decodeGestures(body)
      if (frame === undefined) return 'gesture-shape'
      if (frame.number <= (numbers.get(from) ?? 0)) return undefined
      numbers.set(from, frame.number)
      const changed = frame.gestures.filter(take)
      if (changed.length > 0) tell(changed)
      return undefined
    },
    close: scope.close,
  }
}

const thingOf = (track: TrackId, entry: string): string => `${track}/${entry}`
