import { createHash, randomBytes } from 'node:crypto'
import WebSocket from 'ws'

const WAIT_MS = 5_000
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

export async function takeSlotSeat(port, version) {
  const authKey = randomBytes(32)
  const { socket, certificate } = await takeSeat(port, version, authKey)
  const url = `http://127.0.0.1:${port}/api/rooms/${roomIdOf(authKey)}/slot`
  const headers = { Authorization: `Bearer ${certificate}` }
  return {
    put: (expected, body) =>
      fetch(url, {
        method: 'PUT',
        body,
        headers: {
          ...headers,
          ...(expected === 0 ? { 'If-None-Match': '*' } : { 'If-Match': `"${expected}"` }),
        },
      }),
    get: () => fetch(url, { headers }),
    end: () => socket.terminate(),
  }
}

/**
 * Takes a seat in a room of its own, writes a slot for it and reads it back.
 *
 * @param port     of a server of this machine
 * @param version  of the protocol
 * @returns what went wrong, as a sentence; undefined when nothing did
 */
export async function probeSlot(port, version) {
  const seat = await takeSlotSeat(port, version)
  const sealed = randomBytes(100_000)
  try {
    const put = await seat.put(0, sealed)
    if (put.status !== 204) return `a slot must be written with 204, got ${put.status}`
    const got = await seat.get()
    const bytes = Buffer.from(await got.arrayBuffer())
    return bytes.equals(sealed) ? undefined : `a slot must be read as written, got ${got.status}`
  } finally {
    seat.end()
  }
}

function takeSeat(port, version, authKey) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`)
  return new Promise((resolve, reject) => {
    setTimeout(reject, WAIT_MS, new Error('the server must seat somebody')).unref()
    socket.once('error', reject)
    socket.once('open', () => {
      const hello = { type: 'hello', version, authKey: authKey.toString('base64url') }
      socket.send(JSON.stringify({ ...hello, sealed: 'AAAA' }))
    })
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      if (message.type === 'welcome') resolve({ socket, certificate: message.seat.certificate })
    })
  })
}

/** SIG7 of docs/protocol.md. */
function roomIdOf(authKey) {
  let bits = ''
  for (const byte of createHash('sha256').update(authKey).digest()) {
    bits += byte.toString(2).padStart(8, '0')
  }
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}
