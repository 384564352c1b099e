import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ms, must } from '../scenario.ts'
import type { ServerProcess } from './process.ts'

/** What honest people made of it. */
export interface Heard {
  /** How long signals were on their way, in ms. */
  readonly signalsMs: readonly number[]
  /** How long newcomers took from opening a socket to their welcome, in ms. */
  readonly joinsMs: readonly number[]
  readonly lost: number
  /** What must not have happened to them, in words. */
  readonly faults: readonly string[]
}

/** So many sockets of theirs may be open at once. */
export const NEIGHBOURS = 11

const PROCESS = fileURLToPath(new URL('neighbours-process.ts', import.meta.url))
/** For so long at least, or a percentile says nothing. */
const LEAST_MS = 3000
/** While the attacker takes a processor of the two, and the server another. */
const BEARABLE: Bearable = { signalP99Ms: 100, joinP99Ms: 300 }

export interface Bearable {
  readonly signalP99Ms: number
  readonly joinP99Ms: number
}

/**
 * Attacks a server while ten people signal and newcomers join it.
 *
 * @returns in words how they fared
 * @throws Error when they were harmed, or waited for longer than is bearable
 */
export async function besideNeighbours(
  { url }: Pick<ServerProcess, 'url'>,
  attack: () => Promise<void>,
  bearable: Bearable = BEARABLE,
): Promise<string> {
  const child = fork(PROCESS, [url, '127.0.0.9'])
  try {
    await once(child, 'message')
    const least = new Promise((resolve) => setTimeout(resolve, LEAST_MS))
    await attack()
    await least
    const told = once(child, 'message') as Promise<[Heard]>
    child.send('end')
    const [heard] = await told
    return verdictOn(heard, bearable)
  } finally {
    child.kill('SIGKILL')
  }
}

function verdictOn(
  { signalsMs, joinsMs, lost, faults }: Heard,
  { signalP99Ms, joinP99Ms }: Bearable,
): string {
  const [signal, join] = [percentile(signalsMs, 0.99), percentile(joinsMs, 0.99)]
  must(faults.length === 0, `neighbours must not be harmed: ${faults.slice(0, 5).join('; ')}`)
  must(lost === 0, `no signal of neighbours may be lost, ${lost} were`)
  must(
    signal <= signalP99Ms,
    `signals of neighbours p99 at most ${ms(signalP99Ms)}, took ${ms(signal)}`,
  )
  must(join <= joinP99Ms, `joins of neighbours p99 at most ${ms(joinP99Ms)}, took ${ms(join)}`)
  return (
    `neighbours' signals p99 ${ms(signal)} of ${signalsMs.length}, ` +
    `joins p99 ${ms(join)} of ${joinsMs.length}`
  )
}

/** @param share  0 to 1; NaN of nothing */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
