import type { OfflineCounts, Session } from '../../app/session-types.ts'
import { createEvents } from '../../lib/events.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import { EMPTY_SONG, type Song } from '../../sequence/song.ts'

/** What was written offline, as a test has it. */
export interface LocalOffline extends Omit<Session['offline'], 'offer'> {
  readonly offer: LiveSource<OfflineCounts | undefined>
  /** What was done with it, latest last. */
  readonly done: readonly string[]
  /** Why it cannot be added. */
  refusal: ReturnType<Session['offline']['add']>
  merge(): void
}

export function createLocalOffline(): LocalOffline {
  const offer = createLive<OfflineCounts | undefined>(undefined)
  const heard = createLive<Song | undefined>(undefined)
  const events = createEvents<{ merged: [] }>()
  const done: string[] = []
  const end = (what: string): void => {
    done.push(what)
    heard.set(undefined)
    offer.set(undefined)
  }
  const local: LocalOffline = {
    offer,
    heard,
    done,
    refusal: undefined,
    hear(on) {
      heard.set(on ? EMPTY_SONG : undefined)
    },
    add() {
      if (local.refusal === undefined) end('added')
      return local.refusal
    },
    keepAside() {
      end('kept')
    },
    drop() {
      const dropped = offer.read()
      end('dropped')
      return () => {
        offer.set(dropped)
      }
    },
    onMerged: (listener) => events.on('merged', listener),
    merge() {
      events.emit('merged')
    },
  }
  return local
}
