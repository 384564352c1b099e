import type { PeerId, SeatClaim } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'
import { createSeatStore } from './seat-store.ts'
import type { SeatStore, SeatStoreOptions } from './seat-store.ts'

const SEAT: SeatClaim = { peerId: 'a'.repeat(26) as PeerId, proof: 'A'.repeat(43) }
const OTHER: SeatClaim = { peerId: 'b'.repeat(26) as PeerId, proof: 'A'.repeat(43) }

type Locks = NonNullable<SeatStoreOptions['locks']>

/** Locks of one browser, as its tabs share them: the platform's order, abort included, without the platform. */
function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>()
  async function request(
    name: string,
    { signal }: LockOptions,
    use: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    const before = tails.get(name) ?? Promise.resolve()
    const aborted = new Promise<'aborted'>((resolve) => {
      signal?.addEventListener('abort', () => {
        resolve('aborted')
      })
    })
    const turn = before.then(() =>
      signal?.aborted === true ? undefined : use({ name, mode: 'exclusive' }),
    )
    tails.set(name, turn)
    if ((await Promise.race([before, aborted])) === 'aborted') throw new Error('aborted')
    return turn
  }
  return { request: request as Locks['request'] }
}

function createStorage(
  content: Record<string, string> = {},
): NonNullable<SeatStoreOptions['storage']> {
  const kept = new Map(Object.entries(content))
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  }
}

const stored = (text: string): NonNullable<SeatStoreOptions['storage']> =>
  createStorage({ 'beatcord.seat.jam': text })

const openStore = (
  storage: SeatStoreOptions['storage'],
  locks: SeatStoreOptions['locks'],
  timers: FakeTimers = createFakeTimers(),
): SeatStore => createSeatStore({ room: 'jam', storage, locks, timers })

/** Lets every promise that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a reloaded tab has its seat again', async () => {
  const [storage, locks] = [createStorage(), createLocks()]
  const before = openStore(storage, locks)
  before.keep(SEAT)
  await settle()
  before.close()

  expect(await openStore(storage, locks).claim()).toEqual(SEAT)
})

test('a reloaded tab waits for its previous page to let go', async () => {
  const [storage, locks, timers] = [createStorage(), createLocks(), createFakeTimers()]
  const before = openStore(storage, locks)
  before.keep(SEAT)
  await settle()

  const claimed = openStore(storage, locks, timers).claim()
  timers.advance(900)
  before.close()

  expect(await claimed).toEqual(SEAT)
  expect(timers.waiting()).toBe(0)
})

test('a duplicated tab notices within a second and starts without a seat, also after a reload', async () => {
  const [locks, timers] = [createLocks(), createFakeTimers()]
  const original = openStore(createStorage(), locks)
  original.keep(SEAT)
  await settle()
  const copied = stored(JSON.stringify(SEAT))

  const claimed = openStore(copied, locks, timers).claim()
  timers.advance(1000)

  expect(await claimed).toBeUndefined()
  expect(await openStore(copied, locks).claim()).toBeUndefined()
})

test('a seat given up is free for others', async () => {
  const [locks, storage] = [createLocks(), createStorage()]
  const store = openStore(storage, locks)
  store.keep(SEAT)
  await settle()
  store.forget()

  expect(await store.claim()).toBeUndefined()
  expect(await openStore(stored(JSON.stringify(SEAT)), locks).claim()).toEqual(SEAT)
})

test('another seat takes the place of the one before', async () => {
  const [locks, storage] = [createLocks(), createStorage()]
  const store = openStore(storage, locks)
  store.keep(SEAT)
  await settle()
  store.keep(OTHER)
  await settle()

  expect(await openStore(stored(JSON.stringify(SEAT)), locks).claim()).toEqual(SEAT)
  expect(await store.claim()).toEqual(OTHER)
})

test('without locks the stored seat is taken as it is', async () => {
  expect(await openStore(stored(JSON.stringify(SEAT)), undefined).claim()).toEqual(SEAT)
})

test.each([
  'not JSON',
  'null',
  '[]',
  '7',
  '{}',
  JSON.stringify({ ...SEAT, peerId: 'ana' }),
  JSON.stringify({ ...SEAT, proof: 5 }),
  JSON.stringify({ ...SEAT, proof: 'A'.repeat(44) }),
  '['.repeat(50_000),
])('junk in the store (%.20s) is no seat', async (junk) => {
  expect(await openStore(stored(junk), createLocks()).claim()).toBeUndefined()
})

test('a store that throws costs the seat and nothing else', async () => {
  const refuse = (): never => {
    throw new Error('the store is full')
  }
  const store = openStore({ getItem: refuse, setItem: refuse, removeItem: refuse }, createLocks())

  store.keep(SEAT)
  store.forget()

  expect(await store.claim()).toBeUndefined()
  expect(await openStore(undefined, undefined).claim()).toBeUndefined()
})
