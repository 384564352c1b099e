import type { Jammer } from './jammer.ts'
import { allLinked, expect, type Stage, test as base } from './jammers.ts'
import { watchPage } from './page-watch.ts'
import { startTestServer, type TestServer } from './server.ts'

export { expect }

/** None is part of another, nor of the words beside a name. */
const NAMES = ['ana', 'bo', 'cy', 'dax', 'flo', 'gus', 'hal', 'kim']

interface Fixtures {
  /** So many people, 1 to 8, each in a browser of their own whose page is watched, in one private room. */
  readonly crowd: (count: number) => Promise<readonly Jammer[]>
  /** A server for this test alone, since it is killed. */
  readonly ownServer: TestServer
}

export const test = base.extend<Fixtures>({
  ownServer: async ({}, use) => {
    const server = await startTestServer()
    await use(server)
    await server.close()
  },

  crowd: async ({ stage, ownServer }, use) => {
    await use(async (count) => {
      const people: Jammer[] = []
      for (const name of NAMES.slice(0, count)) {
        const jammer = await watchedTab(stage, name)
        await enter(jammer, ownServer.url, people[0])
        people.push(jammer)
      }
      await allLinked(people)
      return people
    })
  },
})

/** A browser of one's own, whose page is watched and not recorded: eight recorders would take what is measured. */
export async function watchedTab(stage: Stage, name: string): Promise<Jammer> {
  const context = await stage.browserOf(name, false)
  await context.addInitScript(watchPage)
  return stage.tabOf(context, name)
}

/** Starts a jam there, or follows the invite of the one who did. */
export async function enter(jammer: Jammer, url: string, first?: Jammer): Promise<void> {
  if (first !== undefined) return jammer.join(first.link())
  await jammer.page.goto(url)
  await jammer.startJam()
}
