import { afterEach, expect, test } from 'vitest'
import type { PeerId } from '@beatcord/shared'
import type { Riff } from '../sequence/riff.ts'
import { EMPTY_SONG } from '../sequence/song.ts'
import { encodeRiffFrame, MAX_RIFF_BYTES, MOST_RIFFS } from './riff-frame.ts'
import { createRiffJournal, type RiffJournal, type RiffStore } from './riff-journal.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'

const rooms: JamStage[] = []
afterEach(() => {
  for (const room of rooms.splice(0)) room.close()
})

/** So short a riff that its first byte says all: which of up to 256 it is, later ones later. */
const bytesOf = (number: number): Uint8Array<ArrayBuffer> => Uint8Array.of(number, 7)
const unpack = (bytes: Uint8Array): Promise<Riff | undefined> => {
  const [number = 0, mark] = bytes
  return Promise.resolve(mark === 7 ? riffOf(number) : undefined)
}
const riffOf = (number: number): Riff => ({
  id: number.toString(16).padStart(32, '0'),
  name: `riff ${number}`,
  atMs: number,
  by: { name: 'ana', colour: 1 },
  bpm: 120,
  song: EMPTY_SONG,
})

interface Disk extends RiffStore {
  readonly riffs: Map<string, Uint8Array<ArrayBuffer>>
  readonly forgotten: Set<string>
}

function createDisk(): Disk {
  const riffs = new Map<string, Uint8Array<ArrayBuffer>>()
  const forgotten = new Set<string>()
  return {
    riffs,
    forgotten,
    read: () => Promise.resolve({ riffs: [...riffs.values()], forgotten: [...forgotten] }),
    put(id, bytes) {
      riffs.set(id, bytes)
      return Promise.resolve()
    },
    remove(id, isForgotten) {
      riffs.delete(id)
      if (isForgotten) forgotten.add(id)
    },
  }
}

interface Person extends Jammer {
  readonly journal: RiffJournal
  readonly disk: Disk
  names(): readonly string[]
}

function stage() {
  const room = createJamStage()
  rooms.push(room)
  return {
    ...room,
    async enter(id: PeerId, disk = createDisk()): Promise<Person> {
      const jammer = await room.join(id)
      const journal = open(jammer, disk)
      return { ...jammer, journal, disk, names: () => journal.riffs.read().map(({ name }) => name) }
    },
    /** What is said is heard, and what is read is read. */
    async settle(ms = 100): Promise<void> {
      for (let turn = 0; turn < 10; turn++) {
        room.pass(ms / 10)
        await new Promise((resolve) => setTimeout(resolve))
      }
    },
  }
}

const open = ({ mesh, timers, jam }: Jammer, store: RiffStore): RiffJournal =>
  createRiffJournal({
    mesh,
    timers,
    store,
    unpack,
    lateFrames: jam.lateFrames,
    roles: { mayEdit: (peer) => peer !== CY },
  })

test('[RIFF1] what one keeps all have, on their disks too, and who comes later gets it', async () => {
  const { enter, settle } = stage()
  const [ana, bo] = [await enter(ANA), await enter(BO)]
  await settle()
  ana.journal.add(riffOf(3), bytesOf(3))
  bo.journal.add(riffOf(5), bytesOf(5))
  await settle()

  const cy = await enter(CY)
  await settle()

  for (const person of [ana, bo, cy]) {
    expect(person.names()).toEqual(['riff 5', 'riff 3'])
    expect(person.disk.riffs.size).toBe(2)
    expect(person.journal.bytesOf(riffOf(3).id)).toEqual(bytesOf(3))
  }
})

test('[RIFF2] the latest are kept, the same ones by everybody', async () => {
  const { enter, settle } = stage()
  const [ana, bo] = [await enter(ANA), await enter(BO)]
  await settle()
  for (let number = 0; number < MOST_RIFFS; number++) {
    const [one, other] = [ana, bo]
    one.journal.add(riffOf(2 * number), bytesOf(2 * number))
    other.journal.add(riffOf(2 * number + 1), bytesOf(2 * number + 1))
  }
  await settle(60_000)

  expect(ana.names()).toEqual(bo.names())
  expect(ana.names()).toHaveLength(MOST_RIFFS)
  expect(ana.names()[0]).toBe('riff 63')
  expect([ana.disk.riffs.size, bo.disk.riffs.size]).toEqual([MOST_RIFFS, MOST_RIFFS])
})

test('[RIFF3] what is taken off a list stays off it, and stays with the others', async () => {
  const { enter, settle } = stage()
  const [ana, bo] = [await enter(ANA), await enter(BO)]
  await settle()
  ana.journal.add(riffOf(3), bytesOf(3))
  await settle()
  bo.journal.forget(riffOf(3).id)
  await settle(30_000)
  expect([ana.names(), bo.names()]).toEqual([['riff 3'], []])

  const again = open(bo, bo.disk)
  await settle(30_000)

  expect(again.riffs.read()).toEqual([])
})

test('[RIFF4] of a listener no riff is taken, and it gets those of the others', async () => {
  const { enter, settle } = stage()
  const [ana, cy] = [await enter(ANA), await enter(CY)]
  await settle()

  cy.journal.add(riffOf(9), bytesOf(9))
  ana.journal.add(riffOf(3), bytesOf(3))
  await settle(30_000)

  expect([ana.names(), cy.names()]).toEqual([['riff 3'], ['riff 9', 'riff 3']])
})

test('[RIFF4] one that nobody asked for is passed over, and so is what is none', async () => {
  const { enter, settle, meshes } = stage()
  const [ana, bo] = [await enter(ANA), await enter(BO)]
  await settle()

  bo.mesh.send(ANA, 'doc', encodeRiffFrame({ kind: 'riff', bytes: bytesOf(4) }))
  bo.mesh.send(ANA, 'doc', encodeRiffFrame({ kind: 'have', asks: false, ids: [riffOf(8).id] }))
  await settle()
  for (const bytes of [Uint8Array.of(8, 8), bytesOf(4)]) {
    bo.mesh.send(ANA, 'doc', encodeRiffFrame({ kind: 'riff', bytes }))
  }
  await settle(30_000)

  expect(ana.names()).toEqual([])
  expect(meshes.cuts()).toEqual([])
})

test('[RIFF4] who does not answer is asked no more while somebody else has it', async () => {
  const { enter, join, settle, meshes } = stage()
  const [ana, bo] = [await join(ANA), await enter(BO)]
  await settle()
  ana.mesh.send(BO, 'doc', encodeRiffFrame({ kind: 'have', asks: false, ids: [riffOf(8).id] }))
  await settle()
  expect(bo.names()).toEqual([])

  const dee = await enter('d'.repeat(26) as PeerId)
  dee.journal.add(riffOf(8), bytesOf(8))
  await settle(30_000)

  expect(bo.names()).toEqual(['riff 8'])
  expect(meshes.cuts()).toEqual([])
})

test('[RIFF5] a frame of a wrong shape cuts its sender off', async () => {
  const frames = {
    'of no kind': Uint8Array.of(121, 3),
    'of half an id': Uint8Array.of(121, 1, 1, 2, 3),
    'of too many ids': Uint8Array.of(121, 1, ...new Uint8Array(16 * (MOST_RIFFS + 1))),
    'of no flag': Uint8Array.of(121, 0, 2),
    'too large': new Uint8Array(MAX_RIFF_BYTES + 3).fill(121, 0, 1).fill(2, 1, 2),
  }
  for (const frame of Object.values(frames)) {
    const { enter, settle, meshes } = stage()
    const [, bo] = [await enter(ANA), await enter(BO)]
    await settle()

    bo.mesh.send(ANA, 'doc', frame)
    await settle()

    expect(meshes.cuts()).toEqual([{ by: ANA, peer: BO, code: 'riff-shape' }])
  }
})
