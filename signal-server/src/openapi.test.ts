import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { healthSchema, lanSchema, readySchema } from './http-answers.ts'
import { describeHttp } from './openapi.ts'
import { setServerStage } from './server-stage.ts'

const PAGE = new URL('../../docs/openapi.json', import.meta.url)

test('the description in the docs is that of this server', () => {
  expect(JSON.parse(readFileSync(PAGE, 'utf8'))).toEqual(describeHttp())
})

test.each([
  ['/health', healthSchema],
  ['/api/health', healthSchema],
  ['/ready', readySchema],
  ['/api/lan', lanSchema],
])('%s answers what is described', async (path, schema) => {
  const { port, close } = await setServerStage()
  onTestFinished(close)

  const response = await fetch(`http://localhost:${String(port)}${path}`)

  expect(response.status).toBe(200)
  expect(schema.parse(await response.json())).toBeDefined()
})

test('each described route is there', async () => {
  const { port, close } = await setServerStage({ metricsToken: 'a token' })
  onTestFinished(close)
  const { paths } = describeHttp() as { readonly paths: Readonly<Record<string, unknown>> }

  for (const described of Object.keys(paths)) {
    const path = described.replace('{room}', 'a'.repeat(52))
    const response = await fetch(`http://localhost:${String(port)}${path}`)
    expect([path, [200, 401].includes(response.status)]).toEqual([path, true])
  }
})
