import type { RoomId } from '@beatcord/shared'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { createBreaker } from './breaker.ts'
import { type Directory, type InstanceId, KEEP_MS, type Lapse, LEASE_MS } from './directory.ts'
import { createInstanceId } from './memory-directory.ts'
import { within } from './within.ts'
import { CLAIM, KEEP, RELEASE, RENEW } from './redis-scripts.ts'

/** After so long it is tried again to connect, and as much more at most, so that not all come at one moment. */
const RECONNECT_MS = 100
const CONNECT_TIMEOUT_MS = 1_000
/** A connection on which nothing comes is dead; it is asked three times meanwhile. */
const SILENCE_MS = 15_000
const PING_EVERY_MS = 5_000
const CLOSE_WAIT_MS = 500
/** More rooms are renewed by several scripts, for Redis does nothing else while one runs. */
const ROOMS_A_SCRIPT = 200
/** So many questions on their way are enough for anybody. */
const MAX_WAITING = 20_000

const homeOf = (name: RoomId): string => `bc:{${name}}:h`
const leftOf = (name: RoomId): string => `bc:{${name}}:r`
const channelOf = (instance: InstanceId): string => `bc:i:${instance}`

type Given = readonly (string | number)[]

/**
 * One Redis for all instances that are given its address. Begins without it when it is away.
 *
 * @param url redis: or rediss:
 */
export async function openRedisDirectory(url: string, clock: Clock, log: Log): Promise<Directory> {
  const { createClient } = await import('redis')
  const me = createInstanceId()
  const commands = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING,
    maintNotifications: 'disabled',
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: () => RECONNECT_MS + Math.random() * RECONNECT_MS,
    },
  })
  // Our channel is heard again when this one has reconnected; it asks nothing.
  const ears = commands.duplicate({ disableOfflineQueue: false })
  const upListeners = new Set<(isUp: boolean) => void>()
  let listener: ((packet: Uint8Array) => void) | undefined
  let aheadMs = 0
  let isListening = false
  let hasSubscribed = false

  const breaker = createBreaker(
    clock,
    async () => {
      if (!isListening) throw new Error('our channel must be heard first')
      await readTime()
    },
    (isUp, reason) => {
      log(isUp ? 'info' : 'warn', isUp ? 'redis answers' : 'redis is away', { reason })
      for (const each of upListeners) each(isUp)
    },
  )

  /** How far Redis' clock, which all instances go by, is ahead of ours. */
  async function readTime(): Promise<void> {
    const askedMs = clock.nowMs()
    const [seconds = '', microseconds = ''] = await commands.sendCommand<string[]>(['TIME'])
    const redisMs = Number(seconds) * 1000 + Number(microseconds) / 1000
    aheadMs = redisMs - (askedMs + clock.nowMs()) / 2
  }

  for (const client of [commands, ears]) {
    // Without a listener an error would end the process.
    client.on('error', () => undefined)
    client.on('reconnecting', breaker.open)
    client.on('end', breaker.open)
    client.on('ready', breaker.look)
  }
  ears.on('reconnecting', () => {
    isListening = false
  })
  ears.on('ready', () => {
    isListening = hasSubscribed
  })
  commands.connect().catch(() => undefined)
  ears
    .connect()
    .then(() =>
      ears.subscribe(
        channelOf(me),
        (packet: Buffer) => {
          listener?.(packet)
        },
        true,
      ),
    )
    .then(() => {
      hasSubscribed = isListening = true
      breaker.look()
    })
    .catch(() => undefined)

  const script = (text: string, keys: readonly string[], given: Given): Promise<unknown> =>
    breaker.run(() =>
      commands.sendCommand(['EVAL', text, String(keys.length), ...keys, ...given.map(String)]),
    )

  async function renewSome(names: readonly RoomId[]): Promise<readonly Lapse[]> {
    const keys = names.flatMap((name) => [homeOf(name), leftOf(name)])
    const found = (await script(RENEW, keys, [me, LEASE_MS, KEEP_MS])) as (number | string)[]
    return found.flatMap((at, index) => {
      const name = names[Number(at)]
      const home = String(found[index + 1])
      if (index % 2 === 1 || name === undefined) return []
      return { name, home: home === '' ? undefined : home }
    })
  }

  return {
    me,
    isUp: breaker.isClosed,
    onUp(run) {
      upListeners.add(run)
      return () => upListeners.delete(run)
    },
    async claim(name, lost = '') {
      const keys = [homeOf(name), leftOf(name)]
      const [home = me, left = ''] = (await script(CLAIM, keys, [me, LEASE_MS, lost])) as string[]
      return { home, left }
    },
    async renew(names) {
      const lapses: Lapse[] = []
      for (let at = 0; at < names.length; at += ROOMS_A_SCRIPT) {
        lapses.push(...(await renewSome(names.slice(at, at + ROOMS_A_SCRIPT))))
      }
      await breaker.run(readTime)
      return lapses
    },
    async keep(name, left) {
      await script(KEEP, [homeOf(name), leftOf(name)], [me, left, KEEP_MS])
    },
    async release(name, forgets) {
      await script(RELEASE, [homeOf(name), leftOf(name)], [me, forgets ? 'forget' : ''])
    },
    send: (to, packet) =>
      breaker.run(async () => {
        const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)
        return (await commands.publish(channelOf(to), bytes)) > 0
      }),
    onPacket(run) {
      listener = run
    },
    nowMs: () => clock.nowMs() + aheadMs,
    async close() {
      breaker.end()
      listener = undefined
      // Politely if it can be, so that what is on its way arrives; never at the cost of coming to no end.
      if (commands.isReady) await within(commands.close(), CLOSE_WAIT_MS, clock)
      if (commands.isOpen) commands.destroy()
      if (ears.isOpen) ears.destroy()
    },
  }
}
