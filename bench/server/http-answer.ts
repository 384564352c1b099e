const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/** Whether the answer of an HTTP server is here to its end. @param text  what came so far, one character a byte */
export function isWholeAnswer(text: string): boolean {
  const headEnd = text.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const body = text.slice(headEnd + HEAD_END.length)
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd))?.[1]
  if (length !== undefined) return body.length >= Number(length)
  return body === LAST_CHUNK || body.endsWith(`\r\n${LAST_CHUNK}`)
}

/** Whether an answer says that all is well. */
export const isGoodAnswer = (text: string): boolean => text.startsWith('HTTP/1.1 200 ')
