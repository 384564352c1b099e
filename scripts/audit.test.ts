import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('audit.mjs', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))

interface Advisory {
  readonly id: number
  readonly title: string
  readonly severity: string
  readonly vulnerable_versions: string
  readonly url: string
}

let holes = 0
const hole = (severity: string): Advisory => ({
  id: (holes += 1),
  title: 'a hole',
  severity,
  vulnerable_versions: '*',
  url: 'https://example.org/a-hole',
})

/** npm asks for the versions of a package, and of what depends on it, before it says what is wrong with them. */
const versionsOf = (path = '') => ({ name: decodeURIComponent(path.slice(1)), versions: {} })

/** A registry that answers audits with these, by package; with an error when there is nothing to say. */
async function registry(
  advisories?: Readonly<Record<string, readonly Advisory[]>>,
): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      if (advisories === undefined) response.writeHead(405)
      const answer =
        request.method === 'GET'
          ? versionsOf(request.url)
          : (advisories ?? { message: 'no audits here' })
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
}

interface Verdict {
  readonly code: number
  readonly output: string
}

/** npm remembers what it once heard of a hole. */
const cache = mkdtempSync(join(tmpdir(), 'beatcord-audit-'))
afterAll(() => {
  rmSync(cache, { recursive: true, force: true })
})

const audit = (registryUrl: string): Promise<Verdict> =>
  new Promise((resolve) => {
    const options = {
      cwd: ROOT,
      env: { ...process.env, npm_config_fetch_retries: '0', npm_config_cache: cache },
    }
    execFile(process.execPath, [SCRIPT, `--registry=${registryUrl}`], options, (error, output) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output })
    })
  })

test.each([
  ['nothing known passes', {}, { code: 0, said: ['1 passed, 0 failed'] }],
  [
    'a grave hole fails',
    { ws: [hole('high')] },
    { code: 1, said: ['high: ws', '0 passed, 1 failed'] },
  ],
  [
    'a mild one is said',
    { ws: [hole('low')] },
    { code: 0, said: ['low: ws', '1 passed, 0 failed'] },
  ],
])(
  'of what is shipped, %s',
  async (_, advisories, verdict) => {
    const { code, output } = await audit(await registry(advisories))

    expect(code).toBe(verdict.code)
    expect(output.trim().split('\n')).toEqual(expect.arrayContaining(verdict.said))
  },
  30_000,
)

test.each([
  ['that answers no audits', () => registry()],
  ['that is not there', () => Promise.resolve('http://127.0.0.1:9/')],
])(
  'a registry %s is said and fails nothing',
  async (_, url) => {
    const { code, output } = await audit(await url())

    expect(code).toBe(0)
    expect(output).toMatch(/^skipped: the audit of dependencies \(.+\)\n0 passed, 0 failed\n$/)
  },
  30_000,
)
