import { isLong } from './long.ts'
import { env } from 'node:process'
import { expect, test } from './crowd.ts'
import { tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { allLinked } from './jammers.ts'
import { connectedEnds, endConnection, endTowards, showing } from './page-watch.ts'

const C4 = 60
const STEPS = 16
const AWAY_MS = Number(env['SERVER_AWAY_MS'] ?? 10_000)
const BACK_WITHIN_MS = 5000
const EDIT_EVERY_MS = 250

/** Writes one note after the other, a row of the roll higher when one is full. @returns how many */
async function editUntil(jammer: Jammer, lowest: number, endMs: number): Promise<number> {
  let notes = 0
  for (; Date.now() < endMs; notes++) {
    await jammer.toggle(lowest + Math.floor(notes / STEPS), 1 + (notes % STEPS))
    await new Promise((resolve) => setTimeout(resolve, EDIT_EVERY_MS))
  }
  return notes
}

test(`the server is killed for ${AWAY_MS / 1000} s amid edits: none is lost and every link stays`, async ({
  crowd,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(90_000 + AWAY_MS)
  const people = await crowd(3)
  const before = await Promise.all(people.map(({ page }) => connectedEnds(page)))

  const startMs = Date.now()
  const endMs = startMs + AWAY_MS + 4000
  const writing = people.map((jammer) => editUntil(jammer, C4, endMs))
  await new Promise((resolve) => setTimeout(resolve, 2000))
  await ownServer.kill()
  for (const { connection } of people) await expect(connection).toContainText(/away|reach/i)
  await new Promise((resolve) => setTimeout(resolve, startMs + 2000 + AWAY_MS - Date.now()))
  await ownServer.start()
  const backMs = Date.now()
  for (const { connection } of people) {
    await expect(connection).not.toContainText(/away|reach/i, { timeout: BACK_WITHIN_MS })
  }
  tell(`back at the server after ${Date.now() - backMs} ms`)

  const notes = (await Promise.all(writing)).reduce((sum, count) => sum + count, 0)
  for (const { page } of people) await showing(page, notes, 2000)
  tell(`${notes} edits, none lost`)
  const after = await Promise.all(people.map(({ page }) => connectedEnds(page)))
  expect(before.map((ends) => ends.length)).toEqual([2, 2, 2])
  expect(after).toEqual(before)
})

test('without the server a link that ended is made again by a member whom both reach', async ({
  crowd,
  ownServer,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(90_000)
  const people = await crowd(3)
  const [ana, bo] = people
  if (!ana || !bo) throw new Error('two people must be there')
  await ownServer.kill()
  for (const { connection } of people) await expect(connection).toContainText(/away|reach/i)
  const [atAna, atBo] = [await endTowards(ana.page, bo.page), await endTowards(bo.page, ana.page)]
  if (atAna === undefined || atBo === undefined) throw new Error('the two must be linked')

  await Promise.all([endConnection(ana.page, atAna), endConnection(bo.page, atBo)])
  await ana.toggle(C4, 1)
  await bo.toggle(C4, 2)

  for (const { page } of people) await showing(page, 2, 8000)
  await expect.poll(() => endTowards(ana.page, bo.page), { timeout: 20_000 }).toBeDefined()
  await expect.poll(() => endTowards(bo.page, ana.page), { timeout: 20_000 }).toBeDefined()
  expect(await endTowards(ana.page, bo.page)).not.toBe(atAna)
  await allLinked([ana, bo])
})
