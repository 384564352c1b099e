import type { RequestHandler } from 'express'
import packageJson from '../package.json' with { type: 'json' }
import type { HealthAnswer } from './http-answers.ts'
import type { Counts } from './rooms.ts'

/** Answers whether the process lives, and how many people it serves. */
export function health(counts: () => Counts): RequestHandler {
  const startedMs = performance.now()
  return (_request, response) => {
    const { peers, rooms } = counts()
    const uptime = (performance.now() - startedMs) / 1000
    const { version } = packageJson
    const answer: HealthAnswer = { status: 'ok', uptime, users: peers, peers, rooms, version }
    response.set('Cache-Control', 'no-store').json(answer)
  }
}
