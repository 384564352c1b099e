import type * as Y from 'yjs'
import type { Transport } from '../clock/transport.ts'
import { parseTransport } from '../clock/parse-transport.ts'
import { initialTransport, lastAsked, rebased } from '../clock/tempo-map.ts'
import type { ClockChange } from '../clock/shared-clock.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { ClockSync } from './clock-sync.ts'
import { docShape, MY_EDIT } from './doc-shape.ts'
import { migrate } from './schema.ts'

/** The transport that holds: the document's, as far as it was written in the shared time we now agree on. */
export interface TransportKeeper {
  /** Standing still until this tab's clock has a session. */
  readonly transport: Live<Transport>
  write(transport: Transport): void
  close: Undo
}

export interface TransportKeeperOptions {
  readonly doc: Y.Doc
  readonly clock: Pick<ClockSync, 'sessionId' | 'onChange' | 'sharedMsAt' | 'isUndisputed'>
  readonly timers: Pick<Timers, 'now' | 'after'>
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly mayEdit: () => boolean
}

/** The winner of a merge speaks first, and only then whoever would have to speak for the losers. */
const RESTATE_AFTER_MS = 500
const SPEAK_AS_LOSER_AFTER_MS = 2000
/** Drawn out of it, so that of those who know the transport one speaks and the others find it said. */
const SPREAD_MS = 500

/**
 * A transport counts only in the clock session whose time it is written in. So a song from the disk stands stopped; a
 * newcomer is silent until its clock agrees; and an old value that a newcomer's disk brought along, and that happened
 * to win in the document, is written over by what the room is playing. Nobody writes over another session that is still
 * being met: it may be the one that wins.
 */
export function createTransportKeeper(options: TransportKeeperOptions): TransportKeeper {
  const { doc, clock, timers } = options
  const { room } = docShape(doc)
  const scope = createScope()
  const transport = createLive(initialTransport(''))
  let last: Transport | undefined
  let undoRestate: Undo | undefined

  const read = (): Transport | undefined => parseTransport(room.get('transport'))
  const write = (value: Transport): void => {
    if (!options.mayEdit()) return
    doc.transact(() => {
      migrate(doc)
      room.set('transport', writable(value, clock.sharedMsAt(timers.now())))
    }, MY_EDIT)
  }
  const show = (): void => {
    const written = read()
    const epoch = clock.sessionId()
    if (epoch !== '' && written?.epoch === epoch) last = written
    else if (epoch !== '' && last?.epoch === epoch) restateSoon(RESTATE_AFTER_MS)
    else last = undefined
    transport.set(last ?? standing(written, epoch))
  }
  const restateSoon = (delayMs: number): void => {
    undoRestate ??= timers.after(delayMs + options.random() * SPREAD_MS, () => {
      undoRestate = undefined
      const epoch = clock.sessionId()
      if (last?.epoch !== epoch || read()?.epoch === epoch) return
      if (clock.isUndisputed()) write({ ...last, n: last.n + 1 })
      else restateSoon(delayMs)
    })
  }
  const onRoom = (event: Y.YMapEvent<unknown>): void => {
    if (event.keysChanged.has('transport')) show()
  }
  const onClock = (change: ClockChange): void => {
    if (change.kind === 'merged' && last?.epoch === change.fromSessionId) {
      last = rebased(last, change.deltaMs, clock.sessionId())
      undoRestate?.()
      undoRestate = undefined
      restateSoon(SPEAK_AS_LOSER_AFTER_MS)
    }
    show()
  }
  room.observe(onRoom)
  scope.own(() => {
    room.unobserve(onRoom)
  })
  scope.own(() => undoRestate?.())
  scope.own(clock.onChange(onClock))
  show()
  return { transport, write, close: scope.close }
}

/** What a hostile value led to may lie beyond what anyone reads: the song then stands at its beginning, for all. */
function writable(value: Transport, nowMs: number): Transport {
  if (parseTransport(value) !== undefined) return value
  const { epoch, by } = value
  const still = initialTransport(epoch)
  return { ...still, current: { ...still.current, sharedMs: nowMs }, by, n: 0 }
}

/** Stopped, at the tempo last written. */
function standing(written: Transport | undefined, epoch: string): Transport {
  const still = initialTransport(epoch)
  if (written === undefined) return still
  return { ...still, current: { ...still.current, bpm: lastAsked(written).bpm } }
}
