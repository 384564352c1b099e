/** Packs bytes. @see RFC 1952 */
export const gzip = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  passed(bytes, new CompressionStream('gzip'), Infinity).then((packed) => {
    if (packed === undefined) throw new Error('what was packed must be readable, was not')
    return packed
  })

/**
 * Unpacks what a stranger says is packed.
 *
 * @param most  bytes that it may become; no more are held
 * @returns undefined when it is not packed so, or becomes more
 */
export const gunzip = (
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  passed(bytes, new DecompressionStream('gzip'), most)

async function passed(
  bytes: Uint8Array<ArrayBuffer>,
  way: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(way).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { value } = await reader.read()
      if (value === undefined) break
      length += value.length
      if (length > most) {
        await reader.cancel()
        return undefined
      }
      parts.push(value)
    }
  } catch {
    // The stream says so of everything that is not packed as it should be.
    return undefined
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
