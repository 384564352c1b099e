import { must } from '../scenario.ts'
import type { ServerProcess } from './process.ts'

const LOOK_EVERY_MS = 20
const BYTES_PER_MB = 1_000_000

/** What an attack cost the server in memory, in bytes above what it had before. */
interface Growth<T> {
  readonly said: T
  /** Most at any moment, garbage included. */
  readonly peakBytes: number
  /** When it is over and garbage is collected. */
  readonly keptBytes: number
}

/** Attacks once for what the server needs to serve at all, and then watches. @param attack  `isTrial` at first, when less will do */
export async function watchMemory<T>(
  server: ServerProcess,
  attack: (isTrial: boolean) => Promise<T>,
): Promise<Growth<T>> {
  await attack(true)
  const beforeBytes = await server.collectedBytes()
  let mostBytes = beforeBytes
  const watch = setInterval(() => {
    mostBytes = Math.max(mostBytes, server.memoryBytes())
  }, LOOK_EVERY_MS)
  try {
    const said = await attack(false)
    clearInterval(watch)
    const keptBytes = (await server.collectedBytes()) - beforeBytes
    return { said, peakBytes: mostBytes - beforeBytes, keptBytes }
  } finally {
    clearInterval(watch)
  }
}

/** @returns it in words @throws Error when it is more than that */
export function mustGrowBy(bytes: number, maxMb: number): string {
  const grown = `${(bytes / BYTES_PER_MB).toFixed(1)} MB`
  must(bytes <= maxMb * BYTES_PER_MB, `it may grow by ${maxMb} MB, it grew by ${grown}`)
  return grown
}
