import {
  CLOSE_CODES,
  encodeRelayFrame,
  parseRelayFrame,
  parseServerMessage,
} from '@beatcord/shared'
import type { ClientMessage, RelayFrame, ServerMessage } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import type { Timers } from './timers.ts'

/** A server that has not answered the hello by then counts as out of reach. */
const WELCOME_WITHIN_MS = 8000

/** The part of the platform's WebSocket that is used. */
export interface WebSocketLike {
  readonly readyState: number
  /** Bytes handed over and not yet sent. */
  readonly bufferedAmount: number
  binaryType: string
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
}

export type WebSocketClass = new (url: string) => WebSocketLike

export interface SignalSocketOptions {
  readonly url: string
  readonly hello: () => ClientMessage
  readonly timers: Timers
  readonly WebSocket: WebSocketClass
  readonly onMessage: (message: ServerMessage) => void
  readonly onRelay: (frame: RelayFrame, arrivedMs: number) => void
  /** Told once, and not after `close`. */
  readonly onClosed: (code: number, reason: string) => void
}

/** One connection to the signal server, from hello to close. */
export interface SignalSocket {
  /** False when the socket is not open. */
  send(message: ClientMessage): boolean
  /** False when the socket is not open. */
  sendRelay(frame: RelayFrame): boolean
  bufferedBytes(): number
  close: Undo
}

const NO_ANSWER = 1006
const OPEN = 1

export function openSignalSocket(options: SignalSocketOptions): SignalSocket {
  const socket = new options.WebSocket(options.url)
  socket.binaryType = 'arraybuffer'
  let ended = false

  function end(): boolean {
    if (ended) return false
    ended = true
    undoWait()
    socket.close()
    return true
  }

  function fail(code: number, reason: string): void {
    if (end()) options.onClosed(code, reason)
  }

  const undoWait = options.timers.after(WELCOME_WITHIN_MS, () => {
    fail(NO_ANSWER, '')
  })

  function sendData(data: string | Uint8Array<ArrayBuffer>): boolean {
    if (ended || socket.readyState !== OPEN) return false
    socket.send(data)
    return true
  }

  const send = (message: ClientMessage): boolean => sendData(JSON.stringify(message))

  function onBinary(bytes: Uint8Array, arrivedMs: number): void {
    const frame = parseRelayFrame(bytes)
    if (frame !== undefined) options.onRelay(frame, arrivedMs)
  }

  socket.addEventListener('open', () => {
    send(options.hello())
  })
  socket.addEventListener('message', ({ data }) => {
    if (ended) return
    if (data instanceof ArrayBuffer) {
      onBinary(new Uint8Array(data), options.timers.now())
      return
    }
    const parsed = parseServerMessage(data)
    if (!parsed.ok) {
      // A newer server greets in its own version; anything else that cannot be read is not worth the seat.
      if (parsed.code === 'version') fail(CLOSE_CODES.version, '')
      return
    }
    if (parsed.message.type === 'welcome' || parsed.message.type === 'knocking') undoWait()
    options.onMessage(parsed.message)
  })
  socket.addEventListener('close', ({ code, reason }) => {
    fail(code, reason)
  })
  // Every error is followed by a close, which is answered; without a listener some platforms throw it.
  socket.addEventListener('error', () => undefined)
  return {
    send,
    sendRelay: (frame) => sendData(encodeRelayFrame(frame)),
    bufferedBytes: () => socket.bufferedAmount,
    close: end,
  }
}
