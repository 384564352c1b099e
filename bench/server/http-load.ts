import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { isGoodAnswer, isWholeAnswer } from './http-answer.ts'

export interface RequestPlan {
  readonly count: number
  /** Each asks again as soon as it has been answered. */
  readonly connections: number
  readonly path: string
}

/**
 * Asks over connections that are kept.
 *
 * @returns from each question to the end of its answer, in ms
 * @throws (rejects) when an answer is not a 200, or a connection ends
 */
export async function sendRequests(
  url: string,
  { count, connections, path }: RequestPlan,
): Promise<readonly number[]> {
  const { hostname, port } = new URL(url)
  const question = `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`
  const tookMs: number[] = []
  let asked = 0

  async function work(): Promise<void> {
    const socket = connect(Number(port), hostname).setNoDelay().setEncoding('latin1')
    await once(socket, 'connect')
    while (asked < count) {
      asked += 1
      const startMs = performance.now()
      socket.write(question)
      const text = await answerOf(socket)
      if (!isGoodAnswer(text)) throw new Error(`an answer must be a 200, got ${text.slice(0, 40)}`)
      tookMs.push(performance.now() - startMs)
    }
    socket.destroy()
  }

  await Promise.all(Array.from({ length: connections }, work))
  return tookMs
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (more: string): void => {
      text += more
      if (!isWholeAnswer(text)) return
      socket.off('data', read)
      socket.off('close', fail)
      resolve(text)
    }
    const fail = (): void => {
      reject(new Error('a connection must stay, it closed'))
    }
    socket.on('data', read)
    socket.once('close', fail)
  })
}
