import { decodeBase64url, encodeBase64url } from './base64url.ts'

/** One key; or, where a room may get others, those of this moment: the first seals, and any of them may have sealed. */
export type SealingKeys = CryptoKey | (() => readonly [CryptoKey, ...CryptoKey[]])

const IV_BYTES = 12
const TAG_BYTES = 16
const SEAL_BYTES = IV_BYTES + TAG_BYTES

/**
 * Encrypts bytes so that only holders of the key can read or forge them: AES-GCM under a fresh random 96-bit IV.
 *
 * @param context  what the bytes are and between whom; `openBytes` refuses them under any other
 * @returns IV, ciphertext and tag
 */
export async function sealBytes(
  keys: SealingKeys,
  bytes: Uint8Array,
  context: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [key] = listOf(keys)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const additionalData = new TextEncoder().encode(context)
  const how = { name: 'AES-GCM', iv, additionalData }
  const body = await crypto.subtle.encrypt(how, key, new Uint8Array(bytes))
  const sealed = new Uint8Array(IV_BYTES + body.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(body), IV_BYTES)
  return sealed
}

/** @returns undefined when they were sealed with none of the keys, for another context, or were tampered with */
export async function openBytes(
  keys: SealingKeys,
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const key of listOf(keys)) {
    const bytes = await openWith(key, sealed, context)
    if (bytes !== undefined) return bytes
  }
  return undefined
}

const listOf = (keys: SealingKeys): readonly [CryptoKey, ...CryptoKey[]] =>
  typeof keys === 'function' ? keys() : [keys]

async function openWith(
  key: CryptoKey,
  sealed: Uint8Array,
  context: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (sealed.length < SEAL_BYTES) return undefined
  const bytes = new Uint8Array(sealed)
  const additionalData = new TextEncoder().encode(context)
  const how = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES), additionalData }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.subarray(IV_BYTES)))
  } catch {
    // The platform says no more than that the tag does not fit; to us it is a stranger's bytes.
    return undefined
  }
}

/** Like `sealBytes`. @returns base64url: 28 bytes more than the text's UTF-8 */
export const seal = async (keys: SealingKeys, text: string, context: string): Promise<string> =>
  encodeBase64url(await sealBytes(keys, new TextEncoder().encode(text), context))

/** Like `openBytes`; undefined also for what is not UTF-8 or not base64url. */
export async function open(
  keys: SealingKeys,
  sealed: string,
  context: string,
): Promise<string | undefined> {
  const bytes = decodeBase64url(sealed)
  const plain = bytes && (await openBytes(keys, bytes, context))
  return plain && decodeText(plain)
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A member may seal what it likes.
    return undefined
  }
}
