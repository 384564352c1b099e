import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type DiskStage, setDiskStage } from './disk-stage.ts'
import { CELLAR, GARAGE, roomOf, slotStoreContract } from './slot-store-contract.ts'

slotStoreContract('slots on the disk', () => Promise.resolve(setDiskStage()))

const MEGABYTE = 1024 * 1024
const filled = (megabytes: number, byte = 1): Buffer => Buffer.alloc(megabytes * MEGABYTE, byte)

function open(...options: Parameters<typeof setDiskStage>): DiskStage {
  const stage = setDiskStage(...options)
  onTestFinished(stage.close)
  return stage
}

const filesOf = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))

test('[SLOT7] the rooms that were left longest ago go first, and never the one that is written', async () => {
  const { store } = open({ maxBytes: 4 * MEGABYTE })
  const [first, second, third] = [roomOf('a'), roomOf('b'), roomOf('d')]
  await store.write(first, 0, filled(1))
  await store.write(second, 0, filled(1))
  await store.write(third, 0, filled(1))
  await store.write(first, 1, filled(1))

  await store.write(third, 1, filled(2))

  expect(await store.read(second)).toBeUndefined()
  expect((await store.read(third))?.version).toBe(2)
  const before = (await store.read(first))?.version
  await store.write(third, 2, filled(3))
  expect([before, await store.read(first), (await store.read(third))?.version]).toEqual([
    undefined,
    undefined,
    3,
  ])
  expect(await store.read(third, 3)).toBeUndefined()
  expect(await store.write(third, 3, filled(5))).toEqual({ outcome: 'no-room' })
  expect((await store.read(third))?.version).toBe(3)
})

test('[SLOT7] the files stay within twice the size while rooms come and go', async () => {
  const stage = open({ maxBytes: 8 * MEGABYTE })
  const letters = 'abcdefghijklmnopqrst'

  for (const letter of letters) await stage.store.write(roomOf(letter), 0, filled(2))
  await stage.restarted()
  await stage.store.read(GARAGE)

  const bytes = filesOf(stage.folder, /./).reduce((sum, path) => sum + statSync(path).size, 0)
  expect(bytes).toBeLessThan(2 * 8 * MEGABYTE + 4 * MEGABYTE)
})

test('[SLOT7] on a full disk nothing is written, and what is there is read', async () => {
  let free = 100 * MEGABYTE
  const { store } = open({ freeBytes: () => Promise.resolve(free) })
  await store.write(GARAGE, 0, Buffer.from('one'))

  free = MEGABYTE
  const full = await store.write(GARAGE, 1, Buffer.from('two'))
  const kept = await store.read(GARAGE)
  free = 100 * MEGABYTE
  const after = await store.write(GARAGE, 1, Buffer.from('two'))

  expect(full).toEqual({ outcome: 'no-room' })
  expect(kept?.body.toString()).toBe('one')
  expect(after).toEqual({ outcome: 'written', version: 2 })
})

test('[SLOT7] a folder that cannot be made is told of once, asked for rarely, and used when it can be', async () => {
  const stage = setDiskStage()
  onTestFinished(stage.close)
  writeFileSync(stage.folder, 'somebody put a file where the folder should be')

  const first = stage.store.read(GARAGE)
  await expect(first).rejects.toMatchObject({ name: 'SlotsAwayError' })
  await expect(stage.store.write(GARAGE, 0, Buffer.from('one'))).rejects.toMatchObject({
    name: 'SlotsAwayError',
  })
  rmSync(stage.folder)
  await stage.pass(30_000)

  expect(stage.troubles).toEqual([expect.stringMatching(/^away /)])
  expect(await stage.store.write(GARAGE, 0, Buffer.from('one'))).toMatchObject({ version: 1 })
})

test('[SLOT7] a second process with the same folder has no slots, and the first goes on', async () => {
  const stage = open()
  await stage.store.write(GARAGE, 0, Buffer.from('one'))
  const { createDiskSlots } = await import('./disk-slots.ts')
  const troubles: string[] = []
  const second = createDiskSlots({
    folder: stage.folder,
    maxBytes: MEGABYTE,
    wallMs: () => 0,
    onTrouble: (what, code) => void troubles.push(`${what} ${code}`),
  })

  await expect(second.read(GARAGE)).rejects.toMatchObject({ name: 'SlotsAwayError' })

  expect(troubles).toEqual(['away LEVEL_LOCKED'])
  expect(await stage.store.write(GARAGE, 1, Buffer.from('two'))).toMatchObject({ version: 2 })
})

/** Three versions in the garage and one in the cellar. @param megabytes  of 9 no table holds three */
async function left(stage: DiskStage, megabytes = 1): Promise<void> {
  for (let version = 0; version < 3; version++) {
    await stage.store.write(GARAGE, version, filled(megabytes, version + 1))
    await stage.restarted()
    await stage.store.read(GARAGE)
  }
  await stage.store.write(CELLAR, 0, filled(1, 9))
}

const isWhole = async (stage: DiskStage, version: number): Promise<boolean> => {
  const slot = await stage.store.read(GARAGE)
  return slot?.version === version && slot.body.equals(filled(1, version))
}

test('[SLOT8] foreign files among its own are left alone', async () => {
  const stage = open()
  await left(stage)

  await stage.meanwhile(() => {
    writeFileSync(join(stage.folder, 'README.txt'), 'not a table')
    writeFileSync(join(stage.folder, '999999.ldb'), 'nor is this')
    mkdirSync(join(stage.folder, 'a folder'))
  })

  expect(await isWhole(stage, 3)).toBe(true)
  expect((await stage.store.read(CELLAR))?.version).toBe(1)
})

test.each(['CURRENT', 'MANIFEST'])(
  '[SLOT8] with junk in place of %s all is found again',
  async (name) => {
    const stage = open()
    await left(stage)

    await stage.meanwhile(() => {
      for (const path of filesOf(stage.folder, new RegExp(`^${name}`))) writeFileSync(path, 'junk')
    })

    expect(await isWhole(stage, 3)).toBe(true)
    expect(stage.troubles).toEqual([expect.stringMatching(/^mended /)])
    expect(await stage.store.write(GARAGE, 3, filled(1, 4))).toMatchObject({ version: 4 })
  },
)

test('[SLOT8] a log that was cut off in its last write gives the version before', async () => {
  const stage = open()
  await left(stage)
  await stage.restarted()
  await stage.store.write(GARAGE, 3, filled(1, 4))

  await stage.meanwhile(() => {
    for (const path of filesOf(stage.folder, /\.log$/))
      truncateSync(path, Math.floor(statSync(path).size / 2))
  })

  expect(await isWhole(stage, 3)).toBe(true)
  expect(await stage.store.write(GARAGE, 3, filled(1, 4))).toMatchObject({ version: 4 })
})

test.each([
  [
    'overwritten with junk',
    (path: string) => {
      const bytes = readFileSync(path)
      writeFileSync(
        path,
        bytes.fill(0x5a, Math.floor(bytes.length / 4), Math.floor(bytes.length / 2)),
      )
    },
  ],
  [
    'cut in half',
    (path: string) => {
      truncateSync(path, Math.floor(statSync(path).size / 2))
    },
  ],
])(
  '[SLOT8] with its newest table %s it serves another whole version and takes new ones',
  async (_, spoil) => {
    const stage = open()
    await left(stage, 9)
    await stage.restarted()
    await stage.store.read(GARAGE)

    await stage.meanwhile(() => {
      const newest = filesOf(stage.folder, /\.ldb$/)
        .toSorted()
        .at(-1)
      if (newest === undefined) throw new Error('there must be tables')
      spoil(newest)
    })
    const slot = await stage.store.read(GARAGE)

    expect(slot?.body.equals(filled(9, slot.version))).toBe(true)
    expect(await stage.store.write(GARAGE, slot?.version ?? 0, filled(1, 7))).toMatchObject({
      outcome: 'written',
    })
  },
)

test('[SLOT8] all tables full of junk: an empty store in their place, which takes what comes', async () => {
  const stage = open()
  await left(stage)

  await stage.meanwhile(() => {
    for (const path of filesOf(stage.folder, /./)) {
      if (statSync(path).isFile()) writeFileSync(path, 'junk')
    }
  })

  expect(await stage.store.read(GARAGE)).toBeUndefined()
  expect(await stage.store.write(GARAGE, 0, filled(1))).toMatchObject({ version: 1 })
  expect((await stage.store.read(GARAGE))?.version).toBe(1)
})
