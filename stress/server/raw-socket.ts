import { connect } from 'node:net'

/** A WebSocket made by hand, which sends whatever bytes one likes and answers nothing. */
export interface RawSocket {
  /** Head of the answer to the upgrade, status line first; '' when the connection ended without one. */
  readonly head: Promise<string>
  /** Whatever frames came, without their heads, up to now. */
  readonly frames: readonly RawFrame[]
  /** Resolves when the connection has ended, with the code of the server's close frame; undefined without one. */
  readonly ended: Promise<number | undefined>
  /** Whether it has. */
  isOver(): boolean
  /** Resolves when the system has taken it, or the connection is over. */
  write(bytes: Uint8Array | string): Promise<void>
  /** Reads no further; what comes piles up at the sender. */
  pause(): void
  destroy(): void
}

export interface RawFrame {
  readonly opcode: number
  readonly payload: Buffer
}

/** RFC 6455 section 5.2. */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

interface FrameOptions {
  readonly opcode?: number
  readonly isLast?: boolean
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number
  readonly isMasked?: boolean
  /** In place of the true length. */
  readonly claimedBytes?: number | bigint
}

const MASK = Buffer.from([1, 2, 3, 4])
const SHORT = 126
const LONG = 127
const MAX_SHORT_BYTES = 125
const MAX_16_BITS = 65_535

/** One frame of a client. */
export function frameOf(payload: Uint8Array | string, options: FrameOptions = {}): Buffer {
  const { opcode = OPCODES.text, isLast = true, reserved = 0, isMasked = true } = options
  const bytes = Buffer.from(payload)
  const head = Buffer.from([(isLast ? 0x80 : 0) | (reserved << 4) | opcode])
  const length = lengthOf(options.claimedBytes ?? bytes.length, isMasked)
  if (!isMasked) return Buffer.concat([head, length, bytes])
  return Buffer.concat([head, length, MASK, bytes.map((byte, at) => byte ^ (MASK[at % 4] ?? 0))])
}

function lengthOf(bytes: number | bigint, isMasked: boolean): Buffer {
  const mask = isMasked ? 0x80 : 0
  if (bytes <= MAX_SHORT_BYTES) return Buffer.from([mask | Number(bytes)])
  if (bytes <= MAX_16_BITS) {
    const short = Buffer.from([mask | SHORT, 0, 0])
    short.writeUInt16BE(Number(bytes), 1)
    return short
  }
  const long = Buffer.alloc(9)
  long.writeUInt8(mask | LONG)
  long.writeBigUInt64BE(BigInt(bytes), 1)
  return long
}

/** The head of a request for an upgrade. @param headers  beyond those that it needs, or in their place */
export function upgradeHead(port: number, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET /ws HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** @param opening  what is sent first @param address  to come from: all of 127.0.0.0/8 are this machine's */
export function openRaw(port: number, opening: string, address = '127.0.0.1'): RawSocket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: address })
  const frames: RawFrame[] = []
  let answered: (head: string) => void = () => undefined
  const head = new Promise<string>((resolve) => (answered = resolve))
  let rest: Buffer = Buffer.alloc(0)
  let isUpgraded = false

  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    if (!isUpgraded) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return
      answered(rest.subarray(0, end).toString())
      rest = rest.subarray(end + 4)
      isUpgraded = true
    }
    rest = takeFrames(rest, frames)
  })
  // A reset is an end like another.
  socket.on('error', () => undefined)
  const ended = new Promise<number | undefined>((resolve) => {
    socket.once('close', () => {
      answered('')
      const said = frames.find(({ opcode }) => opcode === OPCODES.close)?.payload
      resolve(said !== undefined && said.length >= 2 ? said.readUInt16BE() : undefined)
    })
  })
  socket.write(opening)
  return {
    head,
    frames,
    ended,
    isOver: () => socket.closed,
    async write(bytes) {
      // A connection that is ending takes nothing more, and says so at once.
      const isTaken = await new Promise<boolean>((resolve) => {
        if (socket.writable) socket.write(bytes, (error) => resolve(!error))
        else resolve(false)
      })
      if (!isTaken) await ended
    },
    pause: () => void socket.pause(),
    destroy: () => void socket.destroy(),
  }
}

/** Whole frames of a server, which masks none. @returns what is left */
function takeFrames(bytes: Buffer, into: RawFrame[]): Buffer {
  let rest = bytes
  for (;;) {
    const short = (rest[1] ?? 0) & 0x7f
    const head = short < SHORT ? 2 : short === SHORT ? 4 : 10
    if (rest.length < head) return rest
    const length =
      short < SHORT ? short : short === SHORT ? rest.readUInt16BE(2) : rest.readUInt32BE(6)
    if (rest.length < head + length) return rest
    into.push({ opcode: rest.readUInt8() & 0x0f, payload: rest.subarray(head, head + length) })
    rest = rest.subarray(head + length)
  }
}
