import { connect, type Socket } from 'node:net'
import type { RoomId } from '@beatcord/shared'
import type { Config } from '../config.ts'
import { authKeyToRoomId } from '../seats.ts'
import { type ServerStage, setServerStage } from '../server-stage.ts'
import { authKeyOf, type SeatedPeer } from '../talking-peer.ts'

/** A real server whose slots a test asks over HTTP. */
export interface SlotStage extends ServerStage {
  ask(method: string, certificate: string | undefined, options?: Ask): Promise<Response>
}

interface Ask {
  readonly room?: string
  readonly body?: string | Uint8Array | ReadableStream<Uint8Array>
  readonly version?: number
  readonly before?: number
  readonly headers?: Readonly<Record<string, string>>
}

export const roomIdOf = (word: string): RoomId => authKeyToRoomId(authKeyOf(word))

export async function setSlotStage(
  overrides: Partial<Config> = {},
  startsAtMs = 0,
): Promise<SlotStage> {
  const stage = await setServerStage(overrides, startsAtMs)
  return {
    ...stage,
    ask(method, certificate, { room = 'garage', body, version, before, headers } = {}) {
      const query = before === undefined ? '' : `?before=${String(before)}`
      const path = `/api/rooms/${roomIdOf(room)}/slot${query}`
      return fetch(`http://127.0.0.1:${String(stage.port)}${path}`, {
        method,
        ...(body !== undefined && { body, duplex: 'half' }),
        headers: {
          ...(certificate !== undefined && { Authorization: `Bearer ${certificate}` }),
          ...(version === 0 && { 'If-None-Match': '*' }),
          ...(version !== undefined && version > 0 && { 'If-Match': `"${String(version)}"` }),
          ...headers,
        },
      })
    },
  }
}

/** The newest paper of somebody's seat. */
export function certificateOf({ welcome, heard }: SeatedPeer): string {
  const told = heard.flatMap((message) => (message.type === 'seat' ? [message.seat] : []))
  return (told.at(-1) ?? welcome.seat).certificate ?? ''
}

export const idOf = ({ welcome }: SeatedPeer): SeatedPeer['welcome']['seat']['peerId'] =>
  welcome.seat.peerId

/** Sends half of a body, and the rest when it is told to. */
export function slowPut(
  port: number,
  room: string,
  certificate: string,
  condition = 'If-None-Match: *',
): { readonly socket: Socket; finish(): Promise<number> } {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  // Whoever is refused may find its way closed; the answer came before.
  socket.on('error', () => undefined)
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.write(
    [
      `PUT /api/rooms/${roomIdOf(room)}/slot HTTP/1.1`,
      'Host: 127.0.0.1',
      `Authorization: Bearer ${certificate}`,
      condition,
      'Content-Length: 20',
      'Connection: close',
      '',
      'half of it',
    ].join('\r\n'),
  )
  return {
    socket,
    async finish() {
      socket.write(' and half.')
      await ended
      return Number(answer.split(' ')[1])
    },
  }
}
