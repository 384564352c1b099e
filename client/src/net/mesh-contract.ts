import type { PeerId } from '@beatcord/shared'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_LANE_BYTES } from './lanes.ts'
import type { Lane, Mesh } from './mesh.ts'

/** One peer of the room under test. */
export interface MeshMember {
  readonly id: PeerId
  readonly mesh: Mesh
  /** Monotonic milliseconds; the same for all of a room. */
  readonly now: () => number
}

/** One room for one test. */
export interface MeshRoom {
  /** Sits down and returns at once; links open in their own time. */
  join(): Promise<MeshMember>
  /** Resolves once the condition holds, with everything sent on its way; rejects when it never does. */
  until(condition: () => boolean): Promise<void>
  close(): Promise<void>
}

interface Heard {
  readonly from: PeerId
  readonly lane: Lane
  readonly bytes: Uint8Array
  readonly arrivedMs: number
}

/** What every mesh must keep, whatever carries its bytes. */
export function meshContract(name: string, openRoom: () => Promise<MeshRoom>): void {
  describe(name, () => {
    let room: MeshRoom
    beforeEach(async () => {
      room = await openRoom()
    })
    afterEach(async () => {
      await room.close()
    })

    async function pair(): Promise<readonly [MeshMember, MeshMember]> {
      const ana = await room.join()
      const bo = await room.join()
      await room.until(() => isLinked(ana, bo) && isLinked(bo, ana))
      return [ana, bo]
    }

    test('[LINK1] all who join are linked, and are told so once', async () => {
      const ana = await room.join()
      const told: string[] = []
      ana.mesh.onPeer((peer, change) => told.push(`${peer} ${change}`))

      const bo = await room.join()
      const cy = await room.join()
      await room.until(() => isLinked(ana, bo, cy) && isLinked(bo, ana, cy))

      // On the way it may have moved from the server to a connection.
      const opened = told.filter((each) => !each.endsWith(' moved'))
      expect(opened.toSorted()).toEqual([`${bo.id} open`, `${cy.id} open`].toSorted())
      expect(['open', 'relayed']).toContain(ana.mesh.links.read().get(bo.id)?.status)
    })

    test('[LINK6] document messages of any size arrive whole', async () => {
      const [ana, bo] = await pair()
      const heard = listen(bo)
      const messages = [0, 1, 16_376, 16_377, 1_000_000].map(pattern)

      for (const message of messages) expect(ana.mesh.send(bo.id, 'doc', message)).toBe(true)
      await room.until(() => heard.length >= messages.length)

      const arrived = heard.toSorted((a, b) => a.bytes.length - b.bytes.length)
      expect(arrived.map(({ from, lane }) => [from, lane])).toEqual(
        messages.map(() => [ana.id, 'doc']),
      )
      const areEqual = messages.map((one, at) => Buffer.compare(one, arrived[at]?.bytes ?? one))
      expect(areEqual).toEqual([0, 0, 0, 0, 0])
      expect(arrived.map(({ bytes }) => bytes.length)).toEqual(messages.map((one) => one.length))
    })

    test('[LINK7] live and clock bytes arrive in their own lane, with the moment of arrival', async () => {
      const [ana, bo] = await pair()
      const heard = listen(bo)

      ana.mesh.send(bo.id, 'live', pattern(MAX_LANE_BYTES.live))
      ana.mesh.send(bo.id, 'clock', pattern(MAX_LANE_BYTES.clock))
      await room.until(() => heard.length === 2)

      const byLane = new Map(heard.map((one) => [one.lane, one]))
      expect(byLane.get('live')?.bytes).toHaveLength(MAX_LANE_BYTES.live)
      expect(byLane.get('clock')?.bytes).toHaveLength(MAX_LANE_BYTES.clock)
      expect(Number.isFinite(byLane.get('clock')?.arrivedMs)).toBe(true)
    })

    test('[LINK18] a clock frame carries the moment at which it was sent', async () => {
      const [ana, bo] = await pair()
      const heard = listen(bo)
      const frame = pattern(20)

      const beforeMs = ana.now()
      ana.mesh.send(bo.id, 'clock', frame)
      ana.mesh.send(bo.id, 'clock', pattern(8))
      await room.until(() => heard.length === 2)

      const [short, long] = heard.toSorted((a, b) => a.bytes.length - b.bytes.length)
      expect(sentMsOf(long)).toBeGreaterThanOrEqual(beforeMs)
      expect(sentMsOf(long)).toBeLessThanOrEqual(long?.arrivedMs ?? 0)
      expect([...(long?.bytes ?? [])].toSpliced(1, 8)).toEqual([...pattern(20)].toSpliced(1, 8))
      expect(short?.bytes).toEqual(pattern(8))
      expect(frame).toEqual(pattern(20))
    })

    test('[LINK12] everyone knows whom the others reach, and at which page they are', async () => {
      const [ana, bo] = await pair()
      const cy = await room.join()
      const reaches = (from: MeshMember, of: MeshMember, to: MeshMember): boolean =>
        from.mesh.reachOf(of.id)?.has(to.id) === true
      await room.until(() => reaches(ana, bo, cy) && reaches(cy, ana, bo) && reaches(bo, cy, ana))

      expect(ana.mesh.self()?.peer).toBe(ana.id)
      expect(ana.mesh.pageOf(bo.id)).toBe(bo.mesh.self()?.page)
      expect(bo.mesh.pageOf(ana.id)).toBe(ana.mesh.self()?.page)
      expect(bo.mesh.self()?.page).not.toBe(ana.mesh.self()?.page)
      expect(ana.mesh.pageOf('2'.repeat(26) as PeerId)).toBeUndefined()

      cy.mesh.close()
      await room.until(() => !reaches(ana, bo, cy))
      expect([ana.mesh.reachOf(cy.id), ana.mesh.pageOf(cy.id)]).toEqual([undefined, undefined])
    })

    test('a broadcast reaches everyone else once', async () => {
      const [ana, bo] = await pair()
      const cy = await room.join()
      await room.until(() => isLinked(ana, bo, cy))
      const heard = [ana, bo, cy].map(listen)

      ana.mesh.broadcast('doc', pattern(10))
      await room.until(() => heard[1]?.length === 1 && heard[2]?.length === 1)

      expect(heard[0]).toEqual([])
    })

    test('nothing goes to a stranger, and a message longer than its lane carries is our mistake', async () => {
      const [ana, bo] = await pair()

      expect(ana.mesh.send('2'.repeat(26) as PeerId, 'doc', pattern(3))).toBe(false)
      for (const lane of ['doc', 'live', 'clock'] as const) {
        const tooLong = new Uint8Array(MAX_LANE_BYTES[lane] + 1)
        expect(() => ana.mesh.send(bo.id, lane, tooLong)).toThrow(RangeError)
        expect(() => {
          ana.mesh.broadcast(lane, tooLong)
        }).toThrow(RangeError)
      }
    })

    test('a listener that was undone hears nothing more', async () => {
      const [ana, bo] = await pair()
      const undone: unknown[] = []
      const undo = bo.mesh.onBytes('doc', (from) => undone.push(from))
      const heard = listen(bo)
      undo()

      ana.mesh.send(bo.id, 'doc', pattern(3))
      await room.until(() => heard.length > 0)

      expect(undone).toEqual([])
    })

    test('[LINK9] a peer that was cut off is unlinked on both sides and stays so', async () => {
      const [ana, bo] = await pair()
      const cy = await room.join()
      await room.until(() => isLinked(bo, ana, cy) && isLinked(ana, bo, cy))

      ana.mesh.cutOff(bo.id, 'test')
      await room.until(() => !bo.mesh.peers().includes(ana.id))

      expect(ana.mesh.peers()).toEqual([cy.id])
      expect(ana.mesh.links.read().has(bo.id)).toBe(false)
      expect(ana.mesh.send(bo.id, 'doc', pattern(1))).toBe(false)
      expect(isLinked(bo, cy)).toBe(true)
    })

    test('a mesh that closes is gone from the others, who are told', async () => {
      const [ana, bo] = await pair()
      const told: string[] = []
      ana.mesh.onPeer((peer, change) => told.push(`${peer} ${change}`))

      bo.mesh.close()
      await room.until(() => ana.mesh.peers().length === 0)

      // It may have been about to move.
      expect(told.find((each) => !each.endsWith(' moved'))).toBe(`${bo.id} closed`)
      expect(bo.mesh.peers()).toEqual([])
    })
  })
}

const isLinked = (member: MeshMember, ...others: readonly MeshMember[]): boolean =>
  others.every(({ id }) => member.mesh.peers().includes(id))

function listen({ mesh }: MeshMember): readonly Heard[] {
  const heard: Heard[] = []
  for (const lane of ['doc', 'live', 'clock'] as const) {
    mesh.onBytes(lane, (from, bytes, arrivedMs) => heard.push({ from, lane, bytes, arrivedMs }))
  }
  return heard
}

const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => at * 31 + 7)

const sentMsOf = (one: Heard | undefined): number =>
  new DataView((one?.bytes ?? new Uint8Array(9)).slice().buffer).getFloat64(1)
