import { afterEach, expect, test, vi } from 'vitest'
import type { PeerId, RoomId } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createKeyring } from '../net/keyring.ts'
import type { LinkChange } from '../net/mesh.ts'
import { roomIdOf } from '../net/room-id.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import { open, seal } from '../net/seal.ts'
import { createMoving } from './moving.ts'

const BO = 'b'.repeat(26) as PeerId
const CY = 'c'.repeat(26) as PeerId

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Ana's browser in a private room, linked with cy. */
async function given(isPrivate = true) {
  const first = await deriveRoomKeys(createRoomSecret())
  const timers = createFakeTimers()
  const keyring = createKeyring(first, timers.now)
  const room = createLive<RoomId | undefined>(await roomIdOf(first.authKey))
  const asked: { readonly authKey?: string }[] = []
  const told: [PeerId, Uint8Array][] = []
  const moved: Uint8Array[] = []
  let tellPeer: (peer: PeerId, change: LinkChange) => void = () => undefined
  const moving = createMoving({
    signal: { room, ask: (word) => asked.push(word as never) > 0 },
    mesh: {
      peers: () => [CY],
      onPeer(listener) {
        tellPeer = listener
        return () => undefined
      },
      tellMoved: (peer, secret) => told.push([peer, secret]),
    },
    keyring,
    timers,
    isPrivate,
    onMoved: (secret) => moved.push(secret),
  })
  closers.push(moving.close)
  return {
    first,
    timers,
    keyring,
    room,
    asked,
    told,
    moved,
    moving,
    link: (peer: PeerId) => {
      tellPeer(peer, 'open')
    },
  }
}

test('[LINK21] who removes somebody makes a new secret, and hands it on once the server has moved the room', async () => {
  const { moving, asked, told, moved, room, keyring } = await given()

  await moving.remove(BO)
  const authKey = asked[0]?.authKey ?? ''
  expect(asked).toEqual([{ type: 'remove', peerId: BO, authKey }])
  expect(told).toEqual([])
  room.set(await roomIdOf(authKey))

  expect(told.map(([peer]) => peer)).toEqual([CY])
  expect(moved).toHaveLength(1)
  expect(keyring.current.read().authKey).toBe(authKey)
  expect((await deriveRoomKeys(told[0]?.[1] ?? new Uint8Array())).authKey).toBe(authKey)
})

test('[LINK21] a secret counts when the server’s word fits, whichever of the two comes first', async () => {
  const secret = createRoomSecret()
  const { authKey } = await deriveRoomKeys(secret)
  const roomId = await roomIdOf(authKey)
  const [early, late] = [await given(), await given()]

  early.moving.hear(CY, secret)
  late.room.set(roomId)
  late.moving.hear(CY, secret)
  await vi.waitFor(() => {
    expect(late.keyring.current.read().authKey).toBe(authKey)
  })
  expect(early.keyring.current.read().authKey).toBe(early.first.authKey)
  early.room.set(roomId)

  expect(early.keyring.current.read().authKey).toBe(authKey)
})

test('[LINK21] a secret of another room leads nobody away', async () => {
  const { moving, room, keyring, first, moved } = await given()

  for (let tries = 0; tries < 20; tries++) moving.hear(CY, createRoomSecret())
  await new Promise((resolve) => setTimeout(resolve, 100))
  room.set(await roomIdOf((await deriveRoomKeys(createRoomSecret())).authKey))

  expect(keyring.current.read()).toBe(first)
  expect(moved).toEqual([])
})

test('[LINK21] who is linked within a minute is told then, and later nobody is', async () => {
  const { moving, asked, told, room, timers, link } = await given()
  await moving.remove(BO)
  room.set(await roomIdOf(asked[0]?.authKey ?? ''))
  told.length = 0

  timers.advance(59_000)
  link(CY)
  timers.advance(2_000)
  link(CY)

  expect(told).toHaveLength(1)
})

test('[LINK21] an open room has no secret to change', async () => {
  const { moving, asked, keyring, first } = await given(false)

  await moving.remove(BO)
  moving.hear(CY, createRoomSecret())

  expect(asked).toEqual([{ type: 'remove', peerId: BO }])
  expect(keyring.current.read()).toBe(first)
})

test('[LINK21] what was sealed with the old keys is opened for a minute, and nothing is sealed with them', async () => {
  const { keyring, first, timers } = await given()
  const next = await deriveRoomKeys(createRoomSecret())
  const keys = keyring.keysFor('signalKey')
  const old = await seal(keys, 'old', 'x')

  keyring.turn(next)

  expect(await open(keys, old, 'x')).toBe('old')
  expect(await open(next.signalKey, await seal(keys, 'new', 'x'), 'x')).toBe('new')
  expect(await open(first.signalKey, await seal(keys, 'new', 'x'), 'x')).toBeUndefined()
  timers.advance(60_000)
  expect(await open(keys, old, 'x')).toBeUndefined()
})
