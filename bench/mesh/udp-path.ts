import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** How a path treats each datagram, one way. */
export interface PathQuality {
  readonly delayMs: number
  /** Up to so much more, at random for each datagram. */
  readonly jitterMs: number
  /** 0 to 1. */
  readonly loss: number
}

/** A path over UDP between two programs of this machine that each know only a door of ours in place of the other. */
export interface UdpPath {
  /**
   * A door that leads to that address. What comes in is passed on from a socket of its own for each sender, so that
   * answers find the way back.
   *
   * @returns the door's port, on the same address
   */
  doorTo(address: string, port: number): Promise<number>
  /** From now on; before, and with undefined, a datagram passes at once. */
  setQuality(quality: PathQuality | undefined): void
  /** Datagrams so far, but for those that no quality applied to. */
  counts(): { readonly passed: number; readonly lost: number }
  close(): Promise<void>
}

/** @param random  from 0 (inclusive) to 1 (exclusive) */
export function createUdpPath(random: () => number = Math.random): UdpPath {
  const sockets = new Set<Socket>()
  const doors = new Map<string, Promise<number>>()
  let quality: PathQuality | undefined
  let passed = 0
  let lost = 0
  let closed = false

  function carry(send: () => void): void {
    if (quality !== undefined && random() < quality.loss) {
      lost += 1
      return
    }
    if (quality === undefined) {
      send()
      return
    }
    passed += 1
    setTimeout(send, quality.delayMs + random() * quality.jitterMs)
  }

  async function bound(address: string): Promise<Socket> {
    const socket = createSocket('udp4')
    sockets.add(socket)
    socket.bind(0, address)
    await once(socket, 'listening')
    return socket
  }

  async function openDoor(address: string, port: number): Promise<number> {
    const door = await bound(address)
    const exits = new Map<number, Promise<Socket>>()
    const exitOf = async (senderPort: number): Promise<Socket> => {
      const exit = await bound(address)
      exit.on('message', (answer) => {
        carry(() => {
          if (!closed) door.send(answer, senderPort, address)
        })
      })
      return exit
    }
    door.on('message', (datagram, { port: senderPort }) => {
      const exit = exits.get(senderPort) ?? exitOf(senderPort)
      exits.set(senderPort, exit)
      void exit.then((socket) => {
        carry(() => {
          if (!closed) socket.send(datagram, port, address)
        })
      })
    })
    return door.address().port
  }

  return {
    doorTo(address, port) {
      const key = `${address}:${port}`
      const known = doors.get(key) ?? openDoor(address, port)
      doors.set(key, known)
      return known
    },
    setQuality(next) {
      quality = next
    },
    counts: () => ({ passed, lost }),
    async close() {
      closed = true
      await Promise.all([...doors.values()])
      for (const socket of sockets) socket.close()
    },
  }
}
