import { execFile } from 'node:child_process'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const path = (of: string): string => fileURLToPath(new URL(of, import.meta.url))
/** So much is made before the first collection that none comes while it is measured. */
const FLAGS = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256']
/** What the runtime makes of its own in ten seconds, spread over the blocks. */
const MOST_BYTES_A_BLOCK = 8
const run = promisify(execFile)

interface Growth {
  readonly piece: string
  readonly bytesPerBlock: number
}

/** What ten seconds of sound leave behind for the collector, in Node with the worklet's own code. */
export async function garbageRows(say: Say): Promise<readonly Row[]> {
  say('sound: what blocks leave behind …')
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: path('garbage-process.ts'), outDir: path('../out/garbage'), target: 'es2023' },
  })
  const { stdout } = await run(execPath, [...FLAGS, path('../out/garbage/garbage-process.js')])
  return (JSON.parse(stdout) as readonly Growth[]).map(rowOf)
}

const rowOf = ({ piece, bytesPerBlock }: Growth): Row => ({
  suite: 'sound',
  row: `garbage of a block of 128 frames, ${piece}`,
  unit: 'bytes',
  ours: { value: Math.round(bytesPerBlock * 10) / 10 },
  baseline: null,
  baselineIs: null,
  goal: `at most ${MOST_BYTES_A_BLOCK} bytes: nothing is made`,
  holds: bytesPerBlock <= MOST_BYTES_A_BLOCK,
})
