'use strict'

/** simple-peer makes a Buffer of each message; the bytes are all we look at. */
module.exports = { Buffer: { from: (bytes) => new Uint8Array(bytes) } }
