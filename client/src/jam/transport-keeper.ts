import type * as Y from 'yjs'
import type { Transport } from '../clock/transport.ts'
import { parseTransport } from '../clock/parse-transport.ts'
import { initialTransport, lastAsked, rebased } from '../clock/tempo-map.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
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

/**
 * A transport counts only in the clock session whose time it is written in. So a song from the disk stands stopped; a
 * newcomer is silent until its clock agrees; and an old value that a newcomer's disk brought along, and that happened
 * to win in the document, is written over by what the room is playing: by everyone who knows it, with one value.
 */
export function createTransportKeeper(
  doc: Y.Doc,
  clock: Pick<ClockSync, 'sessionId' | 'onChange'>,
): TransportKeeper {
  const { room } = docShape(doc)
  const scope = createScope()
  const transport = createLive(initialTransport(''))
  let last: Transport | undefined

  const write = (value: Transport): void => {
    doc.transact(() => {
      migrate(doc)
      room.set('transport', value)
    }, MY_EDIT)
  }
  const show = (): void => {
    const written = parseTransport(room.get('transport'))
    const epoch = clock.sessionId()
    if (epoch !== '' && written?.epoch === epoch) last = written
    else if (epoch !== '' && last?.epoch === epoch) restate(last)
    else last = undefined
    transport.set(last ?? standing(written, epoch))
  }
  // Later, since a change made while Yjs is still telling of another one would be its part.
  const restate = (value: Transport): void => {
    queueMicrotask(() => {
      if (last === value) write({ ...value, n: value.n + 1 })
    })
  }
  const onRoom = (event: Y.YMapEvent<unknown>): void => {
    if (event.keysChanged.has('transport')) show()
  }
  room.observe(onRoom)
  scope.own(() => {
    room.unobserve(onRoom)
  })
  scope.own(
    clock.onChange((change) => {
      if (change.kind === 'merged' && last?.epoch === change.fromSessionId) {
        const moved = rebased(last, change.deltaMs, clock.sessionId())
        if (parseTransport(room.get('transport'))?.epoch !== clock.sessionId()) write(moved)
      }
      show()
    }),
  )
  show()
  return { transport, write, close: scope.close }
}

/** Stopped, at the tempo last written. */
function standing(written: Transport | undefined, epoch: string): Transport {
  const still = initialTransport(epoch)
  if (written === undefined) return still
  return { ...still, current: { ...still.current, bpm: lastAsked(written).bpm } }
}
