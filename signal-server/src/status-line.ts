import { STATUS_CODES } from 'node:http'

const RETRY_AFTER_SECONDS = 5

/** A whole answer without a body, for a connection that ends with it; one of 503 says when to come again. */
export function statusLine(status: number): string {
  const reason = STATUS_CODES[status] ?? 'Refused'
  const retry = status === 503 ? `Retry-After: ${String(RETRY_AFTER_SECONDS)}\r\n` : ''
  return `HTTP/1.1 ${String(status)} ${reason}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`
}
