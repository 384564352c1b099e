import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('in json an event is one line that machines read', () => {
  const lines: string[] = []
  const log = createLog('json', (line) => void lines.push(line))

  log('warn', 'socket closed', { code: 4400, peer: 'ana' })

  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^\{.*\}\n$/)
  expect(JSON.parse(String(lines[0]))).toMatchObject({
    level: 40,
    event: 'socket closed',
    code: 4400,
    peer: 'ana',
  })
})

test('in text an event is a line that people read', () => {
  const lines: string[] = []
  const log = createLog('text', (line) => void lines.push(line))

  log('info', 'Beatcord plays at', { urls: ['http://localhost:3000', 'http://10.0.0.2:3000'] })
  log('info', 'stopping', { reason: 'SIGTERM' })

  expect(lines).toEqual([
    'Beatcord plays at\n  http://localhost:3000\n  http://10.0.0.2:3000\n',
    'stopping reason=SIGTERM\n',
  ])
})
