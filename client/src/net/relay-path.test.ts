import { afterEach, expect, test } from 'vitest'
import { createPageName } from './page-name.ts'
import { createRelayPair, RELAY_PAGE } from './relay-pair.ts'
import type { Carried, RelayEnd, RelayPair } from './relay-pair.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { hasten, until } from './test-tab.ts'
import { createTimers } from './timers.ts'

const { relayKey } = await deriveRoomKeys(createRoomSecret())
const { relayKey: otherKey } = await deriveRoomKeys(createRoomSecret())
const OLDER_PAGE = createPageName(0)
const TIMERS = createTimers()

const pairs: RelayPair[] = []
afterEach(() => {
  for (const { ana, bo } of pairs.splice(0)) for (const { path } of [ana, bo]) path.close()
})

function between(keyOfBo = relayKey, pageOfBo = RELAY_PAGE, timers = TIMERS): RelayPair {
  const pair = createRelayPair({ keys: [relayKey, keyOfBo], pageOfBo, timers })
  pairs.push(pair)
  return pair
}

async function opened(begin: (room: RelayPair) => void): Promise<RelayPair> {
  const room = between()
  begin(room)
  await until(() => room.ana.path.open() !== undefined && room.bo.path.open() !== undefined)
  return room
}

const say = (end: RelayEnd, lane: 'doc' | 'live', byte: number): boolean | undefined =>
  end.path.open()?.attempt.send(lane, Uint8Array.of(byte))

/** Lets everything sealed and opened so far arrive: a message of each end's own comes through. */
async function flush({ ana, bo }: RelayPair): Promise<void> {
  const counts = [ana.heard.length, bo.heard.length]
  say(ana, 'live', 200)
  say(bo, 'live', 200)
  await until(() => ana.heard.length > (counts[0] ?? 0) && bo.heard.length > (counts[1] ?? 0))
}

test.each<[string, (room: RelayPair) => void]>([
  [
    'the one',
    ({ ana }) => {
      ana.path.begin()
    },
  ],
  [
    'the other',
    ({ bo }) => {
      bo.path.begin()
    },
  ],
  [
    'both at once',
    ({ ana, bo }) => {
      ana.path.begin()
      bo.path.begin()
    },
  ],
])('[LINK14] it opens at both ends when %s greets, and carries every lane', async (_, begin) => {
  const room = await opened(begin)
  const { ana, bo } = room

  say(ana, 'doc', 1)
  say(ana, 'live', 2)
  say(bo, 'doc', 3)
  await until(() => bo.heard.length === 2 && ana.heard.length === 1)

  expect([bo.heard.toSorted(), ana.heard]).toEqual([['doc 1', 'live 2'], ['doc 3']])
  expect([ana.path.open()?.page, bo.path.open()?.page]).toEqual([RELAY_PAGE, RELAY_PAGE])
  expect(room.carried.every(({ urgency, payload }) => urgency === 'wait' || payload[0] === 2)).toBe(
    true,
  )
})

test('[LINK14] who has not the room key, or speaks from an older page, does not open it', async () => {
  const hasty = hasten(TIMERS, 20)
  for (const room of [between(otherKey, RELAY_PAGE, hasty), between(relayKey, OLDER_PAGE, hasty)]) {
    room.ana.path.begin()
    room.bo.path.begin()
    // So many rounds of greetings, each answered if it can be.
    await until(() => room.carried.filter(({ to }) => to === 'bo').length >= 4)

    expect(room.ana.path.open()).toBeUndefined()
  }
})

test('[LINK14] frames and greetings that the server repeats are taken once', async () => {
  const room = between()
  room.carry = (one) => {
    room.deliver(one)
    room.deliver(one)
  }
  room.ana.path.begin()
  await until(() => room.ana.path.open() !== undefined && room.bo.path.open() !== undefined)
  say(room.ana, 'doc', 1)
  say(room.ana, 'live', 2)
  await until(() => room.bo.heard.length >= 2)
  for (const each of [...room.carried]) room.deliver(each)
  await flush(room)

  expect(room.bo.heard.filter((each) => !each.endsWith('200')).toSorted()).toEqual([
    'doc 1',
    'live 2',
  ])
  expect([...room.ana.changes, ...room.bo.changes]).toEqual(['open', 'open'])
})

test('[LINK14] nothing of an earlier conversation, of the other direction or of another peer gets in', async () => {
  const before = await opened(({ ana }) => {
    ana.path.begin()
  })
  say(before.ana, 'live', 7)
  await until(() => before.bo.heard.length > 0)
  const room = await opened(({ ana }) => {
    ana.path.begin()
  })

  for (const { payload } of before.carried) {
    room.deliver({ to: 'bo', urgency: 'wait', payload })
    room.deliver({ to: 'ana', urgency: 'wait', payload })
  }
  for (const { payload, to } of [...room.carried]) {
    room.deliver({ to: to === 'ana' ? 'bo' : 'ana', urgency: 'wait', payload })
  }
  await flush(room)

  expect([room.ana.heard, room.bo.heard]).toEqual([['live 200'], ['live 200']])
  expect([...room.ana.changes, ...room.bo.changes]).toEqual(['open', 'open'])
})

test('[LINK14] swapped, cut, changed and invented bytes are dropped', async () => {
  const room = await opened(({ ana }) => {
    ana.path.begin()
  })
  const kept: Carried[] = []
  room.carry = (one) => {
    if (one.payload[0] === 2 && one.payload[1] === 1) kept.push(one)
    room.deliver(one)
  }
  say(room.ana, 'live', 1)
  await until(() => kept.length > 0 && room.bo.heard.length > 0)
  const [one] = kept
  const payload = one?.payload ?? new Uint8Array()
  const changed = (at: number): Uint8Array =>
    payload.map((byte, index) => (index === at ? byte ^ 1 : byte))

  for (let at = 0; at < payload.length; at++) {
    room.bo.path.hear(changed(at), 0)
    room.bo.path.hear(payload.subarray(0, at), 0)
  }
  for (let kind = 0; kind < 6; kind++) room.bo.path.hear(Uint8Array.of(kind, 1, 0, 0, 0, 9, 5), 0)
  await flush(room)

  expect(room.bo.heard.filter((each) => !each.endsWith('200'))).toEqual(['live 1'])
  expect([room.bo.broke, room.bo.changes]).toEqual([[], ['open']])
})

test('[LINK14] a gap in the doc lane ends the conversation, and the next one begins by itself', async () => {
  const room = await opened(({ ana, bo }) => {
    ana.path.begin()
    bo.path.begin()
  })
  let lost = 0
  room.carry = (one) => {
    const isDoc = one.payload[0] === 2 && one.payload[1] === 0
    if (isDoc && lost === 0) lost += 1
    else room.deliver(one)
  }

  say(room.ana, 'doc', 1)
  say(room.ana, 'doc', 2)
  await until(() => room.bo.changes.length >= 3 && room.ana.changes.length >= 2)

  expect([lost, room.bo.heard]).toEqual([1, []])
  expect(room.bo.changes).toEqual(['open', 'closed', 'open'])
  expect(room.ana.changes).toEqual(['open', 'open'])
})

test('[LINK14] a live frame that overtakes, or is lost, disturbs nobody', async () => {
  const room = await opened(({ ana }) => {
    ana.path.begin()
  })
  const held: Carried[] = []
  room.carry = (one) => {
    if (one.payload[1] === 0 && one.payload[0] === 2) held.push(one)
    else room.deliver(one)
  }
  say(room.ana, 'doc', 1)
  say(room.ana, 'live', 2)
  await until(() => held.length === 1 && room.bo.heard.length === 1)
  for (const each of held) room.deliver(each)
  await until(() => room.bo.heard.length === 2)

  expect(room.bo.heard).toEqual(['live 2', 'doc 1'])
  expect(room.bo.changes).toEqual(['open'])
})

test('[LINK14] an end that has enough of it says so, and the other one knows at once', async () => {
  const room = await opened(({ ana }) => {
    ana.path.begin()
  })

  room.ana.path.close()
  await until(() => room.bo.path.open() === undefined)

  expect(room.bo.changes).toEqual(['open', 'closed'])
})

test('[LINK14] a greeting that fell due while the other end answered is not said any more', async () => {
  const room = between()
  room.carry = ({ to, payload }) => {
    const isLast = to === 'bo' && payload[0] === 1
    room.deliver({ to, urgency: 'wait', payload })
    // Its answer is here and not opened yet.
    if (isLast) room.bo.path.begin()
  }
  room.ana.path.begin()
  await until(() => room.ana.path.open() !== undefined && room.bo.path.open() !== undefined)
  await flush(room)

  expect(room.carried.filter(({ payload }) => payload[0] === 0)).toHaveLength(1)
  expect([...room.ana.changes, ...room.bo.changes]).toEqual(['open', 'open'])
})
