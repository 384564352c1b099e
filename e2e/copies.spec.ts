import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

/** What y-indexeddb keeps of a song, with one number changed in place: the same edits by the same hands, another song. */
async function tamper(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error('the database must answer'))
        }
      })
    /** @returns whether it was there */
    const changeSteps = (bytes: Uint8Array): boolean => {
      const at = bytes.findIndex((_byte, each) => isSteps(bytes, each))
      if (at >= 0) bytes[at + 11] = 32
      return at >= 0
    }
    const isSteps = (bytes: Uint8Array, at: number): boolean =>
      String.fromCharCode(...bytes.subarray(at, at + 9)) === 'stepCount' &&
      // One value, a whole number, 8.
      [1, 125, 8].every((byte, offset) => bytes[at + 9 + offset] === byte)

    let changed = 0
    const known = await indexedDB.databases()
    for (const { name = '' } of known.filter((each) => each.name?.startsWith('beatcord/song/'))) {
      const database = await settled(indexedDB.open(name))
      const updates = database.transaction('updates', 'readwrite').objectStore('updates')
      for (const key of await settled(updates.getAllKeys())) {
        const bytes = (await settled(updates.get(key))) as Uint8Array
        if (!changeSteps(bytes)) continue
        await settled(updates.put(bytes, key))
        changed += 1
      }
      database.close()
    }
    return changed
  })
}

test('[SYNC10] a song that the disk told wrong gives way to the one that is played, and is kept aside', async ({
  jammers,
  server,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await ana.choose('Steps', '8')
  const stepsOf = (page: Page) => page.getByRole('combobox', { name: 'Steps' })
  await expect(stepsOf(bo.page)).toHaveValue('8')
  const link = ana.link()

  await ana.page.goto(`${server.url}/health`)
  expect(await tamper(ana.page)).toBeGreaterThan(0)
  await ana.page.goto(link)
  await ana.arrive()
  // Healing takes from a blink to some seconds, so what differed is read from what was put aside.
  const save = ana.page.getByRole('button', { name: 'Save mine' })
  await expect(save, 'the two differed').toBeVisible({ timeout: 30_000 })
  const download = ana.page.waitForEvent('download')
  await save.click()
  const aside = await readFile(await (await download).path(), 'utf8')
  expect(JSON.parse(aside)).toMatchObject({ stepCount: 32 })

  await expect(stepsOf(ana.page)).toHaveValue('8')
  await expect(stepsOf(bo.page)).toHaveValue('8')
  await bo.choose('Steps', '16')
  await expect(stepsOf(ana.page), 'and play on as one').toHaveValue('16')
})
