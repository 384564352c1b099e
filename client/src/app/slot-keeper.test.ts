import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PeerId, RoomId } from '@beatcord/shared'
import { ANA, BO, createJamStage, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import { createKeyring, type Keyring } from '../net/keyring.ts'
import { roomIdOf } from '../net/room-id.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import { createFakeSlots, type FakeSlots } from './fake-slots.ts'
import { watchRevival } from './revival.ts'
import { createSlotKeeper, type SlotKeeper } from './slot-keeper.ts'
import * as slotReader from './slot-reader.ts'

interface Keeping extends Jammer {
  readonly keeper: SlotKeeper
  readonly told: string[]
  readonly keyring: Keyring
  readonly room: LiveSource<RoomId | undefined>
  readonly read: Promise<unknown>
}

let stage: JamStage
let slots: FakeSlots
let secret: Uint8Array
const keepings: Keeping[] = []
beforeEach(() => {
  stage = createJamStage()
  slots = createFakeSlots()
  secret = createRoomSecret()
})
afterEach(() => {
  for (const { keeper } of keepings.splice(0)) keeper.close()
  stage.close()
})

async function come(
  id: PeerId,
  others: readonly PeerId[] = [],
  isListener = false,
): Promise<Keeping> {
  if (isListener) stage.appoint(id, 'listener')
  const jammer = await stage.join(id)
  const keyring = createKeyring(await deriveRoomKeys(secret), jammer.timers.now)
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
  const load = (): Promise<typeof slotReader> => Promise.resolve(slotReader)
  const tell = (text: string): void => void told.push(text)
  const revival = watchRevival({ signal, jam, keyring, client, timers, load, tell })
  const roles = { mayEdit: (peer: PeerId) => !isListener || peer !== id }
  const keeper = createSlotKeeper({
    ...{ jam, mesh, roles, signal, keyring, client, timers },
    read: revival.read,
  })
  const { read } = revival
  const keeping = { ...jammer, keeper, told, keyring, room, read }
  keepings.push(keeping)
  return keeping
}

/** Passes time, and lets what is sealed and opened meanwhile come to its end. */
async function live(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds * 1000; passed += 250) {
    stage.pass(250)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const writes = (): number => slots.asked.filter((name) => name === 'write').length
const versions = (): readonly number[] => [...([...slots.rooms.values()][0]?.keys() ?? [])]
const play = ({ jam, track }: Keeping, step: number): void => {
  jam.verbs.toggleNote(track, step, 60)
}
const stepsOf = ({ jam, track }: Keeping, of = track): readonly number[] =>
  [
    ...(jam.song
      .read()
      .tracks.find(({ id }) => id === of)
      ?.patterns.a.values() ?? []),
  ]
    .map(({ step }) => step)
    .toSorted((a, b) => a - b)
const leave = (keeping: Keeping): void => {
  keeping.keeper.close()
  keeping.jam.leave()
  keeping.mesh.close()
}

test('[SLOT12] a change is written soon, further ones at most every ten seconds, and no change not at all', async () => {
  const ana = await come(ANA)
  await live(3)
  expect(writes()).toBe(0)

  play(ana, 0)
  await live(3)
  const first = writes()
  for (let step = 1; step < 6; step++) {
    play(ana, step)
    await live(1)
  }
  const soon = writes()
  await live(10)
  const later = writes()
  await live(60)

  expect([first, soon, later, writes()]).toEqual([1, 1, 2, 2])
})

test('[SLOT12] one writes for all who may edit, and another when that one has gone', async () => {
  const ana = await come(ANA)
  const bo = await come(BO, [ANA])
  await live(2)

  play(bo, 0)
  await live(15)
  const together = writes()
  leave(ana)
  play(bo, 1)
  await live(15)

  expect(together).toBe(1)
  expect(versions().at(-1)).toBe(2)
})

test('[SLOT12] who only listens writes nothing, also when alone', async () => {
  const ana = await come(ANA)
  const bo = await come(BO, [ANA], true)
  play(ana, 0)
  await live(3)
  leave(ana)
  const before = writes()

  await live(30)
  bo.keeper.flush()
  await live(1)

  expect(writes()).toBe(before)
})

test('[SLOT12] a page that goes writes at once what is not written yet', async () => {
  const ana = await come(ANA)
  play(ana, 0)
  await live(5)
  play(ana, 1)
  await live(0.25)

  ana.keeper.flush()

  await vi.waitFor(() => {
    expect(writes()).toBe(2)
  })
})

test('[SLOT13] who comes first gets the room back as it was left, and is told', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  leave(ana)

  const bo = await come(BO)
  await live(1)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(bo.told).toEqual([expect.stringMatching(/^This jam is back as it was left on \w+, /)])
  await live(30)
  expect(writes()).toBe(1)
})

test('[SLOT13] who comes to people asks them, and not the server', async () => {
  await come(ANA)

  const bo = await come(BO, [ANA])
  await live(5)

  expect(await bo.read).toBeUndefined()
  expect(slots.asked.filter((name) => name === 'read')).toHaveLength(1)
})

test('[SLOT13] people who are here and bring nothing are not waited for for ever', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  leave(ana)

  const bo = await come(BO, [ANA])
  await live(10)
  const before = stepsOf(bo, ana.track)
  await live(8)

  expect([before, stepsOf(bo, ana.track)]).toEqual([[], [3]])
})

test('[SLOT13] with its newest version spoilt the one before comes back, and people are told', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  play(ana, 5)
  await live(12)
  leave(ana)
  const kept = [...slots.rooms.values()][0]
  kept?.set(2, (kept.get(1) ?? new Uint8Array(0)).slice())

  const bo = await come(BO)
  await live(1)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(bo.told).toEqual([expect.stringMatching(/^What was left last could not be read\./)])
  play(bo, 1)
  await live(3)
  expect(versions()).toEqual([1, 2, 3])
})

test('[SLOT13] when nothing of it can be read people are told, and the jam begins anew', async () => {
  const roomId = await roomIdOf((await deriveRoomKeys(secret)).authKey)
  slots.rooms.set(roomId, new Map([[7, new Uint8Array(500)]]))

  const ana = await come(ANA)
  await live(1)
  play(ana, 0)
  await live(3)

  expect(ana.told).toEqual([expect.stringMatching(/cannot be read/)])
  expect(versions()).toEqual([7, 8])
})

test('[SLOT13] while the server cannot be reached it is asked again, and the jam goes on', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  leave(ana)
  slots.trouble = { outcome: 'away' }

  const bo = await come(BO)
  await live(1)
  play(bo, 1)
  expect(stepsOf(bo)).toEqual([1])
  slots.trouble = undefined
  await live(8)

  expect(stepsOf(bo, ana.track)).toEqual([3])
  expect(stepsOf(bo)).toEqual([1])
})

test('[SLOT14] who finds that somebody else wrote takes that in and writes both', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  const other = createJamStage()
  const before = stage
  stage = other
  const bo = await come(BO, [ANA])
  play(bo, 5)
  await live(20)
  stage = before
  await vi.waitFor(() => {
    expect(stepsOf(bo, ana.track)).toEqual([3])
    expect(versions()).toEqual([1, 2])
  })

  const cy = await come('c'.repeat(26) as PeerId)
  other.close()
  await live(2)

  expect(stepsOf(cy, ana.track)).toEqual([3])
  expect(stepsOf(cy, bo.track)).toEqual([5])
})

test('[SLOT12] while the server is away it is tried ever more rarely, and caught up with when it is back', async () => {
  const ana = await come(ANA)
  await live(1)
  slots.trouble = { outcome: 'away' }
  play(ana, 0)

  await live(300)
  const tries = writes()
  slots.trouble = undefined
  await live(310)

  expect(tries).toBeLessThan(8)
  expect(tries).toBeGreaterThan(2)
  expect(versions()).toEqual([1])
})

test('[SLOT9] a room that moves is written anew, and a host deletes what it left before', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)
  const old = ana.room.read()

  const keys = await deriveRoomKeys(createRoomSecret())
  const next = await roomIdOf(keys.authKey)
  ana.room.set(next)
  ana.keyring.turn(keys)
  await live(4)

  expect(old).not.toBe(next)
  expect([...slots.rooms.keys()]).toEqual([next])
  expect([...(slots.rooms.get(next)?.keys() ?? [])]).toEqual([1])
})

test('[SLOT5] who deletes it writes no more', async () => {
  const ana = await come(ANA)
  play(ana, 3)
  await live(3)

  const outcome = await ana.keeper.remove()
  play(ana, 4)
  await live(30)
  ana.keeper.flush()
  await live(1)

  expect(outcome).toBe('removed')
  expect(slots.rooms.size).toBe(0)
})
