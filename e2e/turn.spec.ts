import { isLong } from './long.ts'
import { networkInterfaces } from 'node:os'
import { setHidden } from './address.ts'
import { candidatesOf, connectionCount, type Candidate } from './candidates.ts'
import { type Coturn, startCoturn } from './coturn.ts'
import { expect, test as base, watchedTab } from './crowd.ts'
import type { Jammer } from './jammer.ts'
import type { Stage } from './jammers.ts'
import { expectNewPath, pathOf } from './new-path.ts'
import { startTestServer, type TestServer } from './server.ts'
import { needTool } from './tools.ts'

const C4 = 60
/** What coturn says of a name that its secret did not make. */
const NOT_LET_IN = 'Cannot find credentials of user'

interface Fixtures {
  readonly coturn: Coturn
  /** Hands out coturn, and relays nothing itself. */
  readonly turnedServer: TestServer
  /** Believes in a secret that coturn does not share. */
  readonly misledServer: TestServer
}

const test = base.extend<Fixtures>({
  coturn: async ({}, use) => {
    const coturn = await startCoturn(needTool('turnserver'))
    await use(coturn)
    await coturn.close()
  },
  turnedServer: async ({ coturn }, use) => {
    // Nothing goes through the server itself: what arrives came through coturn.
    const server = await startTestServer({ ...coturn.settings, RELAY_BYTES_PER_SECOND: '0' })
    await use(server)
    await server.close()
  },
  misledServer: async ({ coturn }, use) => {
    const server = await startTestServer({ ...coturn.settings, TURN_SECRET: 'another secret' })
    await use(server)
    await server.close()
  },
})

/** How the addresses of this machine look in a candidate: as themselves, or as a name that only its network knows. */
const OWN_ADDRESSES = [
  ...Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address),
  '.local',
]

const typesOf = (candidates: readonly Candidate[]): readonly string[] =>
  [...new Set(candidates.map(({ type }) => type))].sort()

/** That they are those of relays, tell no other address, and are not none. */
function expectHidden(candidates: readonly Candidate[]): void {
  expect(typesOf(candidates)).toEqual(['relay'])
  for (const { text } of candidates) {
    expect(text).toContain('raddr 0.0.0.0 rport 0')
    for (const address of OWN_ADDRESSES) expect(text).not.toContain(address)
  }
}

/** Both pages show each other's edits. */
async function expectJam(ana: Jammer, bo: Jammer, step: number): Promise<void> {
  await ana.toggle(C4, step)
  await bo.openTrack('ana')
  await expect.poll(() => bo.place(C4, step)).toMatch(/^velocity/)
  await bo.toggle(C4, step + 1)
  await expect.poll(() => ana.place(C4, step + 1)).toMatch(/^velocity/)
}

/** Ana and bo in one jam, both of whom hide their addresses. */
async function hiddenPair(stage: Stage, url: string): Promise<readonly [Jammer, Jammer]> {
  const [ana, bo] = [await watchedTab(stage, 'ana'), await watchedTab(stage, 'bo')]
  await ana.page.goto(url)
  await setHidden(ana, true)
  await ana.startJam()
  await bo.page.goto(ana.link())
  await setHidden(bo, true)
  await bo.join(ana.link())
  return [ana, bo]
}

test('people who hide their addresses are linked through TURN, and no candidate tells where they are', async ({
  stage,
  turnedServer,
}) => {
  const [ana, bo] = await hiddenPair(stage, turnedServer.url)

  for (const [jammer, other] of [
    [ana, 'bo'],
    [bo, 'ana'],
  ] as const) {
    await expect(jammer.person(other)).toContainText('connected by a detour')
    await expect(jammer.connection).toHaveText('Connected')
  }
  await expectJam(ana, bo, 1)
  for (const { page } of [ana, bo]) {
    const candidates = await candidatesOf(page)
    expect(new Set(candidates.map(({ side }) => side))).toEqual(new Set(['local', 'remote']))
    expectHidden(candidates)
  }
})

test('whoever hides in the middle of a jam is linked anew, and the other learns no address from then on', async ({
  stage,
  turnedServer,
}) => {
  const [ana, bo] = [await watchedTab(stage, 'ana'), await watchedTab(stage, 'bo')]
  await ana.page.goto(turnedServer.url)
  await ana.startJam()
  await bo.join(ana.link())
  await expect(ana.person('bo')).toContainText('connected directly')
  await expectJam(ana, bo, 1)
  expect(typesOf(await candidatesOf(ana.page))).toContain('host')
  const before = await connectionCount(ana.page)

  await setHidden(bo, true)

  await expect(ana.person('bo')).toContainText('connected by a detour')
  await expectJam(ana, bo, 5)
  const learned = await candidatesOf(ana.page, before)
  expectHidden(learned.filter(({ side }) => side === 'remote'))
})

test('with a wrong secret TURN lets nobody in, and people who hide jam through the server', async ({
  stage,
  coturn,
  misledServer,
}) => {
  const [ana, bo] = await hiddenPair(stage, misledServer.url)

  await expect(ana.person('bo')).toContainText('through the server')
  await expectJam(ana, bo, 1)
  for (const { page } of [ana, bo]) expect(typesOf(await candidatesOf(page))).toEqual([])
  expect(coturn.lines.some((line) => line.includes(NOT_LET_IN))).toBe(true)
})

test('a link whose TURN server dies finds a path through one that was named since, under the same connection', async ({
  stage,
  coturn,
  turnedServer,
}) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(90_000)
  const other = await startCoturn(needTool('turnserver'))
  try {
    const people = await hiddenPair(stage, turnedServer.url)
    const [ana, bo] = people
    await expectJam(ana, bo, 1)
    const before = [await pathOf(ana), await pathOf(bo)] as const
    await turnedServer.kill()
    for (const { connection } of people) await expect(connection).toContainText(/away|reach/i)
    await turnedServer.start(other.settings)
    for (const { connection } of people) await expect(connection).toHaveText('Connected')

    await coturn.close()

    await expectNewPath(ana, before[0])
    await expectNewPath(bo, before[1])
    await expectJam(ana, bo, 5)
    for (const { page } of people) expectHidden(await candidatesOf(page))
  } finally {
    await other.close()
  }
})
