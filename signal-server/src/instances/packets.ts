import * as v from 'valibot'
import {
  clientMessageSchema,
  MAX_CERTIFICATE_CHARS,
  MAX_SIGNAL_CHARS,
  roleSchema,
  rulesSchema,
  sealedSchema,
  serverIdSchema,
  serverMessageSchema,
} from '@beatcord/shared'
import {
  instanceSchema,
  namesSchema,
  orderSchema,
  peerIdSchema,
  roomIdSchema,
  roomStateSchema,
  seatStateSchema,
} from '../room-state.ts'

/** More than any room has, and than any go in one packet. */
const MAX_LIST = 1_000

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const room = roomIdSchema
/** Tells one sitting of one peer at one instance from all others of that instance. */
const sit = whole
const sits = v.pipe(v.array(sit), v.maxLength(MAX_LIST))
/** -1 for none. */
const sequence = v.pipe(v.number(), v.safeInteger(), v.minValue(-1))
const verdict = v.picklist([
  'idle',
  'removed',
  'replaced',
  'moved',
  'locked',
  'not-let-in',
  'room-full',
  'version',
])

const past = v.strictObject({
  role: roleSchema,
  rules: rulesSchema,
  epoch: whole,
  since: whole,
  iss: serverIdSchema,
})

const memberSchema = v.strictObject({
  peerId: peerIdSchema,
  sit,
  /** When it was taken, by the clock that instances share. */
  satMs: v.number(),
})

const guestSchema = v.strictObject({ peerId: peerIdSchema, sit, sealed: sealedSchema })

/** What somebody who sits elsewhere says to the home of their room. */
const wordSchema = v.variant('type', [
  clientMessageSchema,
  v.strictObject({
    type: v.literal('certified'),
    certificate: v.pipe(v.string(), v.maxLength(MAX_CERTIFICATE_CHARS)),
  }),
  /** The socket is lost. */
  v.strictObject({ type: v.literal('vacate') }),
  /** The socket is lost because its instance stops: nobody is to be told. */
  v.strictObject({ type: v.literal('sent-away') }),
])

/** What a home has one tell somebody, or do to them. */
const deedSchema = v.variant('type', [
  v.strictObject({ type: v.literal('tell'), sits, message: serverMessageSchema }),
  v.strictObject({ type: v.literal('restand'), sit, isAppointed: v.boolean() }),
  v.strictObject({ type: v.literal('end'), sit, verdict }),
  /** Who waited outside is in. */
  v.strictObject({ type: v.literal('let-in'), sit }),
])

const packetSchema = v.variant('type', [
  /** To a home. */
  v.strictObject({
    type: v.literal('join'),
    room,
    sit,
    satMs: v.number(),
    peerId: peerIdSchema,
    sealed: sealedSchema,
    past: v.exactOptional(past),
  }),
  v.strictObject({ type: v.literal('say'), room, sit, word: wordSchema }),
  /** Who waited outside does so no longer. */
  v.strictObject({ type: v.literal('unknock'), room, sit }),
  /** All who sit in that room at the sender, and what it was like there. */
  v.strictObject({
    type: v.literal('reseat'),
    room,
    state: roomStateSchema,
    members: v.pipe(v.array(memberSchema), v.maxLength(MAX_LIST)),
    guests: v.pipe(v.array(guestSchema), v.maxLength(MAX_LIST)),
  }),
  /** Asks whether what the sender knows of that room is the last. */
  v.strictObject({ type: v.literal('look'), room, sequence, sits }),
  /** From a home. */
  v.strictObject({
    type: v.literal('joined'),
    room,
    sit,
    outcome: v.picklist(['seat', 'room-full', 'locked', 'knock', 'moved']),
  }),
  v.strictObject({
    type: v.literal('mirror'),
    room,
    names: namesSchema,
    sequence,
    state: roomStateSchema,
  }),
  /** What is new since the one before; a gap in the sequence is answered by `look`. */
  v.strictObject({
    type: v.literal('news'),
    room,
    sequence,
    names: v.exactOptional(namesSchema),
    order: v.exactOptional(orderSchema),
    seats: v.pipe(v.array(seatStateSchema), v.maxLength(MAX_LIST)),
    gone: v.pipe(v.array(peerIdSchema), v.maxLength(MAX_LIST)),
    deeds: v.pipe(v.array(deedSchema), v.maxLength(MAX_LIST)),
  }),
  /** It knows what is; asks to be told who sits there where that differs. */
  v.strictObject({ type: v.literal('seen'), room, isSame: v.boolean() }),
  v.strictObject({ type: v.literal('not-home'), room }),
  /** From anybody to anybody. */
  v.strictObject({
    type: v.literal('signal'),
    to: peerIdSchema,
    from: peerIdSchema,
    data: v.pipe(v.string(), v.maxLength(MAX_SIGNAL_CHARS)),
  }),
  /** So many bytes of relayed frames for this one were taken off the sender's window. */
  v.strictObject({ type: v.literal('taken'), to: peerIdSchema, bytes: whole }),
])

const envelopeSchema = v.strictObject({
  /** By the clock that instances share. */
  atMs: v.number(),
  from: instanceSchema,
  packets: v.pipe(v.array(packetSchema), v.maxLength(MAX_LIST)),
})

type Readonlies<T> = T extends string | number | boolean | undefined
  ? T
  : { readonly [K in keyof T]: Readonlies<T[K]> }

/** What one instance says to another. */
export type Packet = Readonlies<v.InferOutput<typeof packetSchema>>
export type PacketOf<T extends Packet['type']> = Extract<Packet, { type: T }>
export type Word = Readonlies<v.InferOutput<typeof wordSchema>>
export type Deed = Readonlies<v.InferOutput<typeof deedSchema>>
export type Envelope = Readonlies<v.InferOutput<typeof envelopeSchema>>

/** Reads what came; undefined when it is none. Never throws. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  try {
    const result = v.safeParse(envelopeSchema, JSON.parse(Buffer.from(bytes).toString()))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

export const encodeEnvelope = (envelope: Envelope): Buffer => Buffer.from(JSON.stringify(envelope))
