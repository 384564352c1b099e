import * as z from 'zod/mini'
import { isPeerId, type PeerId } from './ids.ts'
import {
  MAX_DETAIL_CHARS,
  MAX_ICE_SERVERS,
  MAX_SEALED_CHARS,
  MAX_SEATS_PER_ROOM,
  MAX_SIGNAL_CHARS,
} from './limits.ts'

/** Raised when either side would no longer understand the other. */
export const PROTOCOL_VERSION = 3

type ReadonlyDeep<T> = T extends string | number
  ? T
  : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }

// The last character of 43 carries four bits; the others are refused, so that a key has one spelling.
const BYTES_32 = /^[\w-]{42}[AEIMQUYcgkosw048]$/
const BASE64URL = /^[\w-]*$/

const peerId = z.custom<PeerId>(isPeerId)
const bytes32 = z.string().check(z.regex(BYTES_32))
const sealed = z.string().check(z.maxLength(MAX_SEALED_CHARS), z.regex(BASE64URL))
const data = z.string().check(z.maxLength(MAX_SIGNAL_CHARS))
const version = z.int().check(z.nonnegative())

const seatClaim = z.strictObject({
  peerId,
  /** base64url, 32 bytes. */
  proof: bytes32,
})

const rosterEntry = z.strictObject({
  peerId,
  presence: z.enum(['here', 'away']),
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
])

/** Why a frame is not served. */
const refusalCode = z.enum([
  'bad-json',
  'bad-message',
  'unknown-type',
  'not-admitted',
  'already-admitted',
  'no-such-peer',
  'too-fast',
  'room-full',
  'version',
])

const goneReason = z.enum(['left', 'timeout', 'idle'])

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    version,
    seat: seatClaim,
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
  z.strictObject({ type: z.literal('peer-joined'), peer: rosterEntry }),
  /** Presence or profile changed. */
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
  Seat: seatClaim,
  Entry: rosterEntry,
  IceServers: iceServers,
  RefusalCode: refusalCode,
} as const

/** Someone who holds a seat in the room, as the server tells it. */
export type RosterEntry = ReadonlyDeep<z.infer<typeof rosterEntry>>

export type IceServer = ReadonlyDeep<z.infer<typeof iceServerSchema>>

/** A tab's claim to the seat it had: the id and the server's own HMAC over room and id. */
export type SeatClaim = ReadonlyDeep<z.infer<typeof seatClaim>>

/** What a peer tells the signal server. */
export type ClientMessage = ReadonlyDeep<z.infer<typeof clientMessageSchema>>

/** What the signal server tells a peer. */
export type ServerMessage = ReadonlyDeep<z.infer<typeof serverMessageSchema>>

export type RefusalCode = z.infer<typeof refusalCode>

/** Why a seat was given up. */
export type GoneReason = z.infer<typeof goneReason>
