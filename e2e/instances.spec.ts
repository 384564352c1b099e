import { startRedis } from '../scripts/lib/redis-process.mjs'
import { blockConnections } from './candidates.ts'
import { allLinked, expect, test, type Stage } from './jammers.ts'
import type { Jammer } from './jammer.ts'
import { isLong } from './long.ts'
import { startTestServer, type TestServer } from './server.ts'
import { needTool } from './tools.ts'

const C4 = 60
const WRITTEN = /^velocity 100, length 1/
const SEAT_KEY = 'one secret for both of them'

/** Two servers of one address, as a balancer would spread people over them. */
async function onTwo(
  play: (first: TestServer, second: TestServer) => Promise<void>,
): Promise<void> {
  const redis = await startRedis(needTool('redis-server'))
  const settings = { REDIS_URL: redis.url, SEAT_KEY }
  const servers: TestServer[] = []
  try {
    const first = await startTestServer(settings)
    servers.push(first)
    const second = await startTestServer(settings)
    servers.push(second)
    await play(first, second)
  } finally {
    for (const server of servers) await server.close()
    await redis.kill()
  }
}

/** Both in one room, each at a server of their own. */
async function meet(
  stage: Stage,
  first: TestServer,
  second: TestServer,
  canConnect = true,
): Promise<readonly [Jammer, Jammer]> {
  const tab = async (name: string): Promise<Jammer> => {
    const context = await stage.browserOf(name)
    if (!canConnect) await context.addInitScript(blockConnections)
    return stage.tabOf(context, name)
  }
  const [ana, bo] = [await tab('ana'), await tab('bo')]
  await ana.page.goto(first.url)
  await ana.startJam()
  await bo.join(ana.link().replace(first.url, second.url))
  return [ana, bo]
}

test('people at two instances of one address are in one room: they see and edit and read each other', async ({
  stage,
}) => {
  await onTwo(async (first, second) => {
    const [ana, bo] = await meet(stage, first, second)

    await allLinked([ana, bo])
    await ana.toggle(C4, 1)
    await ana.say('from the first')
    await bo.say('from the second')

    await bo.openTrack('ana')
    await expect.poll(() => bo.place(C4, 1)).toMatch(WRITTEN)
    await expect(bo.chat).toContainText('from the first')
    await expect(ana.chat).toContainText('from the second')
  })
})

test('where no straight way is found they play through both servers', async ({ stage }) => {
  test.skip(!isLong, 'npm run stress -- rooms plays it')
  test.setTimeout(120_000)
  await onTwo(async (first, second) => {
    const [ana, bo] = await meet(stage, first, second, false)

    for (const jammer of [ana, bo]) {
      await expect(jammer.connection).toHaveText('Through the server', { timeout: 30_000 })
    }
    await bo.toggle(C4, 3)
    await ana.openTrack('bo')
    await expect.poll(() => ana.place(C4, 3), { timeout: 15_000 }).toMatch(WRITTEN)
  })
})
