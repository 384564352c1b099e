import type { ClientMessage, ServerMessage } from '@beatcord/shared'
import type { WebSocketClass, WebSocketLike } from './signal-socket.ts'

/** A socket whose other end is the test. */
export interface FakeSocket {
  readonly said: readonly ClientMessage[]
  /** Binary frames. */
  readonly saidBytes: readonly Uint8Array[]
  readonly isClosed: () => boolean
  open(): void
  hear(message: ServerMessage): void
  hearRaw(data: unknown): void
  /** The other end closes. */
  closeWith(code: number, reason?: string): void
}

/** Sockets that connect, speak and close when the test says so. */
export interface FakeSockets {
  readonly WebSocket: WebSocketClass
  readonly sockets: readonly FakeSocket[]
  newest(): FakeSocket
}

type Listener = (event: { data: unknown; code: number; reason: string }) => void

const [CONNECTING, OPEN, CLOSED] = [0, 1, 3]

export function createFakeSockets(): FakeSockets {
  const sockets: FakeSocket[] = []

  function connect(): WebSocketLike {
    const said: ClientMessage[] = []
    const saidBytes: Uint8Array[] = []
    const listeners = new Map<string, Listener>()
    let readyState = CONNECTING

    function tell(type: string, event: Partial<Parameters<Listener>[0]> = {}): void {
      listeners.get(type)?.({ data: undefined, code: 0, reason: '', ...event })
    }

    sockets.push({
      said,
      saidBytes,
      isClosed: () => readyState === CLOSED,
      open() {
        readyState = OPEN
        tell('open')
      },
      hear(message) {
        tell('message', { data: JSON.stringify(message) })
      },
      hearRaw(data) {
        tell('message', { data })
      },
      closeWith(code, reason = '') {
        readyState = CLOSED
        tell('close', { code, reason })
      },
    })
    return {
      get readyState() {
        return readyState
      },
      bufferedAmount: 0,
      binaryType: 'blob',
      send(data) {
        if (typeof data === 'string') said.push(JSON.parse(data) as ClientMessage)
        else saidBytes.push(data)
      },
      close() {
        readyState = CLOSED
      },
      addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    }
  }

  // Called with `new`, which a function may answer with a record of its own.
  const WebSocket = function (): WebSocketLike {
    return connect()
  } as unknown as WebSocketClass
  return {
    WebSocket,
    sockets,
    newest() {
      const last = sockets.at(-1)
      if (last === undefined) throw new RangeError('a socket must have been opened, got none')
      return last
    },
  }
}
