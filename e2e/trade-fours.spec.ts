import type { Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

const C4 = 60

/** Whose turn a page showed, and from when on, on the clock that both pages share; ms. */
interface Shown {
  readonly atMs: number
  readonly person: string
}

/** Writes down each turn that the page shows from now on. */
async function watchTurns(page: Page): Promise<() => Promise<readonly Shown[]>> {
  const seen = await page.evaluateHandle(() => {
    const turns: { atMs: number; person: string }[] = []
    const look = (): void => {
      const strip = document.querySelector<HTMLElement>('[aria-label="Whose turn it is"]')
      const person = strip?.dataset['person'] ?? ''
      if (person !== (turns.at(-1)?.person ?? '')) {
        turns.push({ atMs: performance.timeOrigin + performance.now(), person })
      }
      requestAnimationFrame(look)
    }
    look()
    return turns
  })
  return () => seen.jsonValue()
}

test('two take turns of a bar: both see the same one in the spotlight, and it passes at the same moment', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await ana.toggle(C4, 1)
  await bo.toggle(C4, 2)
  await expect(ana.page.getByRole('region', { name: 'Track of bo' })).toBeVisible()
  await ana.setTempo(240)
  await ana.play()
  const seen = [await watchTurns(ana.page), await watchTurns(bo.page)] as const

  await ana.page.getByRole('button', { name: 'Take turns', exact: true }).click()
  await ana.page.getByRole('radio', { name: '1', exact: true }).check()
  await ana.page.getByRole('button', { name: 'Start', exact: true }).click()

  await expect.poll(async () => (await seen[1]()).length, { timeout: 20_000 }).toBeGreaterThan(4)
  const [anas, bos] = await Promise.all(seen.map((turns) => turns()))
  const people = (turns: readonly Shown[] = []): readonly string[] =>
    turns.slice(0, 4).map(({ person }) => person)
  expect(people(anas)).toEqual(people(bos))
  expect(new Set(people(anas)).size).toBe(2)
  // Each page looks once a frame, and both share two cores with a browser each.
  for (const turn of [0, 1, 2, 3]) {
    const apart = Math.abs((anas?.[turn]?.atMs ?? 0) - (bos?.[turn]?.atMs ?? Infinity))
    expect(apart).toBeLessThan(400)
  }
  await bo.page.getByRole('button', { name: 'Stop taking turns' }).click()
  await expect(ana.page.getByRole('region', { name: 'Whose turn it is' })).toBeHidden()
})
