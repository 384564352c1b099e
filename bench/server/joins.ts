import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { spreadOf } from '../../e2e/stats.ts'
import type { Tongue } from './dialects.ts'
import type { Load } from './load.ts'
import { processorSeconds } from './proc.ts'
import type { Measured } from './servers.ts'
import { allowedSockets, ECHO_IS, onServer, rounded, rowOf, withLoad } from './stage.ts'

const COUNT = 5000
/** Compiled by then. */
const WARM_UP = 2000
const ROUNDS = 3
const MIN_RATIO = 0.85

interface Runner {
  readonly server: Measured
  readonly load: Load
  /** Joins for each second of the server's processor, round after round. */
  readonly rates: number[]
}

/** How many can join for each second of a server's processor; all servers by turns. */
export async function joinRows(
  say: Say,
  wanted: number = COUNT,
  warmUp: number = WARM_UP,
): Promise<readonly Row[]> {
  const count = await allowedSockets(wanted, say)
  return onServer('ours', (ours) =>
    onServer('stock', (stock) =>
      onServer('echo', (echo) =>
        withLoad(stock.server, 'announcing', async (load) => {
          const runners: Readonly<Record<Tongue, Runner>> = {
            ours: { ...ours, rates: [] },
            stock: { ...stock, rates: [] },
            announcing: { server: stock.server, load, rates: [] },
            echo: { ...echo, rates: [] },
          }
          for (const runner of Object.values(runners)) await measure(runner, warmUp)
          for (let round = 1; round <= ROUNDS; round++) {
            say(`server: ${count} join, round ${round} of ${ROUNDS} …`)
            for (const runner of Object.values(runners)) {
              runner.rates.push(await measure(runner, count))
            }
          }
          return [rowOfRates(count, runners)]
        }),
      ),
    ),
  )
}

async function measure({ server, load }: Runner, count: number): Promise<number> {
  const before = await processorSeconds(server.pid)
  await load.ask({ do: 'join', count })
  const seconds = (await processorSeconds(server.pid)) - before
  await load.ask({ do: 'leave' })
  return count / seconds
}

function rowOfRates(count: number, runners: Readonly<Record<Tongue, Runner>>): Row {
  const rate = (tongue: Tongue): number => Math.round(spreadOf(runners[tongue].rates).p50)
  const ratio = rounded(rate('ours') / rate('stock'))
  const beside = (tongue: Tongue, is: string): { is: string; figures: { value: number } } => ({
    is,
    figures: { value: rate(tongue) },
  })
  return rowOf({
    row: `connect and join, ${count} sockets, for each second of the server's processor, median of ${ROUNDS}`,
    unit: 'joins',
    ours: { value: rate('ours') },
    baseline: { value: rate('stock') },
    beside: [
      beside('announcing', 'the same, each announced to its room as its client does'),
      beside('echo', `${ECHO_IS}, once`),
    ],
    goal: `at least ${MIN_RATIO} times the stock's (is ${ratio})`,
    holds: ratio >= MIN_RATIO,
  })
}
