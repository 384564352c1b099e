import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { SETTINGS } from './settings.ts'

test('an empty environment gives the defaults', () => {
  expect(readConfig({ PORT: '' })).toMatchObject({
    port: 3000,
    host: '',
    roomCap: 20,
    inactivityTimeoutMs: 300_000,
    iceServers: [{ urls: 'stun:stun.l.google.com:19302' }],
    turn: undefined,
    relayBytesPerSecond: 262_144,
    trustedHops: 0,
    maxSockets: 10_000,
    maxWaitingPerAddress: 10,
    maxJoinedPerAddress: 300,
    maxLagMs: 250,
    metricsPort: undefined,
    metricsToken: '',
    seatKey: undefined,
    dataDir: '.data',
    https: 'off',
    allowedOrigins: [],
    logFormat: 'text',
  })
})

test('every setting is read from its variable', () => {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    MAX_PEERS_PER_ROOM: '4',
    INACTIVITY_TIMEOUT: '1000',
    ICE_SERVERS: '[]',
    TURN_URLS: 'turn:turn.example:3478, turns:turn.example:5349?transport=tcp',
    TURN_SECRET: 'north',
    TURN_TTL_SECONDS: '300',
    RELAY_BYTES_PER_SECOND: '0',
    TRUSTED_HOPS: '1',
    MAX_SOCKETS: '500',
    MAX_WAITING_PER_ADDRESS: '5',
    MAX_JOINED_PER_ADDRESS: '50',
    HELLO_TIMEOUT: '100',
    HEADERS_TIMEOUT: '1000',
    SILENCE_TIMEOUT: '2000',
    FRAME_BURST: '101',
    FRAMES_PER_SECOND: '5',
    BYTE_BURST: '65536',
    BYTES_PER_SECOND: '1024',
    MAX_REFUSALS: '1',
    MAX_UNREAD_BYTES: '262144',
    MAX_LAG_MS: '100',
    MAX_MEMORY_MB: '256',
    METRICS_PORT: '9100',
    METRICS_TOKEN: 'a token of letters',
    SEAT_KEY: 'sixteen letters!',
    REDIS_URL: 'rediss://:word@redis.example.org:6380',
    DATA_DIR: 'kept',
    SLOTS: 'redis',
    SLOTS_MB: '16',
    HTTPS: 'self',
    ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080',
    CLIENT_DIR: 'page',
    NODE_ENV: 'production',
  })

  expect(config).toEqual({
    port: 0,
    host: '127.0.0.1',
    roomCap: 4,
    inactivityTimeoutMs: 1000,
    iceServers: [],
    turn: {
      urls: ['turn:turn.example:3478', 'turns:turn.example:5349?transport=tcp'],
      secret: 'north',
      ttlSeconds: 300,
    },
    redisUrl: 'rediss://:word@redis.example.org:6380',
    relayBytesPerSecond: 0,
    trustedHops: 1,
    maxSockets: 500,
    maxWaitingPerAddress: 5,
    maxJoinedPerAddress: 50,
    socketLimits: {
      helloTimeoutMs: 100,
      silenceMs: 2000,
      frameBurst: 101,
      framesPerSecond: 5,
      byteBurst: 65_536,
      bytesPerSecond: 1024,
      maxRefusals: 1,
      maxUnreadBytes: 262_144,
    },
    headersTimeoutMs: 1000,
    maxLagMs: 100,
    maxMemoryBytes: 268_435_456,
    metricsPort: 9100,
    metricsToken: 'a token of letters',
    seatKey: 'sixteen letters!',
    dataDir: 'kept',
    slots: 'redis',
    slotsBytes: 16_777_216,
    https: 'self',
    allowedOrigins: ['https://a.example', 'http://b.example:8080'],
    clientDir: 'page',
    logFormat: 'json',
  })
})

test('slots in Redis need to know where it is', () => {
  expect(() => readConfig({ SLOTS: 'redis' })).toThrow('REDIS_URL: must be set')
})

test.each(['RAILWAY_ENVIRONMENT_NAME', 'FLY_APP_NAME', 'RENDER'])(
  'where %s is set one proxy stands in front, unless it is said otherwise',
  (variable) => {
    expect(readConfig({ [variable]: 'x' }).trustedHops).toBe(1)
    expect(readConfig({ [variable]: 'x', TRUSTED_HOPS: '2' }).trustedHops).toBe(2)
  },
)

test('the format of the log can be chosen over NODE_ENV', () => {
  expect(readConfig({ NODE_ENV: 'production', LOG_FORMAT: 'text' }).logFormat).toBe('text')
})

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3000x'],
  ['PORT', '1e3'],
  ['MAX_PEERS_PER_ROOM', '0'],
  ['MAX_PEERS_PER_ROOM', '65'],
  ['INACTIVITY_TIMEOUT', '5min'],
  ['INACTIVITY_TIMEOUT', '9999999999'],
  ['ICE_SERVERS', 'stun:localhost'],
  ['ICE_SERVERS', '{"urls":"stun:localhost"}'],
  ['ICE_SERVERS', '[{"urls":"http://localhost"}]'],
  ['ICE_SERVERS', JSON.stringify(Array(8).fill({ urls: 'stun:localhost' }))],
  ['TURN_URLS', 'stun:localhost'],
  ['TURN_URLS', 'turn.example.org'],
  ['TURN_URLS', 'turn:'],
  ['TURN_URLS', Array(9).fill('turn:localhost').join()],
  ['TURN_TTL_SECONDS', '59'],
  ['TURN_TTL_SECONDS', '86401'],
  ['RELAY_BYTES_PER_SECOND', '-1'],
  ['RELAY_BYTES_PER_SECOND', 'fast'],
  ['TRUSTED_HOPS', 'all'],
  ['MAX_SOCKETS', '0'],
  ['MAX_WAITING_PER_ADDRESS', '0'],
  ['MAX_JOINED_PER_ADDRESS', '0'],
  ['HELLO_TIMEOUT', '99'],
  ['HEADERS_TIMEOUT', '999'],
  ['SILENCE_TIMEOUT', '1999'],
  ['FRAME_BURST', '99'],
  ['FRAMES_PER_SECOND', '4'],
  ['BYTE_BURST', '65535'],
  ['BYTES_PER_SECOND', '1023'],
  ['MAX_REFUSALS', '0'],
  ['MAX_UNREAD_BYTES', '262143'],
  ['MAX_LAG_MS', '9'],
  ['MAX_MEMORY_MB', '63'],
  ['METRICS_PORT', '65536'],
  ['METRICS_TOKEN', 'short'],
  ['SEAT_KEY', 'short'],
  ['REDIS_URL', 'redis.example.org'],
  ['REDIS_URL', 'http://redis.example.org'],
  ['SLOTS', 'on'],
  ['SLOTS_MB', '0'],
  ['HTTPS', 'on'],
  ['ALLOWED_ORIGINS', 'example.org'],
  ['ALLOWED_ORIGINS', 'https://example.org/path'],
  ['LOG_FORMAT', 'xml'],
])('%s=%s is refused by the name of the variable', (variable, value) => {
  const read = (): unknown => readConfig({ [variable]: value })

  expect(read).toThrow(ConfigError)
  expect(read).toThrow(`${variable}: `)
})

test.each([
  [{ TURN_URLS: 'turn:localhost' }, 'TURN_SECRET: must be set when TURN_URLS is.'],
  [{ TURN_SECRET: 'north' }, 'TURN_URLS: must be set when TURN_SECRET is.'],
])('one half of the TURN settings is refused by the name of the other', (env, sentence) => {
  const read = (): unknown => readConfig(env)

  expect(read).toThrow(ConfigError)
  expect(read).toThrow(sentence)
})

test('every setting says what it means', () => {
  for (const { meaning } of Object.values(SETTINGS)) expect(meaning).toMatch(/\.$/)
})

test('instances that share a Redis must be given one seat key', () => {
  const REDIS_URL = 'redis://redis.example.org'
  expect(() => readConfig({ REDIS_URL })).toThrow(
    new ConfigError('SEAT_KEY', 'must be set, the same for all instances, when REDIS_URL is.'),
  )
  expect(readConfig({ REDIS_URL, SEAT_KEY: 'sixteen letters!' }).redisUrl).toBe(REDIS_URL)
})
