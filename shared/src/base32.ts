const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Lower-case base32 without padding, RFC 4648 section 6; 16 bytes make 26 characters, 32 make 52. */
export function bytesToBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let heldBits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    heldBits += 8
    for (; heldBits >= 5; heldBits -= 5) {
      text += ALPHABET.charAt((held >>> (heldBits - 5)) & 31)
    }
    held &= (1 << heldBits) - 1
  }
  if (heldBits > 0) text += ALPHABET.charAt((held << (5 - heldBits)) & 31)
  return text
}
