import * as z from 'zod/mini'
import { isPeerId, type PeerId } from './ids.ts'
import {
  MAX_CERTIFICATE_CHARS,
  MAX_DETAIL_CHARS,
  MAX_ICE_SERVERS,
  MAX_SEALED_CHARS,
  MAX_SEATS_PER_ROOM,
  MAX_SIGNAL_CHARS,
} from './limits.ts'

/** Raised when either side would no longer understand the other. */
export const PROTOCOL_VERSION = 4

type ReadonlyDeep<T> = T extends string | number
  ? T
  : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }

// The last character of 43 carries four bits; the others are refused, so that a key has one spelling.
const BYTES_32 = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const BASE64URL = /^[\w-]*$/
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/

const peerId = z.custom<PeerId>(isPeerId)
const bytes32 = z.string().check(z.regex(BYTES_32))
const sealed = z.string().check(z.maxLength(MAX_SEALED_CHARS), z.regex(BASE64URL))
const data = z.string().check(z.maxLength(MAX_SIGNAL_CHARS))
const version = z.int().check(z.nonnegative())

/** What somebody may do; see `seat-certificate.ts`. */
export const roleSchema = z.enum(['host', 'player', 'listener'])

/** What the room asks of those who come: nothing, to be let in by a host, or to stay out. */
const door = z.enum(['open', 'knock', 'locked'])

export const rulesSchema = z.strictObject({
  door,
  /** What newcomers are. */
  newcomers: z.enum(['player', 'listener']),
})

/** A compact JWS, signed by the server: `seat-certificate.ts`. */
const certificate = z.string().check(z.maxLength(MAX_CERTIFICATE_CHARS), z.regex(COMPACT_JWS))

const seatClaim = z.strictObject({
  peerId,
  /** base64url, 32 bytes. */
  proof: bytes32,
  /** From which a server that was started anew knows who was what. */
  certificate: z.exactOptional(certificate),
})

const rosterEntry = z.strictObject({
  peerId,
  presence: z.enum(['here', 'away']),
  role: roleSchema,
  /** Name and colour, encrypted with a key the server does not have; base64url. */
  sealed,
})

const url = z.string().check(z.maxLength(500), z.regex(/^(stun|turn)s?:\S+$/))

/** One entry of what `RTCPeerConnection` takes as `iceServers`. */
export const iceServerSchema = z.strictObject({
  urls: z.union([url, z.array(url).check(z.minLength(1), z.maxLength(8))]),
  username: z.exactOptional(z.string().check(z.maxLength(500))),
  credential: z.exactOptional(z.string().check(z.maxLength(500))),
})

const iceServers = z.array(iceServerSchema).check(z.maxLength(MAX_ICE_SERVERS))

export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    version,
    /** base64url of 32 bytes; the server hashes it into the room id and forgets it. */
    authKey: bytes32,
    seat: z.exactOptional(seatClaim),
    sealed,
  }),
  z.strictObject({ type: z.literal('profile'), sealed }),
  /** Sent at most every few seconds: someone touched the page, or the jam is audible here. */
  z.strictObject({ type: z.literal('active'), by: z.enum(['input', 'playback']) }),
  /** `data` is opaque to the server. */
  z.strictObject({ type: z.literal('signal'), to: peerId, data }),
  z.strictObject({ type: z.literal('leave') }),
  /** The following are a host's. */
  z.strictObject({ type: z.literal('set-rules'), rules: rulesSchema }),
  z.strictObject({ type: z.literal('set-role'), peerId, role: roleSchema }),
  z.strictObject({ type: z.literal('answer-knock'), peerId, letIn: z.boolean() }),
  /** `authKey` is that of the room from now on: who has the old one finds the room moved. */
  z.strictObject({ type: z.literal('remove'), peerId, authKey: z.exactOptional(bytes32) }),
])

/** Why a frame is not served. */
const refusalCode = z.enum([
  'bad-json',
  'bad-message',
  'unknown-type',
  'not-admitted',
  'already-admitted',
  'no-such-peer',
  'not-host',
  'last-host',
  'too-fast',
  'room-full',
  'version',
])

const goneReason = z.enum(['left', 'timeout', 'idle', 'removed'])

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    version,
    seat: seatClaim,
    role: roleSchema,
    rules: rulesSchema,
    /** Everyone else in the room. */
    roster: z.array(rosterEntry).check(z.maxLength(MAX_SEATS_PER_ROOM)),
    iceServers,
    inactivityTimeoutMs: z.int().check(z.positive()),
    /** Whether binary frames between peers are passed on: `relay-frame.ts`. */
    relay: z.boolean(),
    /** Changes when the server process does. */
    serverId: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
  /** In place of those before: credentials in them run out. */
  z.strictObject({
    type: z.literal('ice-servers'),
    iceServers,
  }),
  /**
   * So many more payload bytes of our relayed `wait` frames to this peer went on; told every `RELAY_REPORT_BYTES` or so.
   * What was sent and not told of counts as still on its way, whatever the socket says of its own buffer. The count of
   * a peer begins anew when that peer comes, goes or changes.
   */
  z.strictObject({ type: z.literal('relayed'), to: peerId, bytes: z.int().check(z.positive()) }),
  /** We wait outside until a host lets us in. */
  z.strictObject({ type: z.literal('knocking') }),
  /** Our papers, in place of those before: they run out, and change with the room and our role. */
  z.strictObject({ type: z.literal('seat'), seat: seatClaim, role: roleSchema }),
  z.strictObject({ type: z.literal('rules'), rules: rulesSchema }),
  /** Somebody's role has changed; for those whom the server does not reach. */
  z.strictObject({ type: z.literal('certificate'), certificate }),
  /** Told to hosts: somebody waits outside, and does so no longer. */
  z.strictObject({ type: z.literal('knock'), peerId, sealed }),
  z.strictObject({ type: z.literal('knock-over'), peerId }),
  z.strictObject({ type: z.literal('peer-joined'), peer: rosterEntry }),
  /** Presence, profile or role changed. */
  z.strictObject({ type: z.literal('peer-changed'), peer: rosterEntry }),
  z.strictObject({ type: z.literal('peer-gone'), peerId, reason: goneReason }),
  z.strictObject({ type: z.literal('signal'), from: peerId, data }),
  z.strictObject({
    type: z.literal('refused'),
    code: refusalCode,
    detail: z.string().check(z.maxLength(MAX_DETAIL_CHARS)),
    roomCap: z.exactOptional(z.int().check(z.positive())),
  }),
])

/** What the page of the protocol calls the parts of messages. */
export const NAMED_SCHEMAS = {
  PeerId: peerId,
  Key: bytes32,
  Sealed: sealed,
  Role: roleSchema,
  Rules: rulesSchema,
  Certificate: certificate,
  Seat: seatClaim,
  Entry: rosterEntry,
  IceServers: iceServers,
  RefusalCode: refusalCode,
} as const

/** Someone who holds a seat in the room, as the server tells it. */
export type RosterEntry = ReadonlyDeep<z.infer<typeof rosterEntry>>

export type IceServer = ReadonlyDeep<z.infer<typeof iceServerSchema>>

export type Role = z.infer<typeof roleSchema>

/** How a room takes in newcomers. */
export type Rules = ReadonlyDeep<z.infer<typeof rulesSchema>>

/** A tab's claim to the seat it had: the id and the server's own HMAC over room and id. */
export type SeatClaim = ReadonlyDeep<z.infer<typeof seatClaim>>

/** What a peer tells the signal server. */
export type ClientMessage = ReadonlyDeep<z.infer<typeof clientMessageSchema>>

/** What the signal server tells a peer. */
export type ServerMessage = ReadonlyDeep<z.infer<typeof serverMessageSchema>>

export type RefusalCode = z.infer<typeof refusalCode>

/** Why a seat was given up. */
export type GoneReason = z.infer<typeof goneReason>
