import type { PeerId, RoomId } from '@beatcord/shared'
import { ANA, createJamStage, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import { createKeyring, type Keyring } from '../net/keyring.ts'
import { roomIdOf } from '../net/room-id.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import { openSlot, sealSlot } from '../net/slot-envelope.ts'
import { createFakeSlots, type FakeSlots } from './fake-slots.ts'
import { type RevivalOptions, watchRevival } from './revival.ts'
import { createSlotKeeper, type SlotKeeper } from './slot-keeper.ts'
import * as slotReader from './slot-reader.ts'

/** One person's tab whose room is kept by a server in memory. */
export interface Keeping extends Jammer {
  readonly keeper: SlotKeeper
  /** What goes into the slot beside the song, each told apart by its first byte. */
  readonly beside: LiveSource<readonly Uint8Array[]>
  /** What this person was told, oldest first. */
  readonly told: readonly string[]
  readonly keyring: Keyring
  readonly room: LiveSource<RoomId | undefined>
  /** What was read of the slot. */
  readonly read: Promise<unknown>
}

/** People who come and go, and what their room leaves behind. */
export interface SlotStage {
  readonly slots: FakeSlots
  readonly roomId: () => Promise<RoomId>
  /**
   * @param others  who is here by the server's word
   * @param apart   in another mesh, where the others cannot be reached
   */
  come(
    id: PeerId,
    others?: readonly PeerId[],
    how?: { isListener?: boolean; apart?: boolean },
  ): Promise<Keeping>
  leave(keeping: Keeping): void
  /** Passes time, and lets what is sealed and opened meanwhile come to its end. */
  live(seconds: number): Promise<void>
  writes(): number
  /** Those that are kept of the room. */
  versions(): readonly number[]
  close(): void
}

export function createSlotStage(): SlotStage {
  const [together, apart] = [createJamStage(), createJamStage()]
  const slots = createFakeSlots()
  const secret = createRoomSecret()
  const keys = deriveRoomKeys(secret)
  const keepings = new Set<Keeping>()

  async function come(
    id: PeerId,
    others: readonly PeerId[] = [],
    how: { isListener?: boolean; apart?: boolean } = {},
  ): Promise<Keeping> {
    const stage: JamStage = how.apart === true ? apart : together
    const isListener = how.isListener === true
    if (isListener) stage.appoint(id, 'listener')
    const jammer = await stage.join(id)
    const keyring = createKeyring(await keys, jammer.timers.now)
    const room = createLive<RoomId | undefined>(await roomIdOf(keyring.current.read().authKey))
    const signal = {
      state: createLive({ status: 'admitted' }),
      room,
      role: createLive(id === ANA ? 'host' : 'player'),
      roster: createLive(new Map(others.map((other) => [other, { presence: 'here' as const }]))),
    }
    const told: string[] = []
    const { timers, jam, mesh } = jammer
    const { client } = slots
    const load: RevivalOptions['load'] = () => Promise.resolve({ ...slotReader, client })
    const tell = (text: string): void => void told.push(text)
    const revival = watchRevival({ signal, jam, keyring, timers, load, tell })
    const roles = { mayEdit: (peer: PeerId) => !isListener || peer !== id }
    const beside = createLive<readonly Uint8Array[]>([])
    const keeper = createSlotKeeper({
      ...{ jam, mesh, roles, signal, keyring, client, timers },
      read: revival.read,
      beside: {
        parts: () => beside.read().map((bytes) => ({ name: 'riff', bytes })),
        take(parts) {
          const fresh = parts.flatMap(({ name, bytes }) =>
            name === 'riff' && !beside.read().some(([first]) => first === bytes[0]) ? [bytes] : [],
          )
          if (fresh.length > 0) beside.set([...beside.read(), ...fresh])
          return Promise.resolve()
        },
        onChange: beside.subscribe,
      },
    })
    const { read } = revival
    const keeping = { ...jammer, beside, keeper, told, keyring, room, read }
    keepings.add(keeping)
    return keeping
  }

  /**
   * Sealing is no matter of the stage's time. What began before is at its end when as much again, and more, was done
   * after it, however slow the machine.
   */
  async function letSeal(): Promise<void> {
    const { authKey, slotKey } = await keys
    for (let times = 0; times < 2; times++) {
      const place = { roomId: await roomIdOf(authKey), version: 1 }
      await openSlot(slotKey, place, await sealSlot(slotKey, place, { savedMs: 0, parts: [] }))
    }
  }

  return {
    slots,
    roomId: async () => roomIdOf((await keys).authKey),
    come,
    leave(keeping) {
      keepings.delete(keeping)
      keeping.keeper.close()
      keeping.jam.leave()
      keeping.mesh.close()
    },
    async live(seconds) {
      const stepMs = seconds > 60 ? 1000 : 250
      for (let passed = 0; passed < seconds * 1000; passed += stepMs) {
        together.pass(stepMs)
        apart.pass(stepMs)
        await letSeal()
      }
    },
    writes: () => slots.asked.filter((name) => name === 'write').length,
    versions: () => [...([...slots.rooms.values()][0]?.keys() ?? [])],
    close() {
      for (const { keeper } of keepings) keeper.close()
      together.close()
      apart.close()
    },
  }
}

export const play = ({ jam, track }: Keeping, step: number): void => {
  jam.verbs.toggleNote(track, step, 60)
}

/** The steps on which somebody's track has notes, in order. */
export const stepsOf = ({ jam, track }: Keeping, of = track): readonly number[] =>
  [
    ...(jam.song
      .read()
      .tracks.find(({ id }) => id === of)
      ?.patterns.a.values() ?? []),
  ]
    .map(({ step }) => step)
    .toSorted((a, b) => a - b)
