import type { Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

/** A browser whose storage never answers: joining then takes the two seconds that the page waits for it. */
async function silenceStorage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(indexedDB, 'open', { value: () => new EventTarget() })
  })
}

const usersAt = async (url: string): Promise<unknown> => {
  const health = (await (await fetch(`${url}/health`)).json()) as { readonly users: unknown }
  return health.users
}

test('a browser whose storage never answers joins all the same, and says that it keeps nothing', async ({
  stage,
  server,
}) => {
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await silenceStorage(ana.page)
  await ana.page.goto(server.url)

  await ana.startJam()

  await expect(ana.page.getByText('This browser does not keep the song')).toBeVisible()
})

test('going back while a jam is being joined ends in the lobby, in no jam', async ({
  stage,
  server,
}) => {
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await silenceStorage(ana.page)
  await ana.page.goto(server.url)
  const before = await usersAt(server.url)
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('ana')
  await ana.page.getByRole('button', { name: 'Start a private jam' }).click()
  await ana.page.waitForURL(/#/)

  await ana.page.goBack()

  const start = ana.page.getByRole('button', { name: 'Start a private jam' })
  await expect(start).toBeEnabled()
  // Joining anew waits as long as the first one would have: by its end that one has had its chance.
  await ana.startJam()
  await expect(ana.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(1)
  await expect.poll(() => usersAt(server.url)).toBe(Number(before) + 1)
})

test('a tap while a reload already brings one back makes no second person', async ({
  stage,
  server,
}) => {
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  await silenceStorage(ana.page)

  await ana.page.reload()

  const join = ana.page.getByRole('button', { name: 'Join the jam' })
  const people = ana.page.getByRole('list', { name: 'People' })
  await join.or(people).first().waitFor()
  if (await join.isVisible()) await expect(join).toBeDisabled()
  await expect(people.getByRole('listitem')).toHaveCount(1)
})
