import { toHex } from '../lib/hex.ts'
import type { TrackId } from '../sequence/song.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const TRACK_ID_CHARS = 12
const TAG_CHARS = 32

/** 60 random bits. */
export const createTrackId = (): TrackId =>
  Array.from(crypto.getRandomValues(new Uint8Array(TRACK_ID_CHARS)), (byte) =>
    BASE32.charAt(byte % BASE32.length),
  ).join('') as TrackId

/** @param bytes of randomness; two hex digits each */
export const randomHex = (bytes: number): string =>
  toHex(crypto.getRandomValues(new Uint8Array(bytes)))

/** A name for something secret that says nothing of it: 128 bits of its SHA-256, as hex. */
export async function tagOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return toHex(new Uint8Array(digest)).slice(0, TAG_CHARS)
}
