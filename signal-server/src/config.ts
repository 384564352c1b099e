import { totalmem } from 'node:os'
import { constrainedMemory } from 'node:process'
import { fileURLToPath } from 'node:url'
import type { IceServer } from '@beatcord/shared'
import type { LogFormat } from './log.ts'
import { SETTINGS, type Setting } from './settings.ts'
import type { SocketLimits } from './socket-limits.ts'
import type { Turn } from './turn.ts'

/** What the server is to do, read once at its start. */
export interface Config {
  readonly port: number
  /** Empty: every address. */
  readonly host: string
  readonly roomCap: number
  readonly inactivityTimeoutMs: number
  readonly iceServers: readonly IceServer[]
  readonly turn: Turn | undefined
  /** 0: nothing is relayed. */
  readonly relayBytesPerSecond: number
  /** Proxies in front whose X-Forwarded-For is believed. */
  readonly trustedHops: number
  readonly maxSockets: number
  readonly maxWaitingPerAddress: number
  readonly maxJoinedPerAddress: number
  readonly socketLimits: SocketLimits
  readonly headersTimeoutMs: number
  readonly maxLagMs: number
  /** Infinity: no limit. */
  readonly maxMemoryBytes: number
  /** Undefined: none; 0: a free one. */
  readonly metricsPort: number | undefined
  /** Empty: none is good. */
  readonly metricsToken: string
  /** Undefined: to be kept in `dataDir`. */
  readonly seatKey: string | undefined
  /** Empty: this instance is alone. */
  readonly redisUrl: string
  readonly dataDir: string
  readonly slots: 'disk' | 'redis' | 'off'
  /** Of all slots on the disk together. */
  readonly slotsBytes: number
  readonly https: 'off' | 'self'
  readonly allowedOrigins: readonly string[]
  readonly clientDir: string
  readonly logFormat: LogFormat
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Says which variable of the environment is wrong, and what it should be. */
export class ConfigError extends Error {
  readonly variable: string

  constructor(variable: string, sentence: string, options?: ErrorOptions) {
    super(`${variable}: ${sentence}`, options)
    this.variable = variable
  }
}

const CONTAINER_SHARE = 0.85
const BEHIND_ONE_PROXY = ['RAILWAY_ENVIRONMENT_NAME', 'FLY_APP_NAME', 'RENDER']

// The same from src/ and from dist/.
const BUILT_CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url))

/** @throws ConfigError naming the first variable that is wrong */
export function readConfig(env: Environment): Config {
  const read = <Name extends keyof typeof SETTINGS>(name: Name): SettingValue<Name> =>
    readSetting(env, name, SETTINGS[name] as Setting<SettingValue<Name>>)

  const seatKey = read('SEAT_KEY')
  const redisUrl = read('REDIS_URL')
  if (redisUrl !== '' && seatKey === '') {
    throw new ConfigError('SEAT_KEY', 'must be set, the same for all instances, when REDIS_URL is.')
  }
  const trustedHops = read('TRUSTED_HOPS')
  const metricsPort = read('METRICS_PORT')
  const slots = read('SLOTS')
  if (slots === 'redis' && redisUrl === '') {
    throw new ConfigError('REDIS_URL', 'must be set when SLOTS is redis.')
  }
  const production = read('NODE_ENV') === 'production'
  return {
    port: read('PORT'),
    host: read('HOST'),
    roomCap: read('MAX_PEERS_PER_ROOM'),
    inactivityTimeoutMs: read('INACTIVITY_TIMEOUT'),
    iceServers: read('ICE_SERVERS'),
    turn: readTurn(read('TURN_URLS'), read('TURN_SECRET'), read('TURN_TTL_SECONDS')),
    relayBytesPerSecond: read('RELAY_BYTES_PER_SECOND'),
    trustedHops: trustedHops === '' ? hopsOf(env) : trustedHops,
    maxSockets: read('MAX_SOCKETS'),
    maxWaitingPerAddress: read('MAX_WAITING_PER_ADDRESS'),
    maxJoinedPerAddress: read('MAX_JOINED_PER_ADDRESS'),
    socketLimits: {
      helloTimeoutMs: read('HELLO_TIMEOUT'),
      silenceMs: read('SILENCE_TIMEOUT'),
      frameBurst: read('FRAME_BURST'),
      framesPerSecond: read('FRAMES_PER_SECOND'),
      byteBurst: read('BYTE_BURST'),
      bytesPerSecond: read('BYTES_PER_SECOND'),
      maxRefusals: read('MAX_REFUSALS'),
      maxUnreadBytes: read('MAX_UNREAD_BYTES'),
    },
    headersTimeoutMs: read('HEADERS_TIMEOUT'),
    maxLagMs: read('MAX_LAG_MS'),
    maxMemoryBytes: memoryLimit(read('MAX_MEMORY_MB')),
    metricsPort: metricsPort === '' ? undefined : metricsPort,
    metricsToken: read('METRICS_TOKEN'),
    seatKey: seatKey === '' ? undefined : seatKey,
    redisUrl,
    dataDir: read('DATA_DIR'),
    slots,
    slotsBytes: read('SLOTS_MB') * 1024 ** 2,
    https: read('HTTPS'),
    allowedOrigins: read('ALLOWED_ORIGINS'),
    clientDir: read('CLIENT_DIR') || BUILT_CLIENT,
    logFormat: read('LOG_FORMAT') || (production ? 'json' : 'text'),
  }
}

function readTurn(urls: readonly string[], secret: string, ttlSeconds: number): Turn | undefined {
  if (urls.length === 0 && secret === '') return undefined
  if (secret === '') throw new ConfigError('TURN_SECRET', 'must be set when TURN_URLS is.')
  if (urls.length === 0) throw new ConfigError('TURN_URLS', 'must be set when TURN_SECRET is.')
  return { urls, secret, ttlSeconds }
}

/** These put one proxy in front of every service, and say who they are. */
const hopsOf = (env: Environment): number =>
  BEHIND_ONE_PROXY.some((variable) => env[variable] !== undefined) ? 1 : 0

/** A container's limit, where there is one, is what ends the process without a word. */
function memoryLimit(megabytes: number | ''): number {
  if (megabytes !== '') return megabytes * 1024 ** 2
  const container = constrainedMemory()
  return container > 0 && container < totalmem() ? container * CONTAINER_SHARE : Infinity
}

type SettingValue<Name extends keyof typeof SETTINGS> =
  (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never

function readSetting<T>(
  env: Environment,
  name: string,
  { fallback, meaning, schema }: Setting<T>,
): T {
  const given = env[name]
  const result = schema.safeParse(given === undefined || given === '' ? fallback : given)
  if (!result.success) throw new ConfigError(name, meaning)
  return result.data
}
