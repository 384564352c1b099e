import { argv, exit, stderr, stdout } from 'node:process'
import { jamSuite } from './jam-suite.ts'
import { clockSuite } from './clock-suite.ts'
import { meshSuite } from './mesh-suite.ts'
import { type Row, rowWords } from './rows.ts'

type Suite = (say: (line: string) => void) => Promise<readonly Row[]>

/** What `npm run bench -- <name> …` knows. */
const SUITES: Readonly<Record<string, Suite>> = {
  jam: jamSuite,
  mesh: meshSuite,
  clock: clockSuite,
}

const words = argv.slice(2)
const asJson = words.includes('--json')
const named = words.filter((word) => word !== '--json')
const unknown = named.filter((name) => !(name in SUITES))
if (unknown.length > 0) {
  stderr.write(`a suite must be one of ${Object.keys(SUITES).join(', ')}, got ${unknown.join()}\n`)
  exit(2)
}

const say = (line: string): void => {
  stderr.write(`${line}\n`)
}
for (const [name, suite] of Object.entries(SUITES)) {
  if (named.length > 0 && !named.includes(name)) continue
  for (const row of await suite(say)) {
    stdout.write(`${asJson ? JSON.stringify(row) : rowWords(row)}\n`)
  }
}
