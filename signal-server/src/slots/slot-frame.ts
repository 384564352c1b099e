import { createHash } from 'node:crypto'

const SUM_BYTES = 16

const sumOf = (body: Uint8Array): Buffer =>
  createHash('sha256').update(body).digest().subarray(0, SUM_BYTES)

/** A body and what proves that it is whole. */
export const frameBody = (body: Uint8Array): Buffer => Buffer.concat([sumOf(body), body])

/** The body; undefined when a single bit is not as it was written. */
export function readFrame(framed: Uint8Array | null | undefined): Buffer | undefined {
  if (!framed || framed.length < SUM_BYTES) return undefined
  const bytes = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength)
  const body = bytes.subarray(SUM_BYTES)
  return sumOf(body).equals(bytes.subarray(0, SUM_BYTES)) ? body : undefined
}
