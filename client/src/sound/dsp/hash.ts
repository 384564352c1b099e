/**
 * Mixes whole numbers into one of 32 bits in which every bit of each counts: what is random in a song is the same for
 * everybody who knows where it stands. (Finalizer of MurmurHash3, Appleby 2011.)
 */
export function mixHash(one: number, other: number): number {
  let hash = Math.imul(one ^ Math.imul(other, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) | 0
}

/** The same of a text. */
export function hashText(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = mixHash(hash, text.charCodeAt(at))
  return hash
}

/** Of 32 bits, 0 (inclusive) to 1 (exclusive). */
export const hashToShare = (hash: number): number => (hash >>> 0) / 0x1_0000_0000
