import { connect, createServer, type Socket } from 'node:net'

/** One address in front of several servers: each connection goes to the next of those that take it. */
export interface Balancer {
  readonly port: number
  /** To whom connections go from now on. */
  readonly setPorts: (ports: readonly number[]) => void
  readonly close: () => Promise<void>
}

export function startBalancer(first: readonly number[]): Promise<Balancer> {
  let ports = first
  let next = 0
  const sockets = new Set<Socket>()

  function pass(socket: Socket, tries: number): void {
    const port = ports[next++ % ports.length]
    if (port === undefined || tries === 0) {
      socket.destroy()
      return
    }
    const behind = connect(port, '127.0.0.1')
    let isOpen = false
    behind.once('connect', () => {
      isOpen = true
      socket.pipe(behind).pipe(socket)
    })
    behind.on('error', () => {
      // One that does not run is passed over, as a balancer does that looks at /ready.
      if (isOpen) socket.destroy()
      else pass(socket, tries - 1)
    })
    behind.once('close', () => {
      if (isOpen) socket.destroy()
    })
    socket.once('close', () => behind.destroy())
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    pass(socket, ports.length)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') {
        reject(new Error('no TCP address'))
        return
      }
      resolve({
        port: address.port,
        setPorts(given) {
          ports = given
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            for (const socket of sockets) socket.destroy()
          }),
      })
    })
  })
}
