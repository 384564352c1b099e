import { ms, must, type Scenario } from '../scenario.ts'
import { gather, type Member, until } from '../server/crowd.ts'
import { withTwoInstances } from './two-instances.ts'

const CROWD = 3000

const isIn = ({ client }: Member): boolean => client.state.read().status === 'admitted'

/** One instance after the other is started anew, under everybody. */
export const rollingRestart: readonly Scenario[] = [
  {
    name: 'rolling restart of two instances under 3,000 sockets',
    run: () =>
      withTwoInstances(async ({ url, first, second, balancer }) => {
        const crowd = await gather(url, CROWD)
        const seats = crowd.members.map(({ client }) => client.self.read())
        const roles = crowd.members.map(({ client }) => client.role.read())
        const startMs = performance.now()
        for (const [server, other] of [
          [first, second],
          [second, first],
        ] as const) {
          // As a balancer does, once /ready says so.
          balancer.setPorts([other.port])
          must((await server.end('SIGTERM')) === 0, 'an instance must end well')
          await until(() => crowd.members.every(isIn))
          await server.start()
          balancer.setPorts([first.port, second.port])
        }
        const tookMs = performance.now() - startMs
        // Whoever has lost their own server takes all for away that they have no link to.
        const gone = crowd.members.flatMap(({ losses }) =>
          losses.filter((each) => each.endsWith('gone')),
        )
        const words = `${CROWD} people moved twice in ${ms(tookMs)}, ${gone.length} seen to go`
        must(gone.length === 0, `nobody may be seen leaving: ${words}`)
        must(
          crowd.members.every(({ client }, at) => client.self.read() === seats[at]),
          'everybody must have the seat they had',
        )
        must(
          crowd.members.every(({ client }, at) => client.role.read() === roles[at]),
          'everybody must be what they were',
        )
        await crowd.leave()
        return `${words}; seats and roles kept`
      }),
  },
]
