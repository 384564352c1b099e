import { Agent, get } from 'node:http'

export interface RequestPlan {
  readonly count: number
  /** Each asks again as soon as it has been answered. */
  readonly connections: number
  readonly path: string
}

/**
 * Asks over connections that are kept.
 *
 * @returns from each question to the end of its answer, in ms
 * @throws (rejects) when an answer is not a 200, or a connection breaks
 */
export async function sendRequests(
  url: string,
  { count, connections, path }: RequestPlan,
): Promise<readonly number[]> {
  const target = new URL(path, url.replace(/^ws/, 'http'))
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const tookMs: number[] = []
  let asked = 0

  async function work(): Promise<void> {
    while (asked < count) {
      asked += 1
      const startMs = performance.now()
      await askOnce(target, agent)
      tookMs.push(performance.now() - startMs)
    }
  }

  try {
    await Promise.all(Array.from({ length: connections }, work))
  } finally {
    agent.destroy()
  }
  return tookMs
}

const askOnce = (target: URL, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    get(target, { agent }, (response) => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`an answer must be a 200, got ${String(response.statusCode)}`))
      })
    }).once('error', reject)
  })
