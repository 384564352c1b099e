import { encode } from 'uqr'

/** A QR code as a drawing: dark squares on a field of `size` by `size`, with the quiet zone around them. */
export interface QrDrawing {
  readonly size: number
  /** Of the dark squares, each of 1 by 1. */
  readonly path: string
}

/** ISO/IEC 18004 asks for four squares that are light, on every side. */
const QUIET_SQUARES = 4

/** @param text  up to some 2,300 characters */
export function qrDrawing(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_SQUARES })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return { size, path }
}
