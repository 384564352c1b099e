import { encodeBase64url } from './base64url.ts'

/** What a room is known by: 128 random bits of a private one, or the name of an open one. */
export type RoomSecret = Uint8Array | { readonly name: string }

/** All keys of one room. Who has the secret has them; the server is shown only the first. */
export interface RoomKeys {
  /** base64url of 32 bytes; admits to the room. */
  readonly authKey: string
  /** Seals names and colours. */
  readonly profileKey: CryptoKey
  /** Seals offers, answers and candidates. */
  readonly signalKey: CryptoKey
  /** Seals what goes through the signal server in place of a connection. */
  readonly relayKey: CryptoKey
  /** Seals what the room leaves behind at the server. */
  readonly slotKey: CryptoKey
}

const ROOM_SECRET_BYTES = 16
const KEY_BYTES = 32
const KEY_BITS = KEY_BYTES * 8
/**
 * Slows down guessing the names of open rooms (about 40 ms here on a laptop, 200 ms on a phone). It cannot save a name
 * that is easy to guess; the page says so.
 */
const NAME_ROUNDS = 200_000
const NAME_SALT = 'beatcord open room 1'

/** Says that this page may not encrypt: it was opened over plain http from another machine. */
export class InsecurePageError extends Error {
  override readonly name = 'InsecurePageError'
}

export const createRoomSecret = (): Uint8Array =>
  crypto.getRandomValues(new Uint8Array(ROOM_SECRET_BYTES))

/**
 * Private and open rooms are derived under different labels, so that no name can reach a private room.
 *
 * @throws RangeError when the bytes are not 16 or the name is empty
 * @throws InsecurePageError where the browser forbids encryption
 */
export async function deriveRoomKeys(secret: RoomSecret): Promise<RoomKeys> {
  // The types say it is always there; over plain http from another machine it is not.
  const subtle = crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) throw new InsecurePageError('a room needs https or localhost')
  const isPrivate = secret instanceof Uint8Array
  const seed = isPrivate ? secretSeed(secret) : await nameSeed(subtle, secret.name)
  const root = await subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits', 'deriveKey'])
  const kind = isPrivate ? 'private' : 'open'
  const [auth, profileKey, signalKey, relayKey, slotKey] = await Promise.all([
    subtle.deriveBits(hkdf(kind, 'auth'), root, KEY_BITS),
    sealingKey(subtle, root, hkdf(kind, 'profile')),
    sealingKey(subtle, root, hkdf(kind, 'signal')),
    sealingKey(subtle, root, hkdf(kind, 'relay')),
    sealingKey(subtle, root, hkdf(kind, 'slot')),
  ])
  const authKey = encodeBase64url(new Uint8Array(auth))
  return { authKey, profileKey, signalKey, relayKey, slotKey }
}

const hkdf = (kind: 'private' | 'open', use: string): HkdfParams => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: new Uint8Array(0),
  info: new TextEncoder().encode(`beatcord 1 ${kind} ${use}`),
})

const sealingKey = (subtle: SubtleCrypto, root: CryptoKey, how: HkdfParams): Promise<CryptoKey> =>
  subtle.deriveKey(how, root, { name: 'AES-GCM', length: KEY_BITS }, false, ['encrypt', 'decrypt'])

function secretSeed(secret: Uint8Array): Uint8Array<ArrayBuffer> {
  if (secret.length !== ROOM_SECRET_BYTES) {
    throw new RangeError(`a room secret has 16 bytes, got ${String(secret.length)}`)
  }
  return new Uint8Array(secret)
}

async function nameSeed(subtle: SubtleCrypto, name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (name === '') throw new RangeError('a room name has at least one character, got none')
  const text = new TextEncoder().encode(name.normalize('NFKC'))
  const password = await subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
  const salt = new TextEncoder().encode(NAME_SALT)
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: NAME_ROUNDS }
  return new Uint8Array(await subtle.deriveBits(how, password, KEY_BITS))
}
