import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { createServer, type Server, type Socket } from 'node:net'

/** First byte of a TLS handshake record, RFC 8446 section 5.1. */
const TLS_HANDSHAKE = 0x16
const FIRST_BYTE_TIMEOUT_MS = 10_000

/** One port for both: each connection goes to the server whose language its first byte speaks. */
export function createFrontDoor(plain: HttpServer, secure: HttpsServer): Server {
  return createServer((socket) => {
    const drop = (): void => {
      socket.destroy()
    }
    socket.on('error', drop)
    socket.setTimeout(FIRST_BYTE_TIMEOUT_MS, drop)
    socket.once('data', (chunk) => {
      socket.pause()
      socket.setTimeout(0)
      socket.off('timeout', drop)
      socket.unshift(chunk)
      pass(socket, chunk[0] === TLS_HANDSHAKE ? secure : plain)
    })
  })
}

function pass(socket: Socket, server: HttpServer | HttpsServer): void {
  server.emit('connection', socket)
  // The server adds its listeners within emit; only then may the bytes that were put back flow.
  process.nextTick(() => {
    socket.resume()
  })
}
