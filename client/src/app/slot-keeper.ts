import type { RoomId } from '@beatcord/shared'
import type { Jam } from '../jam/jam.ts'
import type { Roles } from '../jam/roles.ts'
import { isFirst } from '../jam/shared-song.ts'
import { isEmptySong, isSameSong, keepSong, type KeptSong } from '../jam/slot-song.ts'
import { isForReading } from '../jam/writable.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import type { Mesh } from '../net/mesh.ts'
import { roomIdOf } from '../net/room-id.ts'
import type { SlotClient, SlotWritten } from '../net/slot-client.ts'
import { sealSlot, type SlotPart } from '../net/slot-envelope.ts'
import type { Timers } from '../net/timers.ts'
import { areSameParts, type Beside, besideIn } from './slot-beside.ts'
import { readSlot, SONG_PART, type SlotRead } from './slot-reader.ts'

/** Sees to it that the room leaves behind what it is: one who may edit writes it, sealed, when it has changed. */
export interface SlotKeeper {
  /** Writes now what is not written yet: the page is about to go. */
  flush(): void
  /** Writes nothing more, and has the server delete what there is. */
  remove(): ReturnType<SlotClient['remove']>
  readonly close: Undo
}

export interface SlotKeeperOptions {
  readonly jam: Pick<Jam, 'copy' | 'writable'>
  readonly mesh: Pick<Mesh, 'self' | 'peers' | 'onPeer'>
  readonly roles: Pick<Roles, 'mayEdit'>
  readonly signal: {
    readonly state: Live<{ readonly status: string }>
    readonly room: Live<RoomId | undefined>
    readonly role: Live<string>
  }
  readonly keyring: Pick<Keyring, 'current'>
  readonly client: SlotClient
  readonly timers: Pick<Timers, 'now' | 'wallMs' | 'after'>
  /** What was read when we came; before it is known nothing is written. */
  readonly read: Promise<SlotRead | undefined>
  /** What is kept beside the song. */
  readonly beside: Beside
}

/** After a change, for those that come with it. */
const SOON_MS = 1_000
const EVERY_MS = 10_000
/** A page may be hidden and shown at will. */
const LEAVING_EVERY_MS = 2_000
const LONGEST_WAIT_MS = 300_000
/** Of writers who cross each other the last one gives way for a while. */
const MOST_CONFLICTS = 3

type Written = SlotWritten['outcome'] | 'same'

export function createSlotKeeper(options: SlotKeeperOptions): SlotKeeper {
  const { jam, mesh, signal, keyring, client, timers } = options
  const scope = createScope()
  let version = 0
  /** What the slot says, as far as we know. */
  let saved: KeptSong['snapshot'] | undefined
  let savedParts: readonly SlotPart[] = []
  /** Rooms that this one was before, whose slots are to go once the new one stands. */
  let former: readonly RoomId[] = []
  let lastMs = -Infinity
  let quietUntilMs = -Infinity
  let failures = 0
  let state: 'waiting' | 'ready' | 'writing' | 'over' = 'waiting'
  let endWait: Undo | undefined
  let dueMs = Infinity
  let isAgain = false
  let inFlight: Promise<unknown> = Promise.resolve()

  const isWriter = (): boolean =>
    signal.state.read().status === 'admitted' &&
    !isForReading(jam.writable.read()) &&
    (isFirst(mesh, options.roles) || former.length > 0)

  /** In `delayMs` at the earliest, and no sooner than the last time allows. */
  function plan(delayMs: number): void {
    const atMs = Math.max(timers.now() + delayMs, lastMs + EVERY_MS, quietUntilMs)
    if (state === 'over' || atMs >= dueMs) return
    endWait?.()
    dueMs = atMs
    endWait = timers.after(atMs - timers.now(), () => {
      dueMs = Infinity
      void writeNow(false)
    })
  }

  async function writeNow(isLast: boolean): Promise<void> {
    if (state === 'writing') isAgain = true
    if (state !== 'ready' || !isWriter()) return
    state = 'writing'
    const writing = write(isLast).catch((): Written => 'away')
    inFlight = writing
    const outcome = await writing
    // `remove` may have been called meanwhile.
    if ((state as string) === 'over') return
    state = outcome === 'off' ? 'over' : 'ready'
    if (outcome === 'written' || outcome === 'same') await leaveFormer()
    else wait()
    if (isAgain) plan(SOON_MS)
    isAgain = false
  }

  /** The jam goes on; it is tried again, ever more rarely. */
  function wait(): void {
    failures += 1
    const waitMs = Math.min(LONGEST_WAIT_MS, EVERY_MS * 2 ** Math.min(failures, 5))
    quietUntilMs = Math.max(quietUntilMs, timers.now() + waitMs)
    plan(waitMs)
  }

  async function write(isLast: boolean): Promise<Written> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
      const { doc } = jam.copy.read()
      const parts = options.beside.parts()
      const song = keepSong(doc)
      const isSame = saved !== undefined && isSameSong(saved, song.snapshot)
      if (isEmptySong(doc) || (isSame && areSameParts(savedParts, parts))) return 'same'
      const { authKey, slotKey } = keyring.current.read()
      const roomId = await roomIdOf(authKey)
      // Keys and papers of a room that moves come one after the other.
      if (roomId !== signal.room.read()) return 'denied'
      const sealed = await sealSlot(
        slotKey,
        { roomId, version: version + 1 },
        { savedMs: timers.wallMs(), parts: [{ name: SONG_PART, bytes: song.update }, ...parts] },
      )
      lastMs = timers.now()
      const answer = await client.write(roomId, version, sealed, isLast)
      if (answer.outcome === 'away') {
        quietUntilMs = timers.now() + (answer.retryMs ?? 0)
      }
      if (answer.outcome === 'written') {
        version = answer.version
        saved = song.snapshot
        savedParts = parts
        failures = 0
      }
      if (answer.outcome !== 'conflict') return answer.outcome
      const trouble = await catchUp(roomId, slotKey, answer.version)
      if (trouble !== undefined) return trouble
    }
    return 'conflict'
  }

  /**
   * Somebody else wrote: what they left comes into the song, as any peer's answer, and ours goes on top of it.
   *
   * @returns why not
   */
  async function catchUp(
    roomId: RoomId,
    slotKey: CryptoKey,
    present: number,
  ): Promise<'away' | 'no-room' | undefined> {
    saved = undefined
    version = present
    if (present === 0) return undefined
    const read = await readSlot({ client, roomId, slotKey, copy: jam.copy.read })
    if (read.outcome === 'away' || read.outcome === 'denied') return 'away'
    if (read.outcome !== 'read') return undefined
    // Theirs is not written over where it cannot come along.
    if (read.took === 'too-large') return 'no-room'
    await options.beside.take(read.contents.parts)
    if (!read.isEarlier) {
      saved = read.song.snapshot
      savedParts = besideIn(read)
    }
    return undefined
  }

  async function leaveFormer(): Promise<void> {
    for (const roomId of former) {
      const outcome = await client.remove(roomId)
      if (outcome === 'away') return
      former = former.filter((other) => other !== roomId)
    }
  }

  let room = keyring.current.read().authKey
  async function onKeys(): Promise<void> {
    const before = room
    room = keyring.current.read().authKey
    version = 0
    saved = undefined
    lastMs = -Infinity
    // Whoever was removed has the old key, and must not read on by it.
    if (signal.role.read() === 'host') former = [...former, await roomIdOf(before)]
    plan(SOON_MS)
  }

  const onUpdate = (): void => {
    plan(SOON_MS)
  }
  let { doc } = jam.copy.read()
  doc.on('update', onUpdate)
  scope.own(() => {
    doc.off('update', onUpdate)
  })
  scope.own(
    jam.copy.subscribe((copy) => {
      doc.off('update', onUpdate)
      ;({ doc } = copy)
      doc.on('update', onUpdate)
      plan(SOON_MS)
    }),
  )
  scope.own(keyring.current.subscribe(() => void onKeys()))
  // Whoever wrote may be gone: then somebody else is the first.
  scope.own(mesh.onPeer(onUpdate))
  scope.own(jam.writable.subscribe(onUpdate))
  scope.own(signal.state.subscribe(onUpdate))
  scope.own(options.beside.onChange(onUpdate))
  void options.read.then(async (read) => {
    if (read?.outcome === 'read') await options.beside.take(read.contents.parts)
    if (state !== 'waiting') return
    state = 'ready'
    if (read?.outcome === 'read' && !read.isEarlier && read.took !== 'too-large') {
      ;({ version } = read)
      saved = read.song.snapshot
      savedParts = besideIn(read)
    }
    plan(SOON_MS)
  })

  return {
    flush() {
      if (timers.now() - lastMs > LEAVING_EVERY_MS || state === 'writing') void writeNow(true)
    },
    async remove() {
      state = 'over'
      await inFlight
      const outcome = await client.remove(await roomIdOf(keyring.current.read().authKey))
      // Not gone, it is kept up.
      if (outcome === 'away') state = 'ready'
      return outcome
    },
    close() {
      endWait?.()
      scope.close()
    },
  }
}
