import { isLong } from './long.ts'
import type { Page } from '@playwright/test'
import type { Jammer } from './jammer.ts'
import { allLinked, expect, test } from './jammers.ts'

/** What a host does to somebody, by the buttons of their row. */
async function host({ page }: Jammer, who: string, ...buttons: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: /people, details|person, details/ }).click()
  await page.getByRole('button', { name: `Options for ${who}` }).click()
  for (const name of buttons) await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: /people, details|person, details/ }).click()
}

async function setDoor({ page }: Jammer, label: string): Promise<void> {
  await page.getByRole('button', { name: /people, details|person, details/ }).click()
  await page.getByRole('radio', { name: label }).check()
  await page.getByRole('button', { name: /people, details|person, details/ }).click()
}

/** Lets a page believe that it may play, whatever the server says. */
async function playsAnyway(page: Page): Promise<void> {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      socket.send(typeof message === 'string' ? asPlayer(message) : message)
    })
  })
}

function asPlayer(message: string): string {
  const read = JSON.parse(message) as { type: string; role?: string }
  return read.type === 'seat' ? JSON.stringify({ ...read, role: 'player' }) : message
}

test('a listener hears and talks, and their page plays nothing until a host lets them', async ({
  jammers,
}) => {
  const [ana, bo] = await jammers(2)
  await expect(bo.person('ana')).toContainText('host')

  await host(ana, 'bo', 'Only listen')
  await expect(bo.page.getByText('You are listening.')).toBeVisible()
  await expect(bo.page.getByRole('button', { name: 'Play', exact: true })).toBeDisabled()
  await bo.say('lovely')
  await expect(ana.chat).toContainText('lovely')
  await expect(ana.person('bo')).toContainText('listening')

  await host(ana, 'bo', 'Let play')
  await expect(bo.page.getByText('You are listening.')).toBeHidden()
  await bo.toggle(60, 1)
  await ana.openTrack('bo')
  await expect.poll(() => ana.place(60, 1)).toContain('velocity')
})

test('what a listener’s page writes all the same gets to nobody', async ({ stage, server }) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const ana = await stage.tabOf(await stage.browserOf('ana'), 'ana')
  await ana.page.goto(server.url)
  await ana.startJam()
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await playsAnyway(bo.page)
  await bo.join(ana.link())
  const cy = await stage.tabOf(await stage.browserOf('cy'), 'cy')
  await cy.join(ana.link())
  await allLinked([ana, bo, cy])
  await bo.toggle(60, 1)
  for (const other of [ana, cy]) {
    await other.openTrack('bo')
    await expect.poll(() => other.place(60, 1)).toContain('velocity')
  }

  await host(ana, 'bo', 'Only listen')
  await expect(cy.person('bo')).toContainText('listening')
  await bo.toggle(64, 3)
  await expect.poll(() => bo.place(64, 3)).toContain('velocity')
  // Longer than it takes until everybody has asked everybody what they lack.
  await ana.page.waitForTimeout(12_000)

  for (const other of [ana, cy]) {
    expect(await other.place(64, 3)).not.toContain('velocity')
    expect(await other.place(60, 1)).toContain('velocity')
  }
})

test('who knocks comes in when a host says so, and nobody comes into a locked jam', async ({
  stage,
  jammers,
}) => {
  const [ana] = await jammers(1)
  await setDoor(ana, 'Whoever a host lets in')
  const bo = await stage.tabOf(await stage.browserOf('bo'), 'bo')
  await bo.join(ana.link())
  await expect(bo.page.getByText('You knocked.')).toBeVisible()

  await expect(ana.page.getByText('bo wants to come in.')).toBeVisible()
  await ana.page.getByRole('button', { name: 'Let in' }).click()
  await expect(bo.connection).toContainText('Connected')
  await allLinked([ana, bo])

  await setDoor(ana, 'Nobody new')
  const cy = await stage.tabOf(await stage.browserOf('cy'), 'cy')
  await cy.join(ana.link())
  await expect(cy.page.getByText(/This jam is locked/)).toBeVisible()
  await bo.reload()
  await expect(bo.connection).toContainText('Connected')
})

test('who is removed from a private jam does not get back by the old link, and the others play on', async ({
  stage,
  jammers,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const [ana, bo, cy] = await jammers(3)
  const oldLink = ana.link()

  await host(ana, 'bo', 'Remove…', 'Remove bo')
  await expect(bo.page.getByText('A host took you out of this jam.')).toBeVisible()
  await expect.poll(() => cy.link()).not.toBe(oldLink)
  expect(cy.link()).toBe(ana.link())
  await bo.page.goto('about:blank')
  await bo.page.goto(oldLink)
  await bo.arrive()
  await expect(bo.page.getByText(/This jam has moved/)).toBeVisible()

  await ana.toggle(60, 1)
  await cy.openTrack('ana')
  await expect.poll(() => cy.place(60, 1)).toContain('velocity')
  await cy.reload()
  await allLinked([ana, cy])
  const dee = await stage.tabOf(await stage.browserOf('dee'), 'dee')
  await dee.join(ana.link())
  await allLinked([ana, cy, dee])
  await expect(dee.person('ana')).toContainText('host')
  await expect(ana.person('dee')).toBeVisible()
})

test('a server that was started anew changes nothing in the list of people', async ({
  jammers,
  server,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  const [ana, bo, cy] = await jammers(3)
  await host(ana, 'bo', 'Only listen')
  await expect(cy.person('bo')).toContainText('listening')
  await Promise.all([ana, bo, cy].map(({ page }) => page.evaluate(noteComings)))

  await server.kill()
  await expect(ana.connection).toContainText('Server away')
  await server.start()
  for (const each of [ana, bo, cy]) await expect(each.connection).toContainText('Connected')
  await allLinked([ana, bo, cy])

  const noted = await Promise.all(
    [ana, bo, cy].map(({ page }) => page.evaluate(() => window.noted)),
  )
  expect(noted).toEqual([[], [], []])
  await expect(cy.person('ana')).toContainText('host')
  await expect(bo.page.getByText('You are listening.')).toBeVisible()
  await host(ana, 'bo', 'Let play')
  await expect(bo.page.getByText('You are listening.')).toBeHidden()
})

declare global {
  interface Window {
    /** What was said of somebody who came or went. */
    noted?: string[]
  }
}

function noteComings(): void {
  const noted: string[] = []
  window.noted = noted
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      const text = node.textContent ?? ''
      if (/joined the jam|left the jam/.test(text)) noted.push(text)
    }
  }).observe(document.body, { childList: true, subtree: true })
}
