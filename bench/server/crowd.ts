import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Dialect } from './dialects.ts'
import { addressOf, keyOf, ROOM_SIZE } from './places.ts'

/** One socket that is in a room. */
export interface Member {
  readonly socket: WebSocket
  /** Names the room. */
  readonly key: string
  /** What the others of the room call this one. */
  readonly name: string
}

/** Many sockets, four to a room. */
export interface Crowd {
  /** In the order of their places: the first four share a room. */
  readonly members: readonly Member[]
  /** Brings in so many more. @throws (rejects) when the server does not take one of them */
  join(count: number): Promise<void>
  /** All of them go; resolves when all are gone. */
  leave(): Promise<void>
  /** From now on this one gets all frames. @param listener  place from 0, text */
  hear(listener: (place: number, text: string) => void): void
  /** Resolves when the server has answered a ping of the last one who came. */
  settle(): Promise<void>
}

/** How many join, or leave, at one time. */
const AT_ONCE = 64

/** @param url  of the server, without a path */
export function createCrowd(url: string, dialect: Dialect): Crowd {
  let members: Member[] = []
  let listen: (place: number, text: string) => void = () => undefined
  let rooms = 0

  async function open(place: number, key: string): Promise<void> {
    const options = { localAddress: addressOf(place), perMessageDeflate: false }
    const socket = new WebSocket(url + dialect.path, options)
    const admitted = whenAdmitted(socket, dialect)
    await once(socket, 'open')
    for (const words of dialect.hello(key)) socket.send(words)
    const name = await admitted
    socket.on('message', (data: Buffer) => {
      listen(place, data.toString())
    })
    members[place] = { socket, key, name }
  }

  return {
    get members() {
      return members
    },
    async join(count) {
      const from = members.length
      // A room of a crowd before may still be kept by its server.
      const firstRoom = rooms - Math.floor(from / ROOM_SIZE)
      rooms = firstRoom + Math.ceil((from + count) / ROOM_SIZE)
      await eachOf(count, (at) => {
        const place = from + at
        return open(place, keyOf(firstRoom + Math.floor(place / ROOM_SIZE)))
      })
    },
    async leave() {
      const leaving = members
      members = []
      await eachOf(leaving.length, async (at) => {
        const socket = leaving[at]?.socket
        if (socket === undefined) return
        const gone = once(socket, 'close')
        if (dialect.bye === undefined) socket.close()
        else socket.send(dialect.bye)
        await gone
      })
    },
    hear(listener) {
      listen = listener
    },
    async settle() {
      const socket = members.at(-1)?.socket
      if (socket === undefined) return
      const answered = once(socket, 'pong')
      socket.ping()
      await answered
    },
  }
}

/** The name of the one who is admitted. @throws (rejects) when the socket closes first */
function whenAdmitted(socket: WebSocket, dialect: Dialect): Promise<string> {
  if (!dialect.isAnswered) return Promise.resolve('')
  return new Promise((resolve, reject) => {
    const read = (data: Buffer): void => {
      const name = dialect.nameIn(data.toString())
      if (name === undefined) return
      socket.off('message', read)
      socket.off('close', refuse)
      resolve(name)
    }
    const refuse = (code: number, reason: Buffer): void => {
      reject(new Error(`a peer must be admitted, its socket closed with ${code} ${String(reason)}`))
    }
    socket.on('message', read)
    socket.once('close', refuse)
  })
}

/** Runs for 0 to `count` - 1, a few at a time, in that order. */
async function eachOf(count: number, run: (at: number) => Promise<void>): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    while (next < count) await run(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
