import { expect, test } from 'vitest'
import { isRoomId, type RoomId } from '@beatcord/shared'
import type { Directory } from './directory.ts'

/** Makes directories of instances that share one place, and does to it what can happen. */
export interface DirectoryStage {
  readonly join: () => Promise<Directory>
  /** Everything that is kept is gone. */
  readonly flush: () => Promise<void>
  /** Lets so many ms pass for what runs out. */
  readonly pass: (ms: number) => Promise<void>
}

let rooms = 0

/** Another room than all before. */
function newRoom(): RoomId {
  rooms += 1
  const digits = String(rooms).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))
  const id = digits.padEnd(52, '7')
  if (!isRoomId(id)) throw new Error('a room id must be of base32')
  return id
}

/** What every directory has to do. @param stage  called once a test */
export function testDirectory(name: string, stage: () => Promise<DirectoryStage>): void {
  test(`${name}: [SIG43] of many who want a room at once one has it, and all hear who`, async () => {
    const { join } = await stage()
    const instances = await Promise.all(Array.from({ length: 5 }, join))
    const room = newRoom()

    const claims = await Promise.all(instances.map((instance) => instance.claim(room)))

    const homes = new Set(claims.map(({ home }) => home))
    expect(homes.size).toBe(1)
    expect(instances.map(({ me }) => me)).toContain([...homes][0])
    expect(claims.map(({ left }) => left)).toEqual(['', '', '', '', ''])
  })

  test(`${name}: [SIG43] a room is free when its home has not held on to it for 15 s, and not before`, async () => {
    const { join, pass } = await stage()
    const [a, b] = [await join(), await join()]
    const room = newRoom()
    await a.claim(room)
    await a.keep(room, 'what was')
    await pass(14_000)
    expect(await a.renew([room])).toEqual([])
    await pass(14_000)
    expect((await b.claim(room)).home).toBe(a.me)
    await pass(2_000)

    expect(await b.claim(room)).toEqual({ home: b.me, left: 'what was' })
    expect(await a.renew([room])).toEqual([{ name: room, home: b.me }])
    await a.keep(room, 'of yesterday')
    expect((await b.claim(room)).left).toBe('what was')
  })

  test(`${name}: a room that was given up is anybody's, with what was left behind or without`, async () => {
    const { join } = await stage()
    const [a, b] = [await join(), await join()]
    const room = newRoom()
    await a.claim(room)
    await a.keep(room, 'what was')
    await b.release(room, true)
    expect((await b.claim(room)).home).toBe(a.me)

    await a.release(room, false)

    expect(await b.claim(room)).toEqual({ home: b.me, left: 'what was' })
    await b.release(room, true)
    expect(await a.claim(room)).toEqual({ home: a.me, left: '' })
  })

  test(`${name}: who is known to be gone is not waited for`, async () => {
    const { join } = await stage()
    const [a, b, c] = [await join(), await join(), await join()]
    const room = newRoom()
    await a.claim(room)

    expect((await b.claim(room, c.me)).home).toBe(a.me)
    expect((await b.claim(room, a.me)).home).toBe(b.me)
  })

  test(`${name}: what was flushed is claimed anew, and its home learns that nothing is left behind`, async () => {
    const { join, flush } = await stage()
    const [a, b] = [await join(), await join()]
    const [mine, lost] = [newRoom(), newRoom()]
    for (const room of [mine, lost]) {
      await a.claim(room)
      await a.keep(room, 'what was')
    }
    await flush()
    await b.claim(lost)

    expect(await a.renew([mine, lost])).toEqual([
      { name: mine, home: undefined },
      { name: lost, home: b.me },
    ])
    expect((await b.claim(mine)).home).toBe(a.me)
  })

  test(`${name}: many rooms are held on to at once`, async () => {
    const { join, pass } = await stage()
    const [a, b] = [await join(), await join()]
    const many = Array.from({ length: 450 }, newRoom)
    await Promise.all(many.map((room) => a.claim(room)))
    await pass(10_000)

    expect(await a.renew(many)).toHaveLength(many.length)
    await Promise.all(many.map((room) => a.keep(room, 'x')))
    expect(await a.renew(many)).toEqual([])
    await pass(10_000)
    expect((await b.claim(many.at(-1) as RoomId)).home).toBe(a.me)
  })

  test(`${name}: [SIG42] what is sent to an instance reaches it alone, byte by byte and in order`, async () => {
    const { join } = await stage()
    const [a, b, c] = [await join(), await join(), await join()]
    const heard: Record<string, string[]> = { b: [], c: [] }
    b.onPacket((packet) => heard['b']?.push(Buffer.from(packet).toString('hex')))
    c.onPacket((packet) => heard['c']?.push(Buffer.from(packet).toString('hex')))

    const sent = await Promise.all(
      [0, 128, 255].map((byte) => a.send(b.me, Buffer.from([byte, 10, 13, 0]))),
    )

    expect(sent).toEqual([true, true, true])
    await expect.poll(() => heard['b']).toEqual(['000a0d00', '800a0d00', 'ff0a0d00'])
    expect(heard['c']).toEqual([])
    expect(await a.send('f'.repeat(16), Buffer.from([0, 1]))).toBe(false)
    await b.close()
    await expect.poll(() => a.send(b.me, Buffer.from([0, 1]))).toBe(false)
  })

  test(`${name}: instances agree on the time`, async () => {
    const { join } = await stage()
    const [a, b] = [await join(), await join()]

    expect(Math.abs(a.nowMs() - b.nowMs())).toBeLessThan(100)
  })
}
