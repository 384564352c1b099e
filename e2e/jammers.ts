import { test as base, type BrowserContext, expect } from '@playwright/test'
import { recordOutputs } from './capture.ts'
import { createJammer, type Jammer } from './jammer.ts'
import { startTestServer, type TestServer } from './server.ts'

export { expect }

const NAMES = ['ana', 'bo', 'cy']

interface Crowds {
  readonly 1: readonly [Jammer]
  readonly 2: readonly [Jammer, Jammer]
  readonly 3: readonly [Jammer, Jammer, Jammer]
}

export interface Stage {
  /**
   * A new browser context: another person's browser, with nothing stored.
   *
   * @param records  whether its pages' outputs can be recorded, which takes time off the processor
   */
  browserOf(who: string, records?: boolean): Promise<BrowserContext>
  /** A page of that context, watched for errors that nobody caught. */
  tabOf(context: BrowserContext, name: string): Promise<Jammer>
}

interface Fixtures {
  readonly stage: Stage
  /** So many people, each in a browser of their own, in one private room. */
  readonly jammers: <Count extends keyof Crowds>(count: Count) => Promise<Crowds[Count]>
}

interface WorkerFixtures {
  readonly server: TestServer
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // Playwright reads from this argument which other fixtures are needed: none.
    async ({}, use) => {
      const server = await startTestServer()
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],

  stage: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const uncaught: string[] = []
    await use({
      async browserOf(_who, records = true) {
        // The recorder is a worklet from a Blob, which the page's own policy forbids.
        const context = await browser.newContext({ bypassCSP: true })
        contexts.push(context)
        if (records) await context.addInitScript(recordOutputs)
        // What tells one's own ears that somebody joined would be on the tape of what all hear.
        if (records)
          await context.addInitScript(() => {
            // Pages of the browser's own, and those that are on their way, have none.
            if (location.protocol.startsWith('http')) localStorage.setItem('beatcord/chime', 'off')
          })
        return context
      },
      async tabOf(context, name) {
        const page = await context.newPage()
        page.on('pageerror', (error) => uncaught.push(`${name}: ${error.stack ?? error.message}`))
        return createJammer(page, name)
      },
    })
    for (const context of contexts) await context.close()
    expect(uncaught, 'errors that nobody caught').toEqual([])
  },

  jammers: async ({ stage, server }, use) => {
    await use(async <Count extends keyof Crowds>(count: Count) => {
      const people: Jammer[] = []
      for (const name of NAMES.slice(0, count)) {
        const jammer = await stage.tabOf(await stage.browserOf(name), name)
        const first = people[0]
        if (first === undefined) {
          await jammer.page.goto(server.url)
          await jammer.startJam()
        } else {
          await jammer.join(first.link())
        }
        people.push(jammer)
      }
      await allLinked(people)
      return people as unknown as Crowds[Count]
    })
  },
})

/** Everybody's list shows everybody here, by direct links. */
export async function allLinked(people: readonly Jammer[]): Promise<void> {
  for (const jammer of people) {
    for (const other of people) {
      const entry = jammer.person(other.name)
      await expect(entry).toContainText(other === jammer ? 'you' : 'here')
      await expect(entry).not.toContainText('connecting')
    }
  }
}
