import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { createSeatStore } from '../../client/src/net/seat-store.ts'
import { createSignalClient } from '../../client/src/net/signal-client.ts'
import type { SignalClient } from '../../client/src/net/signal-client-types.ts'
import { QUIET } from '../../client/src/net/test-tab.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import { must } from '../scenario.ts'

/** Many pages' ways to the server, by the page's own code. */
export interface Crowd {
  readonly members: readonly Member[]
  /** Moments at which a socket was opened, monotonic ms. */
  readonly triesMs: readonly number[]
  /** Closes of sockets, code and reason. */
  readonly closes: readonly { readonly code: number; readonly reason: string }[]
  /** One more in the room of this member. */
  join(beside: Member): Promise<Member>
  leave(): Promise<void>
}

export interface Member {
  readonly client: SignalClient
  readonly authKey: string
  /** Who was seen to go, or to be away. */
  readonly losses: readonly string[]
}

const PATIENCE_MS = 60_000
/** Sockets that are opened at once. */
const AT_ONCE = 100
const ROOM = 4

/** @param count  in rooms of four */
export async function gather(url: string, count: number): Promise<Crowd> {
  const members: Member[] = []
  const triesMs: number[] = []
  const closes: { code: number; reason: string }[] = []
  const timers = createTimers()

  class Counted extends WebSocket {
    constructor(address: string) {
      super(address, { perMessageDeflate: false })
      triesMs.push(performance.now())
      this.on('close', (code, reason) => closes.push({ code, reason: reason.toString() }))
    }
  }

  async function open(authKey: string): Promise<Member> {
    const client = createSignalClient({
      url,
      authKey: () => authKey,
      sealed: '',
      seatStore: createSeatStore({ room: 'r', storage: undefined, locks: undefined, timers }),
      timers,
      wakes: QUIET,
      random: Math.random,
      WebSocket: Counted,
    })
    const losses: string[] = []
    let before = client.roster.read()
    client.roster.subscribe((roster) => {
      for (const [peer, { presence }] of before) {
        const now = roster.get(peer)
        if (now === undefined) losses.push(`${peer} gone`)
        else if (presence === 'here' && now.presence === 'away') losses.push(`${peer} away`)
      }
      before = roster
    })
    await until(() => client.state.read().status === 'admitted')
    const member = { client, authKey, losses }
    members.push(member)
    return member
  }

  const keys = Array.from({ length: Math.ceil(count / ROOM) }, () =>
    randomBytes(32).toString('base64url'),
  )
  for (let at = 0; at < count; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, index) => at + index)
    await Promise.all(some.map((index) => open(keys[Math.floor(index / ROOM)] ?? '')))
  }

  return {
    members,
    triesMs,
    closes,
    join: ({ authKey }) => open(authKey),
    async leave() {
      for (const { client } of members) client.leave()
      await new Promise((resolve) => setTimeout(resolve, 500))
    },
  }
}

/** @throws Error when it does not come true within a minute */
export async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS
  while (!holds()) {
    must(performance.now() < endMs, 'what was waited for never came')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Resolves with how long it took each of them to be seated again, in ms, ascending. */
export async function backAfter(
  members: readonly Member[],
  sinceMs: number,
): Promise<readonly number[]> {
  const took = await Promise.all(
    members.map(async ({ client }) => {
      if (client.state.read().status !== 'admitted') {
        await new Promise<void>((resolve) => {
          const undo = client.state.subscribe(({ status }) => {
            if (status !== 'admitted') return
            undo()
            resolve()
          })
        })
      }
      return performance.now() - sinceMs
    }),
  )
  return took.sort((a, b) => a - b)
}
