import process, { argv } from 'node:process'
import { createCrowd } from './crowd.ts'
import { DIALECTS, type Tongue } from './dialects.ts'
import { sendRequests } from './http-load.ts'
import type { Answer, Ask } from './load.ts'
import { sendSignals } from './signal-load.ts'

/** A process of the bench: all the sockets of one crowd, so that the server under it has a processor of its own. */
const [, , url = '', tongue = 'ours'] = argv

const dialect = DIALECTS[tongue as Tongue]
const crowd = createCrowd(url, dialect)

process.on('message', (ask: Ask) => {
  answer(ask)
    .catch((error: unknown): Answer => ({ tookMs: [], fault: String(error) }))
    .then((said) => process.send?.(said))
    .catch(() => process.exit(1))
})

async function answer(ask: Ask): Promise<Answer> {
  switch (ask.do) {
    case 'join':
      await crowd.join(ask.count)
      await crowd.settle()
      return { tookMs: [] }
    case 'leave':
      await crowd.leave()
      return { tookMs: [] }
    case 'signal':
      return { tookMs: await sendSignals(crowd, dialect, ask) }
    case 'request':
      return { tookMs: await sendRequests(url, ask) }
  }
}
