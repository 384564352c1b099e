import * as v from 'valibot'
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
export const PROTOCOL_VERSION = 6

type ReadonlyDeep<T> = T extends string | number
  ? T
  : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }

// The last character of 43 carries four bits; the others are refused, so that a key has one spelling.
const BYTES_32 = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const BASE64URL = /^[\w-]*$/
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/

const peerId = v.custom<PeerId>(isPeerId)
const bytes32 = v.pipe(v.string(), v.regex(BYTES_32))
export const sealedSchema = v.pipe(v.string(), v.maxLength(MAX_SEALED_CHARS), v.regex(BASE64URL))
const data = v.pipe(v.string(), v.maxLength(MAX_SIGNAL_CHARS))
const version = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** What somebody may do; see `seat-certificate.ts`. */
export const roleSchema = v.picklist(['host', 'player', 'listener'])

/** What the room asks of those who come: nothing, to be let in by a host, or to stay out. */
const door = v.picklist(['open', 'knock', 'locked'])

export const rulesSchema = v.strictObject({
  door,
  /** What newcomers are. */
  newcomers: v.picklist(['player', 'listener']),
})

/** A compact JWS, signed by the server: `seat-certificate.ts`. */
const certificate = v.pipe(v.string(), v.maxLength(MAX_CERTIFICATE_CHARS), v.regex(COMPACT_JWS))

const seatClaim = v.strictObject({
  peerId,
  /** base64url, 32 bytes. */
  proof: bytes32,
  /** From which a server that was started anew knows who was what. */
  certificate: v.exactOptional(certificate),
})

const rosterEntry = v.strictObject({
  peerId,
  presence: v.picklist(['here', 'away']),
  role: roleSchema,
  /** Name and colour, encrypted with a key the server does not have; base64url. */
  sealed: sealedSchema,
})

const url = v.pipe(v.string(), v.maxLength(500), v.regex(/^(stun|turn)s?:\S+$/))

/** One entry of what `RTCPeerConnection` takes as `iceServers`. */
const iceServer = v.strictObject({
  urls: v.union([url, v.pipe(v.array(url), v.minLength(1), v.maxLength(8))]),
  username: v.exactOptional(v.pipe(v.string(), v.maxLength(500))),
  credential: v.exactOptional(v.pipe(v.string(), v.maxLength(500))),
})

const iceServers = v.pipe(v.array(iceServer), v.maxLength(MAX_ICE_SERVERS))

export const clientMessageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('hello'),
    version,
    /** base64url of 32 bytes; the server hashes it into the room id and forgets it. */
    authKey: bytes32,
    seat: v.exactOptional(seatClaim),
    sealed: sealedSchema,
  }),
  v.strictObject({ type: v.literal('profile'), sealed: sealedSchema }),
  /** Sent at most every few seconds: someone touched the page, or the jam is audible here. */
  v.strictObject({ type: v.literal('active'), by: v.picklist(['input', 'playback']) }),
  /** `data` is opaque to the server. */
  v.strictObject({ type: v.literal('signal'), to: peerId, data }),
  v.strictObject({ type: v.literal('leave') }),
  /** The following are a host's. */
  v.strictObject({ type: v.literal('set-rules'), rules: rulesSchema }),
  v.strictObject({ type: v.literal('set-role'), peerId, role: roleSchema }),
  v.strictObject({ type: v.literal('answer-knock'), peerId, letIn: v.boolean() }),
  /** `authKey` is that of the room from now on: who has the old one finds the room moved. */
  v.strictObject({ type: v.literal('remove'), peerId, authKey: v.exactOptional(bytes32) }),
])

/** Which server this is; changes when the process does. */
export const serverIdSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** Why a frame is not served. */
const refusalCode = v.picklist([
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

const goneReason = v.picklist(['left', 'timeout', 'idle', 'removed'])

export const serverMessageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('welcome'),
    version,
    seat: seatClaim,
    role: roleSchema,
    rules: rulesSchema,
    /** Everyone else in the room. */
    roster: v.pipe(v.array(rosterEntry), v.maxLength(MAX_SEATS_PER_ROOM)),
    iceServers,
    inactivityTimeoutMs: positive,
    /** Whether binary frames between peers are passed on: `relay-frame.ts`. */
    relay: v.boolean(),
    serverId: serverIdSchema,
  }),
  /** In place of those before: credentials in them run out. */
  v.strictObject({
    type: v.literal('ice-servers'),
    iceServers,
  }),
  /**
   * So many more payload bytes of our relayed `wait` frames to this peer went on; told every `RELAY_REPORT_BYTES` or so.
   * What was sent and not told of counts as still on its way, whatever the socket says of its own buffer. The count of
   * a peer begins anew when that peer comes, goes or changes.
   */
  v.strictObject({ type: v.literal('relayed'), to: peerId, bytes: positive }),
  /** We wait outside until a host lets us in. */
  v.strictObject({ type: v.literal('knocking') }),
  /** Our papers, in place of those before: they run out, and change with the room and our role. */
  v.strictObject({ type: v.literal('seat'), seat: seatClaim, role: roleSchema }),
  v.strictObject({ type: v.literal('rules'), rules: rulesSchema }),
  /** Somebody's role has changed; for those whom the server does not reach. */
  v.strictObject({ type: v.literal('certificate'), certificate }),
  /** Told to hosts: somebody waits outside, and does so no longer. */
  v.strictObject({ type: v.literal('knock'), peerId, sealed: sealedSchema }),
  v.strictObject({ type: v.literal('knock-over'), peerId }),
  v.strictObject({ type: v.literal('peer-joined'), peer: rosterEntry }),
  /** Presence, profile or role changed. */
  v.strictObject({ type: v.literal('peer-changed'), peer: rosterEntry }),
  v.strictObject({ type: v.literal('peer-gone'), peerId, reason: goneReason }),
  v.strictObject({ type: v.literal('signal'), from: peerId, data }),
  v.strictObject({
    type: v.literal('refused'),
    code: refusalCode,
    detail: v.pipe(v.string(), v.maxLength(MAX_DETAIL_CHARS)),
    roomCap: v.exactOptional(positive),
  }),
])

/** What the page of the protocol calls the parts of messages. */
export const NAMED_SCHEMAS = {
  PeerId: peerId,
  Key: bytes32,
  Sealed: sealedSchema,
  Role: roleSchema,
  Rules: rulesSchema,
  Certificate: certificate,
  Seat: seatClaim,
  Entry: rosterEntry,
  IceServers: iceServers,
  RefusalCode: refusalCode,
} as const

/** Someone who holds a seat in the room, as the server tells it. */
export type RosterEntry = ReadonlyDeep<v.InferOutput<typeof rosterEntry>>

export type IceServer = ReadonlyDeep<v.InferOutput<typeof iceServer>>

export type Role = v.InferOutput<typeof roleSchema>

/** How a room takes in newcomers. */
export type Rules = ReadonlyDeep<v.InferOutput<typeof rulesSchema>>

/** A tab's claim to the seat it had: the id and the server's own HMAC over room and id. */
export type SeatClaim = ReadonlyDeep<v.InferOutput<typeof seatClaim>>

/** Whether `RTCPeerConnection` can be given them. */
export const isIceServers = (value: unknown): value is readonly IceServer[] =>
  v.is(iceServers, value)

/** What a peer tells the signal server. */
export type ClientMessage = ReadonlyDeep<v.InferOutput<typeof clientMessageSchema>>

/** What the signal server tells a peer. */
export type ServerMessage = ReadonlyDeep<v.InferOutput<typeof serverMessageSchema>>

export type RefusalCode = v.InferOutput<typeof refusalCode>

/** Why a seat was given up. */
export type GoneReason = v.InferOutput<typeof goneReason>
