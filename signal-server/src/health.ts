import type { RequestListener } from 'node:http'
import packageJson from '../package.json' with { type: 'json' }
import type { HealthAnswer } from './http-answers.ts'
import type { Counts } from './rooms.ts'

const PATHS: readonly (string | undefined)[] = ['/health', '/api/health']
const HEADERS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }

/**
 * Answers whether the process lives, and how many people it serves; all else goes to `others`. Before every other
 * handler, each of which would cost more than this answer.
 */
export function withHealth(counts: () => Counts, others: RequestListener): RequestListener {
  const startedMs = performance.now()
  return (request, response) => {
    const [path] = (request.url ?? '').split('?')
    if (!PATHS.includes(path) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      others(request, response)
      return
    }
    const { peers, rooms } = counts()
    const uptime = (performance.now() - startedMs) / 1000
    const { version } = packageJson
    const answer: HealthAnswer = { status: 'ok', uptime, users: peers, peers, rooms, version }
    response.writeHead(200, HEADERS).end(JSON.stringify(answer))
  }
}
