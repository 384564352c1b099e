import { expect, test } from 'vitest'
import { MAX_SEALED_CHARS } from '@beatcord/shared'
import { deriveRoomKeys } from '../net/room-keys.ts'
import { seal } from '../net/seal.ts'
import { openProfile, sealProfile } from './profile.ts'

const keyOf = async (name: string): Promise<CryptoKey> =>
  (await deriveRoomKeys({ name })).profileKey

test('people of one room read each other’s profiles, others do not', async () => {
  const sealed = await sealProfile(await keyOf('attic'), { name: 'ana', colour: 5 })

  expect(await openProfile(await keyOf('attic'), sealed)).toEqual({ name: 'ana', colour: 5 })
  expect(await openProfile(await keyOf('cellar'), sealed)).toBeUndefined()
})

test('the largest name fits into what the server takes', async () => {
  const name = '👩🏽‍❤️‍💋‍👩🏽'.repeat(20)
  const sealed = await sealProfile(await keyOf('attic'), { name, colour: 63 })

  expect(sealed.length).toBeLessThanOrEqual(MAX_SEALED_CHARS)
  expect((await openProfile(await keyOf('attic'), sealed))?.name.length).toBeGreaterThan(20)
})

test.each(['', '5', 'null', '{}', '{"name":3}', '{"name":"\\u202e"}'])(
  'sealed junk such as %j is no profile',
  async (text) => {
    const key = await keyOf('attic')

    expect(await openProfile(key, await seal(key, text, 'profile'))).toBeUndefined()
  },
)
