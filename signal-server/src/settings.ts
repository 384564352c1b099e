import * as z from 'zod/mini'
import {
  type IceServer,
  isIceServers,
  MAX_FRAME_BYTES,
  MAX_ICE_SERVERS,
  MAX_SEATS_PER_ROOM,
} from '@beatcord/shared'
import {
  json,
  redisUrl,
  secret,
  SHORTEST_SECRET_CHARS,
  textToOrigins,
  textToTurnUrls,
  whole,
} from './setting-values.ts'

/** One variable of the environment. */
export interface Setting<T> {
  /** Used when the variable is unset or empty; '' when something is worked out instead. */
  readonly fallback: string
  /** For people, in the settings table. */
  readonly meaning: string
  readonly schema: z.ZodMiniType<T, string>
}

const MAX_TIMER_MS = 2 ** 31 - 1

/** Every setting of the server: the one table that `config.ts` reads and the documentation shows. */
export const SETTINGS = {
  PORT: setting('3000', 'The port to serve on; 0 picks a free one.', whole(0, 65_535)),
  HOST: setting(
    '',
    'The address to listen on; empty means every address of this machine.',
    z.string(),
  ),
  MAX_PEERS_PER_ROOM: setting(
    '20',
    `How many people a room seats, 1 to ${String(MAX_SEATS_PER_ROOM)}.`,
    whole(1, MAX_SEATS_PER_ROOM),
  ),
  INACTIVITY_TIMEOUT: setting(
    '300000',
    'Milliseconds without touch and audible playback after which a seat is given up; playback alone counts for an hour.',
    whole(1, MAX_TIMER_MS),
  ),
  ICE_SERVERS: setting(
    '[{"urls":"stun:stun.l.google.com:19302"}]',
    'What browsers use to find a way to each other: a JSON list as RTCPeerConnection takes it; [] for none.',
    json(
      z.custom<readonly IceServer[]>(
        (value) => isIceServers(value) && value.length < MAX_ICE_SERVERS,
      ),
    ),
  ),
  TURN_URLS: setting(
    '',
    'TURN servers for browsers that find no straight way, separated by commas, such as turn:turn.example.org:3478; needs TURN_SECRET.',
    z.pipe(z.string(), z.transform(textToTurnUrls)),
  ),
  TURN_SECRET: setting(
    '',
    "The secret shared with the TURN servers (coturn's static-auth-secret), from which each person gets credentials that run out.",
    z.string(),
  ),
  TURN_TTL_SECONDS: setting(
    '600',
    'How long TURN credentials hold, 60 to 86400; fresh ones are handed out at half of it.',
    whole(60, 86_400),
  ),
  RELAY_BYTES_PER_SECOND: setting(
    '262144',
    'How many bytes a second each person may send through the server where no straight way is found; 0 switches that off.',
    whole(0, 1_000_000_000),
  ),
  TRUSTED_HOPS: setting(
    '',
    'How many proxies of ours stand in front and write X-Forwarded-For, 0 to 9; empty means 1 on Railway, Fly and Render, and 0 elsewhere.',
    z.union([z.literal(''), whole(0, 9)]),
  ),
  MAX_SOCKETS: setting(
    '10000',
    'How many sockets may be open at once; further ones are told to try again.',
    whole(1, 1_000_000),
  ),
  MAX_WAITING_PER_ADDRESS: setting(
    '10',
    'How many sockets of one address (one /64 of IPv6) may be open that have not joined a room.',
    whole(1, 100_000),
  ),
  MAX_JOINED_PER_ADDRESS: setting(
    '300',
    'How many sockets of one address may have joined: a school behind one address must fit.',
    whole(1, 1_000_000),
  ),
  HELLO_TIMEOUT: setting(
    '5000',
    'Milliseconds within which a socket has to say who it is.',
    whole(100, 60_000),
  ),
  HEADERS_TIMEOUT: setting(
    '10000',
    'Milliseconds within which the head of a request has to be there; the whole of it in half as long again.',
    whole(1_000, 60_000),
  ),
  SILENCE_TIMEOUT: setting(
    '12000',
    'Milliseconds without a word or an answered ping after which a socket is cut; the server pings more than twice in that time.',
    whole(2_000, 120_000),
  ),
  FRAME_BURST: setting(
    '400',
    'How many frames a socket may send at once: who joins a full room greets everybody there.',
    whole(100, 100_000),
  ),
  FRAMES_PER_SECOND: setting(
    '50',
    'How many frames a socket may send in the long run.',
    whole(5, 100_000),
  ),
  BYTE_BURST: setting(
    '1048576',
    'How many bytes of such frames a socket may send at once.',
    whole(MAX_FRAME_BYTES, 1_000_000_000),
  ),
  BYTES_PER_SECOND: setting(
    '65536',
    'How many bytes of such frames a socket may send in the long run.',
    whole(1_024, 1_000_000_000),
  ),
  MAX_REFUSALS: setting(
    '20',
    'How many frames are refused before a socket is closed.',
    whole(1, 10_000),
  ),
  MAX_UNREAD_BYTES: setting(
    '1000000',
    'How many bytes may wait for a socket that does not read before it is closed.',
    whole(262_144, 1_000_000_000),
  ),
  MAX_LAG_MS: setting(
    '250',
    'With the event loop so many milliseconds behind, newcomers are asked to come later; who is inside stays.',
    whole(10, 60_000),
  ),
  MAX_MEMORY_MB: setting(
    '',
    'With so much memory in use newcomers are asked to come later; empty means 85 % of what the container may use.',
    z.union([z.literal(''), whole(64, 1_000_000)]),
  ),
  METRICS_PORT: setting(
    '',
    'A port of its own for GET /metrics (Prometheus), without a token: keep it from the outside; empty means none.',
    z.union([z.literal(''), whole(0, 65_535)]),
  ),
  METRICS_TOKEN: setting(
    '',
    `With a token of ${String(SHORTEST_SECRET_CHARS)} characters or more GET /metrics answers on the main port whoever sends it as a bearer token.`,
    secret(),
  ),
  SEAT_KEY: setting(
    '',
    `The secret that proves seats, ${String(SHORTEST_SECRET_CHARS)} characters or more; when empty, made once and kept in DATA_DIR.`,
    secret(),
  ),
  REDIS_URL: setting(
    '',
    'A Redis that several instances share, such as redis://redis.example.org:6379; each needs the same SEAT_KEY, and where slots are kept with SLOTS=redis. Empty means this instance is alone.',
    redisUrl(),
  ),
  DATA_DIR: setting(
    '.data',
    'The folder of what outlives a restart: the seat key, the self-signed certificate, and the sealed songs that rooms left behind.',
    z.string(),
  ),
  SLOTS: setting(
    'disk',
    'Where rooms leave their sealed songs for 30 days, so that they come back from their links: disk (in DATA_DIR), redis (at REDIS_URL), or off.',
    z.enum(['disk', 'redis', 'off']),
  ),
  SLOTS_MB: setting(
    '1024',
    'How many megabytes of them are kept on the disk, 1 to 1000000; the files take up to twice as much for a while, and the rooms that were left longest ago go first.',
    whole(1, 1_000_000),
  ),
  HTTPS: setting(
    'off',
    'off, or self: serve a self-signed certificate on the same port, for phones on the same network.',
    z.enum(['off', 'self']),
  ),
  ALLOWED_ORIGINS: setting(
    '',
    'Further origins whose pages may connect, separated by commas, such as https://jam.example.org.',
    z.pipe(z.string(), z.transform(textToOrigins)),
  ),
  CLIENT_DIR: setting(
    '',
    'The folder of the built page; empty means the one beside the server.',
    z.string(),
  ),
  LOG_FORMAT: setting(
    '',
    'json: one line an event; text: for a terminal; empty means json when NODE_ENV is production.',
    z.enum(['', 'json', 'text']),
  ),
  NODE_ENV: setting('', 'production switches the log to json.', z.string()),
} as const satisfies Record<string, Setting<unknown>>

function setting<T>(
  fallback: string,
  meaning: string,
  schema: z.ZodMiniType<T, string>,
): Setting<T> {
  return { fallback, meaning, schema }
}
