import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isRoomId, type RoomId } from '@beatcord/shared'
import type { SlotStore } from './slot-store.ts'
import type { StoreStage } from './store-stage.ts'

/** A room by one letter of base32. */
export function roomOf(letter: string): RoomId {
  const id = letter.repeat(52)
  if (!isRoomId(id)) throw new RangeError(`a letter of base32 is needed, got ${letter}`)
  return id
}

export const GARAGE = roomOf('g')
export const CELLAR = roomOf('c')

const DAY_MS = 86_400_000
const body = (text: string): Buffer => Buffer.from(text)

/** What every store of slots must do. */
export function slotStoreContract(name: string, open: () => Promise<StoreStage>): void {
  describe(name, () => {
    let stage: StoreStage
    let store: SlotStore
    beforeEach(async () => {
      stage = await open()
      ;({ store } = stage)
    })
    afterEach(() => stage.close())

    const textOf = async (room: RoomId, before?: number): Promise<string | undefined> =>
      (await store.read(room, before))?.body.toString()

    test('[SLOT2] a room that left nothing has no slot', async () => {
      expect(await store.read(GARAGE)).toBeUndefined()
      await store.remove(GARAGE)
      expect(await store.read(GARAGE, 1)).toBeUndefined()
    })

    test('[SLOT2] a slot is read as it was written, and only under its own room', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

      const written = await store.write(GARAGE, 0, bytes)

      expect(written).toEqual({ outcome: 'written', version: 1 })
      expect(await store.read(GARAGE)).toEqual({ version: 1, body: bytes })
      expect(await store.read(CELLAR)).toBeUndefined()
    })

    test('[SLOT3] a write that expects another version changes nothing and is told the present one', async () => {
      await store.write(GARAGE, 0, body('one'))

      const blind = await store.write(GARAGE, 0, body('blind'))
      const ahead = await store.write(GARAGE, 2, body('ahead'))
      const elsewhere = await store.write(CELLAR, 1, body('elsewhere'))

      expect(blind).toEqual({ outcome: 'conflict', version: 1 })
      expect(ahead).toEqual({ outcome: 'conflict', version: 1 })
      expect(elsewhere).toEqual({ outcome: 'conflict', version: 0 })
      expect(await textOf(GARAGE)).toBe('one')
    })

    test('[SLOT3] of many who write at once one does', async () => {
      const all = await Promise.all(
        ['ana', 'bo', 'cy', 'dee'].map((who) => store.write(GARAGE, 0, body(who))),
      )

      expect(all.filter(({ outcome }) => outcome === 'written')).toHaveLength(1)
      expect(all.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(3)
    })

    test('[SLOT4] the last three versions are kept', async () => {
      for (let version = 0; version < 5; version++) {
        await store.write(GARAGE, version, body(`version ${String(version + 1)}`))
      }

      const kept = [undefined, 5, 4, 3].map((before) => textOf(GARAGE, before))

      expect(await Promise.all(kept)).toEqual(['version 5', 'version 4', 'version 3', undefined])
    })

    test('[SLOT4] a version that was overwritten with junk, or cut short, gives way to the one before', async () => {
      for (const [index, text] of ['one', 'two', 'three'].entries()) {
        await store.write(GARAGE, index, body(text))
      }

      await stage.spoil(GARAGE, 3, () => body('junk that nobody wrote'))
      expect(await store.read(GARAGE)).toEqual({ version: 2, body: body('two') })
      await stage.spoil(GARAGE, 2, (stored) => stored.subarray(0, stored.length - 1))
      expect(await store.read(GARAGE)).toEqual({ version: 1, body: body('one') })
      await stage.spoil(GARAGE, 1, () => Buffer.alloc(0))
      expect(await store.read(GARAGE)).toBeUndefined()

      expect(await store.write(GARAGE, 2, body('four'))).toMatchObject({ version: 3 })
      expect(await store.write(GARAGE, 3, body('four'))).toMatchObject({ version: 4 })
      expect(await textOf(GARAGE)).toBe('four')
    })

    test('[SLOT4] it runs out 30 days after the last write', async () => {
      await store.write(GARAGE, 0, body('one'))
      await stage.pass(29 * DAY_MS)
      await store.write(GARAGE, 1, body('two'))
      await stage.pass(29 * DAY_MS)
      const late = await textOf(GARAGE, 2)
      await stage.pass(DAY_MS)

      expect(late).toBe('one')
      expect(await store.read(GARAGE)).toBeUndefined()
      expect(await store.write(GARAGE, 0, body('anew'))).toMatchObject({ version: 1 })
    })

    test('[SLOT5] what is removed is gone in all its versions, and no other room is', async () => {
      await store.write(GARAGE, 0, body('one'))
      await store.write(GARAGE, 1, body('two'))
      await store.write(CELLAR, 0, body('cellar'))

      await store.remove(GARAGE)

      expect(await store.read(GARAGE)).toBeUndefined()
      expect(await textOf(GARAGE, 2)).toBeUndefined()
      expect(await textOf(CELLAR)).toBe('cellar')
    })

    test('[SLOT4] it is there after a restart', async () => {
      await store.write(GARAGE, 0, body('one'))
      await store.write(GARAGE, 1, body('two'))

      store = await stage.restarted()

      expect(await textOf(GARAGE)).toBe('two')
      expect(await textOf(GARAGE, 2)).toBe('one')
      expect(await store.write(GARAGE, 1, body('blind'))).toMatchObject({ outcome: 'conflict' })
    })

    test('[SLOT6] a body of nine megabytes goes in and comes out', async () => {
      const large = Buffer.alloc(9 * 1024 * 1024, 'song')

      await store.write(GARAGE, 0, large)

      expect((await store.read(GARAGE))?.body.equals(large)).toBe(true)
    })
  })
}
