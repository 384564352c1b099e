import type { IncomingMessage } from 'node:http'

/** Reads a body of 1 to `maxBytes` bytes; `too-large` as soon as it is known, `broken` when it ends before its end. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too-large' | 'broken'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve('too-large')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) {
        chunks.push(chunk)
        return
      }
      chunks.length = 0
      resolve('too-large')
    })
    request.once('end', () => {
      resolve(Buffer.concat(chunks))
    })
    request.once('close', () => {
      resolve('broken')
    })
    request.once('error', () => {
      resolve('broken')
    })
  })
}
