import { decodeRetryAfter, type PeerId } from '@beatcord/shared'
import { ms, must, type Scenario } from '../scenario.ts'
import { backAfter, gather, until, type Member } from './crowd.ts'
import { mustBeEmpty, withServer } from './process.ts'

const CROWD = 3000
const DOWN_MS = 5000
const MAX_P99_MS = 3000
const MAX_TRIES_IN_100_MS = 400
const LONG_AWAY_MS = 60_000
const MAX_BACK_MS = 2000
const MAX_STOP_MS = 10_000

const seatsOf = (members: readonly Member[]): readonly (PeerId | undefined)[] =>
  members.map(({ client }) => client.self.read())
const rolesOf = (members: readonly Member[]): readonly string[] =>
  members.map(({ client }) => client.role.read())
const isAway = ({ client }: Member): boolean => client.state.read().status === 'away'

/** What happens when the server ends, and when it comes back. */
export const restarts: readonly Scenario[] = [
  {
    name: '3,000 peers come back to a server that was killed',
    run: () =>
      withServer({}, async (server) => {
        const crowd = await gather(server.url, CROWD)
        const seats = seatsOf(crowd.members)
        const roles = rolesOf(crowd.members)
        await server.end('SIGKILL')
        await until(() => crowd.members.every(isAway))
        await new Promise((resolve) => setTimeout(resolve, DOWN_MS))
        await server.start()
        const startedMs = performance.now()
        const took = await backAfter(crowd.members, startedMs)
        const p50 = took[Math.floor(took.length / 2)] ?? NaN
        const p99 = took[Math.floor(took.length * 0.99)] ?? NaN
        const peak = mostWithin(
          crowd.triesMs.filter((at) => at >= startedMs - DOWN_MS),
          100,
        )
        const figures = `p50 ${ms(p50)}, p99 ${ms(p99)}, at most ${peak} tries in 100 ms`
        must(p99 <= MAX_P99_MS, `99 of 100 must be back within 3 s: ${figures}`)
        must(peak <= MAX_TRIES_IN_100_MS, `no more than 400 may try in 100 ms: ${figures}`)
        must(same(seats, seatsOf(crowd.members)), 'everybody must have the seat they had')
        must(same(roles, rolesOf(crowd.members)), 'everybody must be what they were')
        await crowd.leave()
        return `back by ${figures}; seats and roles kept; ${await mustBeEmpty(server)}`
      }),
  },
  {
    name: 'SIGTERM with 3,000 sockets',
    run: () =>
      withServer({}, async (server) => {
        const crowd = await gather(server.url, CROWD)
        const startedMs = performance.now()
        const code = await server.end('SIGTERM')
        const tookMs = performance.now() - startedMs
        // Between them are those of sockets that came back too early.
        const polite = (): number =>
          crowd.closes.filter(
            (close) => close.code === 1012 && decodeRetryAfter(close.reason) !== undefined,
          ).length
        await until(() => polite() >= CROWD)
        const seen = crowd.members.flatMap(({ losses }) =>
          losses.filter((each) => each.endsWith('gone')),
        )
        must(code === 0, `the server must end well, it ended with ${String(code)}`)
        must(tookMs <= MAX_STOP_MS, `it must end within 10 s, it took ${ms(tookMs)}`)
        must(seen.length === 0, `nobody may be seen leaving, ${seen.length} were`)
        for (const { client } of crowd.members) client.close()
        return `${polite()} closes of 1012, exit 0 in ${ms(tookMs)}, nobody seen leaving`
      }),
  },
  {
    name: 'the server killed for 60 s, a room of four',
    run: () =>
      withServer({}, async (server) => {
        const crowd = await gather(server.url, 4)
        const seats = seatsOf(crowd.members)
        // What their links would tell, so that they stay in one another's lists.
        for (const { client } of crowd.members) {
          for (const peer of seats) {
            if (peer !== undefined && peer !== client.self.read()) client.reportLink(peer, true)
          }
        }
        await server.end('SIGKILL')
        await new Promise((resolve) => setTimeout(resolve, LONG_AWAY_MS))
        await server.start()
        const startedMs = performance.now()
        const took = await backAfter(crowd.members, startedMs)
        const last = took.at(-1) ?? NaN
        must(last <= MAX_BACK_MS, `all must be back within 2 s, it took ${ms(last)}`)
        const [first] = crowd.members
        must(first !== undefined, 'somebody must be there')
        const newcomerMs = performance.now()
        await crowd.join(first)
        const inMs = performance.now() - newcomerMs
        must(inMs <= MAX_BACK_MS, `a newcomer must be in within 2 s, it took ${ms(inMs)}`)
        must(
          same(seats, seatsOf(crowd.members.slice(0, 4))),
          'everybody must have the seat they had',
        )
        const gone = crowd.members.flatMap(({ losses }) =>
          losses.filter((each) => each.endsWith('gone')),
        )
        must(gone.length === 0, `nobody may be seen leaving, ${gone.join()} were`)
        await crowd.leave()
        return `back within ${ms(last)}, a newcomer in after ${ms(inMs)}; ${await mustBeEmpty(server)}`
      }),
  },
]

/** Most moments in any span of that length. @param atMs ascending */
function mostWithin(atMs: readonly number[], spanMs: number): number {
  let from = 0
  let most = 0
  atMs.forEach((at, index) => {
    while ((atMs[from] ?? at) <= at - spanMs) from += 1
    most = Math.max(most, index - from + 1)
  })
  return most
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index])
