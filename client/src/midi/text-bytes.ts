/** A text as UTF-8. */
export function textToBytes(text: string): readonly number[] {
  const whole = text.replace(/\p{Surrogate}/gu, '\u{fffd}')
  return [...encodeURIComponent(whole).matchAll(/%(..)|./g)].map(([sign, hex]) =>
    hex === undefined ? sign.charCodeAt(0) : Number.parseInt(hex, 16),
  )
}

/** Files do not say how their texts are written: as UTF-8 where they can be, else as Latin-1. */
export function bytesToText(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
  try {
    return decodeURIComponent(hex.join(''))
  } catch {
    // Not UTF-8: most of what is older is Latin-1.
    return String.fromCharCode(...bytes)
  }
}
