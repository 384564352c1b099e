import type { PeerId, RoomId, RosterEntry } from '@beatcord/shared'
import type { SongCopy } from '../jam/shared-song.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import type { SlotClient } from '../net/slot-client.ts'
import type { Timers } from '../net/timers.ts'
import type * as SlotReader from './slot-reader.ts'

export interface RevivalOptions {
  readonly signal: {
    readonly state: Live<{ readonly status: string }>
    readonly roster: Live<ReadonlyMap<PeerId, Pick<RosterEntry, 'presence'>>>
    readonly room: Live<RoomId | undefined>
  }
  readonly jam: { readonly synced: Live<boolean>; readonly copy: Live<Pick<SongCopy, 'doc'>> }
  readonly keyring: Pick<Keyring, 'current'>
  readonly timers: Pick<Timers, 'after'>
  /** Fetches what reads, when there is something to read. */
  readonly load: () => Promise<
    Pick<typeof SlotReader, 'readSlot' | 'readToWords'> & {
      readonly client: Pick<SlotClient, 'read'>
    }
  >
  readonly tell: (text: string) => void
}

/** What a room left behind comes back with the first who enters it. */
export interface Revival {
  /** Resolves when it is known what was read; undefined when somebody is here whose song is the room's. */
  readonly read: Promise<SlotReader.SlotRead | undefined>
  readonly close: Undo
}

/** Between the times that a server is asked which cannot be reached. */
const AGAIN_MS = [2_000, 5_000, 15_000]

/** People who are here and bring no song by then are out of reach. */
const PATIENCE_MS = 15_000

export function watchRevival(options: RevivalOptions): Revival {
  const { signal, jam, keyring, timers } = options
  const scope = createScope()
  let tries = 0
  let isReading = false
  let isPatient = true
  let settle: (read: SlotReader.SlotRead | undefined) => void = () => undefined
  const read = new Promise<SlotReader.SlotRead | undefined>((resolve) => {
    settle = resolve
  })

  const isAlone = (): boolean =>
    signal.state.read().status === 'admitted' &&
    [...signal.roster.read().values()].every(({ presence }) => presence !== 'here')

  function end(found: SlotReader.SlotRead | undefined): void {
    scope.close()
    settle(found)
  }

  async function readNow(roomId: RoomId): Promise<void> {
    isReading = true
    const found = await tryToRead(roomId)
    isReading = false
    const waitMs = AGAIN_MS[tries]
    tries += 1
    const isOver = found !== undefined && found.outcome !== 'away' && found.outcome !== 'denied'
    if (isOver || waitMs === undefined) end(found)
    else scope.own(timers.after(waitMs, look))
  }

  async function tryToRead(roomId: RoomId): Promise<SlotReader.SlotRead | undefined> {
    try {
      const { readSlot, readToWords, client } = await options.load()
      const { slotKey } = keyring.current.read()
      const found = await readSlot({ client, roomId, slotKey, copy: jam.copy.read })
      const text = readToWords(found)
      if (text !== undefined) options.tell(text)
      return found
    } catch {
      // Out of reach; nothing of it may disturb the jam.
      return undefined
    }
  }

  function look(): void {
    const roomId = signal.room.read()
    if (isReading) return
    if (jam.synced.read()) end(undefined)
    else if ((isAlone() || !isPatient) && roomId !== undefined) void readNow(roomId)
  }

  for (const watched of [signal.state, signal.roster, signal.room, jam.synced]) {
    scope.own(watched.subscribe(look))
  }
  scope.own(
    timers.after(PATIENCE_MS, () => {
      isPatient = false
      look()
    }),
  )
  look()
  return {
    read,
    close() {
      end(undefined)
    },
  }
}
