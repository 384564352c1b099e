import { PROTOCOL_VERSION } from '@beatcord/shared'
import { type Settings, startTestServer, type TestServer } from '../../e2e/server.ts'
import { type SlotSeat, takeSlotSeat } from '../../scripts/lib/slot-probe.mjs'
import { must } from '../scenario.ts'
import { mustHear, pair } from '../server/peer.ts'

const MOST_TRIES = 20
const TOKEN = 'a token of the stress'

/** Plays with a real server that keeps slots on its disk, and ends it whatever happens. */
export async function withSlotServer<T>(
  settings: Settings,
  play: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await startTestServer({
    MAX_WAITING_PER_ADDRESS: '10000',
    MAX_JOINED_PER_ADDRESS: '10000',
    METRICS_TOKEN: TOKEN,
    ...settings,
  })
  try {
    return await play(server)
  } finally {
    await server.close()
  }
}

export const socketUrl = ({ url }: TestServer): string => `${url.replace(/^http/, 'ws')}/ws`

/** A seat in a room of its own. */
export const sitAlone = (server: TestServer): Promise<SlotSeat> =>
  takeSlotSeat(Number(new URL(server.url).port), PROTOCOL_VERSION)

/** The address of this machine is one address: it is told to wait. */
export async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await ask()
    if ((response.status !== 429 && response.status !== 503) || tries >= MOST_TRIES) return response
    const seconds = Number(response.headers.get('retry-after') ?? 1)
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 2) * 1000))
  }
}

/** The server is healthy, seats people and passes on what they say. */
export async function jamGoesOn(server: TestServer): Promise<void> {
  const health = await fetch(`${server.url}/health`)
  must(health.status === 200, `the server must be healthy, got ${health.status}`)
  const [ana, bo] = await pair(socketUrl(server))
  await mustHear(ana, bo)
  await ana.leave()
  await bo.leave()
}

/** What is counted under that name and label, 0 for nothing. */
export async function counted({ url }: TestServer, line: string): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const text = await (await fetch(`${url}/metrics`, { headers })).text()
  const found = text.split('\n').find((each) => each.startsWith(`beatcord_${line} `))
  return Number(found?.split(' ').at(-1) ?? 0)
}
