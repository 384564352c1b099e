import { decodeBase64url, encodeBase64url } from './base64url.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts text so that only holders of the room's key can read or forge it: AES-GCM under a fresh random 96-bit IV.
 *
 * @param context  what the text is and between whom; `open` refuses it under any other
 * @returns base64url of IV, ciphertext and tag: 28 bytes more than the text's UTF-8
 */
export async function seal(key: CryptoKey, text: string, context: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const body = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context) },
    key,
    new TextEncoder().encode(text),
  )
  const sealed = new Uint8Array(IV_BYTES + body.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(body), IV_BYTES)
  return encodeBase64url(sealed)
}

/** @returns the text; undefined when it was sealed with another key, for another context, or was tampered with */
export async function open(
  key: CryptoKey,
  sealed: string,
  context: string,
): Promise<string | undefined> {
  const bytes = decodeBase64url(sealed)
  if (bytes === undefined || bytes.length < IV_BYTES + TAG_BYTES) return undefined
  try {
    const plain = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: bytes.subarray(0, IV_BYTES),
        additionalData: new TextEncoder().encode(context),
      },
      key,
      bytes.subarray(IV_BYTES),
    )
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    // The platform says no more than that the tag does not fit; to us it is a stranger's bytes.
    return undefined
  }
}
