import { AxeBuilder } from '@axe-core/playwright'
import { recordAll, soundShort, tell } from './jam-sound.ts'
import type { Jammer } from './jammer.ts'
import { allLinked, expect, test } from './jammers.ts'
import { notesIn, type Recording } from './listen.ts'
import { openKeys, strike } from './live-keys.ts'

const [C4, E4, G4] = [60, 64, 67]
const WRITTEN = /^velocity/
const SECONDS = 4
const STEPS = 16

/** On how many steps of the open roll there is a note of that pitch. */
async function written(jammer: Jammer, pitch: number): Promise<number> {
  let count = 0
  for (let step = 1; step <= STEPS; step++) {
    if (WRITTEN.test(await jammer.place(pitch, step))) count += 1
  }
  return count
}

const pitchesIn = (tape: Recording | undefined): readonly (number | undefined)[] =>
  tape === undefined ? [] : notesIn(tape).map(({ pitch }) => pitch)

test('what one plays by hand sounds at once here, and at the others on a part of a beat', async ({
  jammers,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  await openKeys(ana)
  await bo.openTrack('ana')
  await openKeys(bo)

  await ana.page.keyboard.down('a')
  const key = bo.page.getByRole('button', { name: 'C4, held by ana' })
  await expect(key, 'others see who holds it').toBeVisible()
  await ana.page.keyboard.up('a')
  await expect(key).toBeHidden()

  const [atAna, atBo] = await recordAll([ana, bo], SECONDS, () => strike(ana, 'd', 6, 500))
  expect(pitchesIn(atAna)).toEqual(Array.from({ length: 6 }, () => E4))
  expect(pitchesIn(atBo), 'each is heard there').toEqual(pitchesIn(atAna))
  const here = atAna === undefined ? [] : notesIn(atAna)
  const there = atBo === undefined ? [] : notesIn(atBo)
  const laterMs = there.map(({ wallMs }, index) => wallMs - (here[index]?.wallMs ?? 0))
  tell(`in the pocket: heard there ${laterMs.map((ms) => ms.toFixed(1)).join(', ')} ms later`)
  for (const ms of laterMs) expect(ms).toBeLessThan(600)

  const axe = new AxeBuilder({ page: ana.page }).setLegacyMode()
  await ana.page.getByRole('button', { name: 'How I play' }).click()
  const dock = axe.include('[aria-label="Play ana live"]')
  expect((await dock.analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
})

test('two people record into one pattern at once, and hear the same from the next round on', async ({
  jammers,
}) => {
  test.setTimeout(150_000)
  const [ana, bo] = await jammers(2)
  await soundShort(ana)
  await ana.play()
  await bo.openTrack('ana')
  for (const jammer of [ana, bo]) {
    await openKeys(jammer)
    await jammer.page.getByRole('button', { name: 'Record', exact: true }).click()
    await expect(jammer.page.getByText('Recording into A')).toBeVisible()
  }

  await Promise.all([strike(ana, 'a', 3, 625), strike(bo, 'g', 3, 500)])
  for (const jammer of [ana, bo]) {
    await jammer.page.getByRole('button', { name: 'Stop recording' }).click()
  }

  for (const [jammer, pitch] of [
    [ana, G4],
    [bo, C4],
  ] as const) {
    const message = `${jammer.name} has what the other played`
    await expect.poll(() => written(jammer, pitch), { message, timeout: 20_000 }).toBe(3)
  }
  const [atAna, atBo] = await recordAll([ana, bo], 5)
  const heard = new Set(pitchesIn(atAna))
  expect(heard.has(C4) || heard.has(G4)).toBe(true)
  const [here, there] = [atAna, atBo].map((tape) => (tape === undefined ? [] : notesIn(tape)))
  const apart = (here ?? [])
    .slice(1, -1)
    .map(({ wallMs }) => Math.min(...(there ?? []).map((note) => Math.abs(note.wallMs - wallMs))))
  tell(
    `recorded by two, heard by both: ${apart.length} notes, at most ${Math.max(...apart).toFixed(1)} ms apart`,
  )
  expect(apart.length).toBeGreaterThanOrEqual(5)
  expect(apart.toSorted((a, b) => a - b)[Math.floor(apart.length / 2)]).toBeLessThan(10)
})

test('a phone plays pads into a room on a laptop', async ({ browser, stage, server }) => {
  test.setTimeout(120_000)
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true },
    isMobile: true,
  })
  const bo = await stage.tabOf(context, 'bo')
  await bo.join(ana.link())
  await allLinked([ana, bo])
  const { page } = bo
  await page.getByRole('button', { name: 'Sound', exact: true }).tap()
  await page.getByRole('button', { name: 'Drums', exact: true }).tap()
  await page.getByRole('button', { name: 'Notes', exact: true }).tap()
  await page.getByRole('button', { name: 'Play live' }).tap()
  const kick = page.getByRole('button', { name: 'Kick', exact: true })
  await expect(kick).toBeVisible()
  const box = await kick.boundingBox()
  expect(box?.height, 'a thumb finds it').toBeGreaterThanOrEqual(44)

  const [tape] = await recordAll([ana], SECONDS, async () => {
    for (let left = 5; left > 0; left--) {
      await kick.tap()
      await page.waitForTimeout(400)
    }
  })

  expect(tape === undefined ? 0 : notesIn(tape).length).toBe(5)
})
