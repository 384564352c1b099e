import { afterEach, expect, test } from 'vitest'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'
import { createRelayPair, RELAY_PAGE } from './relay-pair.ts'
import type { RelayPair } from './relay-pair.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { until } from './test-tab.ts'

const { relayKey } = await deriveRoomKeys(createRoomSecret())
const BYE = 3

interface Room extends RelayPair {
  readonly pair: RelayPair
  readonly timers: FakeTimers
}

const rooms: Room[] = []
afterEach(() => {
  for (const { ana, bo } of rooms.splice(0)) for (const { path } of [ana, bo]) path.close()
})

const areOpen = ({ ana, bo }: RelayPair): boolean =>
  ana.path.open() !== undefined && bo.path.open() !== undefined

/** Only ana wants it; no timer runs unless the test says so. */
async function wantedByAna(): Promise<Room> {
  const timers = createFakeTimers()
  const keys = [relayKey, relayKey] as const
  const pair = createRelayPair({ keys, pageOfBo: RELAY_PAGE, timers })
  const room = { ...pair, pair, timers }
  rooms.push(room)
  room.ana.path.begin()
  await until(() => areOpen(room))
  return room
}

const say = (room: Room): boolean | undefined =>
  room.ana.path.open()?.attempt.send('live', Uint8Array.of(1))

/** So many seconds go by, and the two hear each other in each. */
async function pass(room: Room, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    room.timers.advance(1000)
    const before = room.bo.heard.length
    say(room)
    await until(() => room.bo.heard.length > before)
  }
}

test('[LINK14] it opens without a timer, so that a hidden page hears everything from the start', async () => {
  const room = await wantedByAna()

  for (let sent = 0; sent < 100; sent++) say(room)
  await until(() => room.bo.heard.length === 100)

  expect(room.bo.changes).toEqual(['open'])
})

test('[LINK13] the end that does not want it listens for 5 s', async () => {
  const room = await wantedByAna()
  await pass(room, 4)
  expect(room.bo.changes).toEqual(['open'])

  room.timers.advance(1000)

  expect(room.bo.changes).toEqual(['open', 'closed'])
})

test('[LINK13] a conversation that takes the place of another is listened to for 5 s of its own', async () => {
  const room = await wantedByAna()
  await pass(room, 3)
  const greeted = room.bo.changes.length
  room.pair.carry = (one) => {
    if (one.payload[0] !== BYE) room.deliver(one)
  }
  room.ana.path.drop()
  await until(() => room.bo.changes.length > greeted && areOpen(room))

  await pass(room, 4)
  expect(room.bo.changes).toEqual(['open', 'open'])
  room.timers.advance(1000)
  expect(room.bo.changes).toEqual(['open', 'open', 'closed'])
})

test('[LINK13] a greeting that nobody hears is said again soon, and then by and by', async () => {
  const timers = createFakeTimers()
  const pair = createRelayPair({ keys: [relayKey, relayKey], pageOfBo: RELAY_PAGE, timers })
  rooms.push({ ...pair, pair, timers })
  pair.carry = () => undefined
  pair.ana.path.begin()
  await until(() => pair.carried.length === 1)

  for (const [waitMs, greetings] of [
    [600, 2],
    [1200, 3],
    [2000, 4],
    [2000, 5],
  ] as const) {
    timers.advance(waitMs - 1)
    expect(timers.waiting()).toBe(1)
    timers.advance(1)
    await until(() => pair.carried.length === greetings)
  }
})
