'use strict'

/** Random bytes whose one use in simple-peer is `toString('hex')`. */
module.exports = (count) => {
  const bytes = crypto.getRandomValues(new Uint8Array(count))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { toString: () => hex }
}
